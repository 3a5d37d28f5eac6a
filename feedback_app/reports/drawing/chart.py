"""Where the bars of a chart lie, in millimetres; who paints them decides how. Pure.

The longer bar (light) and the shorter one (dark) differ in thickness and in shade, and each ends in its number, so a
chart reads in black and white.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from feedback_app.reports.content import Chart
from feedback_app.reports.words import amount, shortened

STEP, TITLE, LEGEND = 8.0, 7.0, 6.0
LABEL_SHARE, NUMBER = 0.36, 14.0
THICK, THIN = 3.4, 2.0
SHADES = ((168, 190, 214), (163, 35, 26))
INK = (20, 32, 43)
LONGEST = 42
Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Bar:
    x: float
    y: float
    width: float
    height: float
    colour: Colour


@dataclass(frozen=True, slots=True)
class Word:
    """A text on its base line; ``size`` in points; ``right``: it ends at ``x``."""

    x: float
    y: float
    text: str
    size: float = 8.5
    bold: bool = False
    right: bool = False


def height(chart: Chart) -> float:
    return TITLE + LEGEND + STEP * len(chart.rows) + 2


def shapes(chart: Chart, span: float) -> Iterator[Bar | Word]:
    """Yield what to paint on a surface ``span`` wide and ``height(chart)`` high, from the upper left corner."""
    yield Word(0, TITLE - 2.5, chart.title, size=10, bold=True)
    yield from _legend(chart)
    left = span * LABEL_SHARE
    longest = max((value for _label, values in chart.rows for value in values), default=0) or 1
    scale = (span - left - NUMBER) / longest
    for n, (label, values) in enumerate(chart.rows):
        top = TITLE + LEGEND + n * STEP
        yield Word(left - 2, top + 4, shortened(label, LONGEST), right=True)
        y = top
        for value, thickness, colour in zip_longest(values[:2], (THICK, THIN), SHADES):
            yield Bar(left, y, max(value * scale, 0.2), thickness, colour)
            yield Word(left + value * scale + 1.2, y + thickness - 0.3, amount(value), size=7.5)
            y += thickness + 0.6


def _legend(chart: Chart) -> Iterator[Bar | Word]:
    x = 0.0
    for name, colour in zip(chart.series, SHADES, strict=True):
        yield Bar(x, TITLE, 4, 3, colour)
        yield Word(x + 5.5, TITLE + 2.7, name)
        x += 12 + 2.0 * len(name)

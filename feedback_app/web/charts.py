"""Geometry of the figures: numbers in, coordinates out; the templates draw. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

GAUGE_WIDTH = 520
GAUGE_MARGIN = 16
HEAT_LEVELS = 4

Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True)
class Gauge:
    """A horizontal scale 0-100: the ``*_x`` are in the units of the SVG's view box."""

    value: float | None
    low: float
    high: float
    target: float | None
    width: int
    left: int
    right: int
    value_x: float
    low_x: float
    high_x: float
    target_x: float
    target_anchor: Anchor
    ticks: tuple[tuple[float, int], ...]


def gauge(value: float | None, low: float, high: float, target: float | None = None) -> Gauge:
    """Place a score 0-100, its interval and its target on the scale; ``value`` None means insufficient data.

    Raises:
        ValueError: a number is outside 0-100, or the interval does not hold the value.
    """
    numbers = [number for number in (value, low, high, target) if number is not None]
    if any(not 0 <= number <= 100 for number in numbers):
        raise ValueError("a score lies on 0-100")
    if value is not None and not low <= value <= high:
        raise ValueError("the interval does not hold the value")
    return Gauge(
        value=value,
        low=low,
        high=high,
        target=target,
        width=GAUGE_WIDTH,
        left=GAUGE_MARGIN,
        right=GAUGE_WIDTH - GAUGE_MARGIN,
        value_x=_on_scale(value or 0),
        low_x=_on_scale(low),
        high_x=_on_scale(high),
        target_x=_on_scale(target or 0),
        target_anchor=_anchor(target or 0),
        ticks=tuple((_on_scale(tick), tick) for tick in (0, 25, 50, 75, 100)),
    )


def _on_scale(score: float) -> float:
    return round(GAUGE_MARGIN + score / 100 * (GAUGE_WIDTH - 2 * GAUGE_MARGIN), 1)


def _anchor(score: float) -> Anchor:
    """Keep the word at the mark inside the picture."""
    if score < 10:
        return "start"
    return "end" if score > 90 else "middle"


@dataclass(frozen=True)
class Bar:
    label: str
    value: float
    width: float


def bars(rows: Sequence[tuple[str, float]], longest: float | None = None) -> tuple[Bar, ...]:
    """Widths 0-100 of bars in the order given; ``longest`` fixes the full length (default: the greatest value)."""
    full = longest or max((value for _label, value in rows), default=0)
    return tuple(Bar(label, value, _share(value, full)) for label, value in rows)


def _share(value: float, full: float) -> float:
    if full <= 0:
        return 0.0
    return round(min(max(value / full, 0), 1) * 100, 1)


@dataclass(frozen=True)
class Cell:
    value: float | None
    level: int


@dataclass(frozen=True)
class HeatRow:
    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Heat:
    columns: tuple[str, ...]
    rows: tuple[HeatRow, ...]


def heat(columns: Sequence[str], rows: Sequence[tuple[str, Sequence[float | None]]]) -> Heat:
    """Grade a table into levels 0 (none) to 4 (the greatest of all); a cell without a figure is level 0.

    Raises:
        ValueError: a row has another number of cells than there are columns.
    """
    if any(len(values) != len(columns) for _label, values in rows):
        raise ValueError("every row has one cell a column")
    greatest = max((value or 0 for _label, values in rows for value in values), default=0)
    return Heat(
        columns=tuple(columns),
        rows=tuple(
            HeatRow(label, tuple(Cell(value, _level(value, greatest)) for value in values)) for label, values in rows
        ),
    )


def _level(value: float | None, greatest: float) -> int:
    if not value or value < 0:
        return 0
    return min(HEAT_LEVELS, int(value / greatest * HEAT_LEVELS) + 1)


@dataclass(frozen=True)
class Spark:
    path: str
    width: int
    height: int


def spark(values: Sequence[float], width: int = 160, height: int = 40) -> Spark:
    """A small line from the oldest to the newest value, scaled to its own range; empty below two values."""
    if len(values) < 2:
        return Spark("", width, height)
    lowest, span = min(values), (max(values) - min(values)) or 1
    step, room = (width - 4) / (len(values) - 1), height - 4
    points = (f"{2 + i * step:.1f} {2 + room - (value - lowest) / span * room:.1f}" for i, value in enumerate(values))
    return Spark("M" + "L".join(points), width, height)

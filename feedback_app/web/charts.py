"""Geometry of the figures: numbers in, coordinates out; the templates draw. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

FULL_SCORE = 100
GAUGE_MARGIN = 3.0
NEAR_EDGE = 10
HEAT_LEVELS = 4
SPARK_MARGIN = 2

Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True)
class Gauge:
    """A horizontal scale 0-100.

    Places and lengths are in per cent of the picture's width, so that words keep their size on a phone.
    """

    value: float | None
    low: float
    high: float
    target: float | None
    left: float
    span: float
    value_x: float
    low_x: float
    band: float
    target_x: float
    target_anchor: Anchor
    ticks: tuple[tuple[float, int], ...]


def gauge(value: float | None, low: float, high: float, target: float | None = None) -> Gauge:
    """Place a score 0-100, its interval and its target on the scale; ``value`` None means insufficient data.

    Raises:
        ValueError: a number is outside 0-100, or the interval does not hold the value.
    """
    numbers = [number for number in (value, low, high, target) if number is not None]
    if any(not 0 <= number <= FULL_SCORE for number in numbers):
        raise ValueError("a score lies on 0-100")
    if value is not None and not low <= value <= high:
        raise ValueError("the interval does not hold the value")
    return Gauge(
        value=value,
        low=low,
        high=high,
        target=target,
        left=GAUGE_MARGIN,
        span=100 - 2 * GAUGE_MARGIN,
        value_x=_on_scale(value or 0),
        low_x=_on_scale(low),
        band=round(_on_scale(high) - _on_scale(low), 2),
        target_x=_on_scale(target or 0),
        target_anchor=_anchor(target or 0),
        ticks=tuple((_on_scale(tick), tick) for tick in (0, 25, 50, 75, 100)),
    )


def _on_scale(score: float) -> float:
    return round(GAUGE_MARGIN + score / FULL_SCORE * (100 - 2 * GAUGE_MARGIN), 2)


def _anchor(score: float) -> Anchor:
    """Keep the word at the mark inside the picture."""
    if score < NEAR_EDGE:
        return "start"
    return "end" if score > FULL_SCORE - NEAR_EDGE else "middle"


@dataclass(frozen=True)
class Bar:
    label: str
    value: float
    width: float


def bars(rows: Sequence[tuple[str, float]], longest: float | None = None) -> tuple[Bar, ...]:
    """Give each row a width 0-100, in the order given.

    ``longest`` fixes what a full bar stands for; without it, the greatest value.
    """
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
        rows=tuple(HeatRow(label, _cells(values, greatest)) for label, values in rows),
    )


def _cells(values: Sequence[float | None], greatest: float) -> tuple[Cell, ...]:
    return tuple(Cell(value, _level(value, greatest)) for value in values)


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
    if len(values) <= 1:
        return Spark("", width, height)
    step = (width - 2 * SPARK_MARGIN) / (len(values) - 1)
    lowest, span = min(values), (max(values) - min(values)) or 1
    room = height - 2 * SPARK_MARGIN
    points = (
        f"{SPARK_MARGIN + i * step:.1f} {SPARK_MARGIN + room - (value - lowest) / span * room:.1f}"
        for i, value in enumerate(values)
    )
    return Spark("M" + "L".join(points), width, height)

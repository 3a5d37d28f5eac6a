"""Geometry of a history: scores 0-100 from period to period, with intervals and a target. Pure.

Places across are per cent of the picture's width, so that words keep their size on a phone; heights are pixels.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

LEFT, RIGHT = 9.0, 97.0
TOP, BOTTOM = 12.0, 172.0
HEIGHT = 200
TICKS = (0, 25, 50, 75, 100)
NAMED_ON_PHONES = 4  # labels under the picture that fit a narrow screen


@dataclass(frozen=True, slots=True)
class Moment:
    """One period's score with the ends of its interval; None: insufficient data."""

    label: str
    value: float | None
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Point:
    label: str
    value: float | None
    x: float
    y: float
    low_y: float
    high_y: float
    named: bool  # its label stays on a narrow screen


@dataclass(frozen=True, slots=True)
class Segment:
    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True, slots=True)
class Trend:
    points: tuple[Point, ...]
    segments: tuple[Segment, ...]
    ticks: tuple[tuple[float, int], ...]
    target: float | None
    target_y: float
    left: float = LEFT
    right: float = RIGHT
    bottom: float = BOTTOM
    height: int = HEIGHT

    @property
    def has_values(self) -> bool:
        return any(point.value is not None for point in self.points)


def trend(moments: Sequence[Moment], target: float | None = None) -> Trend:
    """Place the moments, oldest first; a period without a score leaves a gap, no line leads across it."""
    step = (RIGHT - LEFT - 6) / max(len(moments) - 1, 1)
    every = -(-len(moments) // NAMED_ON_PHONES) or 1
    last = len(moments) - 1
    points = tuple(
        Point(
            label=moment.label,
            value=moment.value,
            x=round(LEFT + 3 + place * step, 2),
            y=_y(moment.value or 0),
            low_y=_y(moment.low),
            high_y=_y(moment.high),
            named=(last - place) % every == 0,
        )
        for place, moment in enumerate(moments)
    )
    lines = tuple(
        Segment(one.x, one.y, other.x, other.y)
        for one, other in pairwise(points)
        if one.value is not None and other.value is not None
    )
    return Trend(points, lines, tuple((_y(tick), tick) for tick in TICKS), target, _y(target or 0))


def _y(score: float) -> float:
    return round(BOTTOM - score / 100 * (BOTTOM - TOP), 1)

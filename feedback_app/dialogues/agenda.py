"""The order of an agenda: what holds up many for long comes first, unless the chair placed it. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Point:
    """A point of the agenda; ``days_lost``: working days since filing, summed over the enterprises that wait."""

    key: str
    title: str
    field: str
    enterprises: int
    days_lost: int
    competence: str = ""
    agency_id: int | None = None


def ordered(points: Sequence[Point], pins: Mapping[str, int]) -> list[Point]:
    """Return the points by enterprises and days lost, those of ``pins`` at the places (from 1) they were given.

    A place beyond the end is the end; two points for one place follow one another as the measure has them.
    """
    measured = sorted(points, key=lambda p: (-p.enterprises, -p.days_lost, p.key))
    free = [point for point in measured if point.key not in pins]
    pinned = [point for point in measured if point.key in pins]
    for point in sorted(pinned, key=lambda p: pins[p.key]):
        free.insert(min(pins[point.key], len(free) + 1) - 1, point)
    return free

"""Which obstacles cost enterprises more days than before. Pure.

An enterprise-day is a working day at whose end an enterprise waited on an obstacle, whoever had the ball and however
many tickets it filed about it: a hundred filings of one day weigh less than three enterprises that waited for a month.
What is compared are the working days of a window with as many before it. Small numbers are steadied: both sums are
taken with ``STEADY`` days more, and what grew by less than that is not rising.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

WINDOW = 20  # working days
STEADY = 40  # enterprise-days: two enterprises through the whole window
LEAST_GROWTH = 1.2
LEAST_ENTERPRISES = 3


class Obstacle(NamedTuple):
    """A cluster, or (``cluster_id`` 0) the tickets of a field and procedure that are in none."""

    cluster_id: int
    field: str
    procedure: str = ""


class Wait(NamedTuple):
    """One round of a ticket: ``until`` is the day of its answer or withdrawal, None while it waits."""

    obstacle: Obstacle
    enterprise: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Lost:
    """Enterprise-days of one obstacle: in the window and in the one before; enterprises that waited in the window."""

    obstacle: Obstacle
    enterprises: int
    days: int
    days_before: int

    @property
    def more(self) -> int:
        return self.days - self.days_before

    @property
    def growth(self) -> float:
        """How many times what it was, steadied."""
        return (self.days + STEADY) / (self.days_before + STEADY)


def days_lost(waits: Iterable[Wait], before: Sequence[date], window: Sequence[date]) -> list[Lost]:
    """Return what each obstacle cost on the working days of ``window`` and of ``before``, most days first.

    Args:
        before, window: days in order, those of ``before`` first.
    """
    days = [*before, *window]
    waited: dict[Obstacle, dict[str, int]] = {}
    for wait in waits:
        first = bisect_left(days, wait.since)
        end = len(days) if wait.until is None else bisect_left(days, wait.until)
        if first < end:  # one bit a day: a day on which several tickets wait is lost once
            of_enterprises = waited.setdefault(wait.obstacle, {})
            bits = (1 << end) - (1 << first)
            of_enterprises[wait.enterprise] = of_enterprises.get(wait.enterprise, 0) | bits
    found = [_lost(obstacle, own, len(before)) for obstacle, own in waited.items()]
    return sorted(found, key=lambda lost: (-lost.days, lost.obstacle))


def rising(lost: Iterable[Lost]) -> list[Lost]:
    """Return those that cost clearly more than before, those with the most days more first."""
    found = [
        one
        for one in lost
        if one.more >= STEADY and one.growth >= LEAST_GROWTH and one.enterprises >= LEAST_ENTERPRISES
    ]
    return sorted(found, key=lambda one: (-one.more, one.obstacle))


def _lost(obstacle: Obstacle, waited: Mapping[str, int], before: int) -> Lost:
    earlier = (1 << before) - 1
    return Lost(
        obstacle,
        enterprises=sum(bits > earlier for bits in waited.values()),
        days=sum((bits >> before).bit_count() for bits in waited.values()),
        days_before=sum((bits & earlier).bit_count() for bits in waited.values()),
    )

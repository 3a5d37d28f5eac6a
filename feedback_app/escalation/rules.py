"""The ladder: how far from the due date who is reminded. Pure; a new rung is a new row.

Distances are working days after the due date, so that nobody is first reminded over a weekend or Tết.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from feedback_app.deadlines.calendar import ONE_DAY, WorkCalendar


class Group(StrEnum):
    """Whom a rung addresses; the people are looked up when the reminder is told."""

    HANDLER = "handler"  # who accepted it; before that, all who answer in the agency that has it
    FOCAL_POINT = "focal_point"
    HEAD = "head"  # of the agency that has it


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of the ladder; ``distance`` is negative before the due date and 0 on it."""

    code: str
    distance: int
    groups: tuple[Group, ...]
    by_mail: bool = False


LADDER: tuple[Rung, ...] = (
    Rung("due_soon", -2, (Group.HANDLER,)),
    Rung("due_today", 0, (Group.HANDLER, Group.FOCAL_POINT)),
    Rung("overdue", 1, (Group.HEAD,), by_mail=True),
)


@dataclass(frozen=True, slots=True)
class Window:
    """The due dates for which ``rung`` is today the highest that applies: after ``after``, through ``until``.

    ``lower`` are the rungs below: what a missed run left out is noted, not told late.
    """

    rung: Rung
    after: date | None
    until: date
    lower: tuple[Rung, ...]


def rung_of(code: str) -> Rung:
    """Return the rung of that code; StopIteration is a code nobody ever wrote."""
    return next(rung for rung in LADDER if rung.code == code)


def distance(due_on: date, today: date, calendar: WorkCalendar) -> int:
    """Return the working days from ``due_on`` to ``today``, negative while it lies ahead.

    The first day after the due date is at least 1: it is late, though offices be closed.
    """
    if today <= due_on:
        return -calendar.count_working_days(today, due_on)
    return max(1, calendar.count_working_days(due_on, today))


def windows(today: date, calendar: WorkCalendar, ladder: Sequence[Rung] = LADDER) -> Iterator[Window]:
    """Yield one window per rung, the most pressing first; ``ladder`` ascends by distance."""
    latest = [_latest_due(rung, today, calendar) for rung in ladder]
    for place in reversed(range(len(ladder))):
        after = latest[place + 1] if place + 1 < len(ladder) else None
        yield Window(ladder[place], after, latest[place], tuple(ladder[:place]))


def _latest_due(rung: Rung, today: date, calendar: WorkCalendar) -> date:
    """Return the latest due date for which ``rung`` applies today."""
    day = calendar.add_working_days(today, max(1, 1 - rung.distance))
    while distance(day, today, calendar) < rung.distance:
        day -= ONE_DAY
    return day

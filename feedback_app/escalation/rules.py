"""How far from the due date who is told. Pure; the rungs are data of the regulation profile.

Distances are working days after the due date, so that nobody is first reminded over a weekend or Tết.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from feedback_app.catalogue.packs.ladder import Rung, Weekday
from feedback_app.deadlines.calendar import ONE_DAY, WorkCalendar


@dataclass(frozen=True, slots=True)
class Window:
    """The due dates for which ``rung`` is told today: after ``after`` (None: however long ago), through ``until``.

    Before and on the day only the highest rung that applies is told: "two days left" is no longer true later.
    A rung for what is late stays true, so that a run that was missed is made up for.
    """

    rung: Rung
    after: date | None
    until: date


def distance(due_on: date, today: date, calendar: WorkCalendar) -> int:
    """Return the working days from ``due_on`` to ``today``, negative while it lies ahead.

    The first day after the due date is at least 1: it is late, though offices be closed.
    """
    if today <= due_on:
        return -calendar.count_working_days(today, due_on)
    return max(1, calendar.count_working_days(due_on, today))


def windows(today: date, calendar: WorkCalendar, rungs: Sequence[Rung]) -> Iterator[Window]:
    """Yield one window per rung, the most pressing first; ``rungs`` ascend by distance."""
    latest = [_latest_due(rung, today, calendar) for rung in rungs]
    on_time = _latest_late(today)
    for place in reversed(range(len(rungs))):
        rung = rungs[place]
        higher = latest[place + 1] if place + 1 < len(rungs) else on_time
        yield Window(rung, None if rung.is_late else max(higher, on_time), latest[place])


def list_day(weekday: Weekday, today: date, calendar: WorkCalendar) -> date:
    """Return the last day not after ``today`` on which the weekly list is due: ``weekday``, or else the next
    working day.
    """
    monday = today - timedelta(days=today.weekday())
    planned = monday + timedelta(days=list(Weekday).index(weekday))
    day = _worked(planned, calendar)
    return day if day <= today else _worked(planned - timedelta(days=7), calendar)


def _worked(day: date, calendar: WorkCalendar) -> date:
    return calendar.add_working_days(day - ONE_DAY, 1)


def _latest_late(today: date) -> date:
    """Return the latest due date that has passed."""
    return today - ONE_DAY


def _latest_due(rung: Rung, today: date, calendar: WorkCalendar) -> date:
    """Return the latest due date for which ``rung`` applies today."""
    day = calendar.add_working_days(today, max(1, 1 - rung.distance))
    while distance(day, today, calendar) < rung.distance:
        day -= ONE_DAY
    return day

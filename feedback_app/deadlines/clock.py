"""The arithmetic of deadlines: events and a calendar go in, the due date comes out.

The day of receipt is day zero, counting starts on the next counted day, the deadline is the end of the N-th,
and only the day after it is late. Dates only: whoever has an instant takes its date in Viet Nam first.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Protocol

from feedback_app.deadlines import explain
from feedback_app.deadlines.calendar import CALENDAR, ONE_DAY, WORKING, WorkCalendar
from feedback_app.deadlines.errors import InvalidLimit, LateExtension, vn
from feedback_app.deadlines.events import ClockEvent, EventKind, Timeline, timeline
from feedback_app.deadlines.explain import Replaced

UNITS = {WORKING: WORKING, "working_days": WORKING, CALENDAR: CALENDAR, "calendar_days": CALENDAR}
LONGEST = 3660


class Limit(Protocol):
    """A time limit: ``value`` whole days; ``unit`` working or calendar (packs: working_days,
    calendar_days).
    """

    @property
    def value(self) -> int: ...
    @property
    def unit(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Days:
    """A bare limit for whoever has no row of a profile at hand."""

    value: int
    unit: str = WORKING


@dataclass(frozen=True)
class Deadline:
    """When an answer is due, and why.

    ``due_on`` is the last day still in time. It is None while a pause runs and the limit is not used up: then
    nobody knows it yet, ``paused_since`` says since when and ``remaining`` how many days are left to count
    after the resumption. A stop (``stopped_on``) leaves the date that would have held. ``total`` is the limit
    with its extensions, in ``unit`` days; ``replaced`` are the limits that held before the kind was changed.
    ``estimated``: a year on the way has no published calendar yet.
    """

    due_on: date | None
    remaining: int
    limit: int
    total: int
    unit: str
    timeline: Timeline
    calendar: WorkCalendar
    replaced: tuple[Replaced, ...] = ()

    @property
    def received_on(self) -> date:
        """The local date of receipt."""
        return self.timeline.received_on

    @property
    def paused_since(self) -> date | None:
        """The day on which the pause that still runs began."""
        return self.timeline.paused_since

    @property
    def stopped_on(self) -> date | None:
        """The day on which the clock was stopped for good."""
        return self.timeline.stopped_on

    @property
    def late_from(self) -> date | None:
        """The first day that is late: the day after ``due_on``."""
        return self.due_on + ONE_DAY if self.due_on else None

    @cached_property
    def estimated(self) -> bool:
        """Whether a year between receipt and the last known day has no published calendar."""
        years = range(self.received_on.year, self._last_known_day.year + 1)
        return any(self.calendar.estimated(year) for year in years)

    @cached_property
    def days(self) -> tuple[explain.DayEntry, ...]:
        """Each day from receipt through ``due_on`` (or the last event while paused), explained."""
        return self.days_until(self._last_known_day)

    def days_until(self, last: date) -> tuple[explain.DayEntry, ...]:
        """Return each day from receipt through ``last``, explained; for a strip that reaches today."""
        terms = explain.Terms(self.limit, self.total, self.unit, self.replaced)
        return explain.explain(self.timeline, terms, self.calendar, last)

    def in_first_third(self, day: date) -> bool:
        """Return whether the days counted through ``day`` are at most a third of the limit."""
        return 3 * sum(entry.counted for entry in self.days_until(day)) <= self.total

    @property
    def _last_known_day(self) -> date:
        if self.due_on:
            return self.due_on
        return self.timeline.events[-1].on


def compute(
    limit: Limit, received_on: date, events: Iterable[ClockEvent], calendar: WorkCalendar
) -> Deadline:
    """Return the deadline that follows from limit, local date of receipt, events and calendar.

    Raises:
        DeadlineError: a limit below 1 or unknown unit, contradicting events, an extension after lateness,
            or a calendar that does not reach far enough.
    """
    line = timeline(received_on, events)
    running = _Running(_checked(limit.value), unit_of(limit), line, calendar)
    for change in line.changes:
        running.change(change)
    due_on, remaining = running.reach()
    total = running.limit + running.added
    return Deadline(
        due_on, remaining, running.limit, total, running.unit, line, calendar, tuple(running.replaced)
    )


@dataclass(slots=True)
class _Running:
    """The limit as its changes make it: a new kind replaces it from receipt on, an extension adds to it."""

    limit: int
    unit: str
    line: Timeline
    calendar: WorkCalendar
    added: int = 0
    replaced: list[Replaced] = field(default_factory=list)

    def reach(self) -> tuple[date | None, int]:
        return _reach(_checked(self.limit + self.added), self.unit, self.line, self.calendar)

    def change(self, event: ClockEvent) -> None:
        due_on, _left = self.reach()
        if event.kind is EventKind.EXTEND:
            _refuse_late(event.on, due_on)
            self.added += event.days
            return
        if event.kind is EventKind.CURTAIL:
            self.curtail(event.on)
            return
        self.replaced.append(Replaced(event.on, self.limit, self.unit, due_on))
        self.limit = _checked(event.days)
        self.unit = unit_of(Days(event.days, event.unit)) if event.unit else self.unit

    def curtail(self, on: date) -> None:
        """Take back what is left of the extensions on the day ``on``: no day that has passed becomes late."""
        while self.added:
            self.added -= 1
            due_on, _left = self.reach()
            if due_on is not None and due_on < on:
                self.added += 1
                return


def unit_of(limit: Limit) -> str:
    """Return ``working`` or ``calendar``. Raises InvalidLimit for any other unit."""
    unit = UNITS.get(limit.unit)
    if unit is None:
        raise InvalidLimit(f"Đơn vị thời hạn không hợp lệ: {limit.unit}.", f"Unknown unit: {limit.unit}.")
    return unit


def _checked(value: int) -> int:
    if not 1 <= value <= LONGEST:
        raise InvalidLimit(
            f"Thời hạn phải là số nguyên từ 1 đến {LONGEST} ngày, không phải {value}.",
            f"A limit is a whole number of days from 1 to {LONGEST}, not {value}.",
        )
    return value


def _refuse_late(extended_on: date, due_on: date | None) -> None:
    if due_on is not None and extended_on > due_on:
        raise LateExtension(
            f"Không thể gia hạn ngày {vn(extended_on)}: thời hạn đã hết ngày {vn(due_on)}.",
            f"An extension on {extended_on} is too late: the deadline passed on {due_on}.",
        )


def _reach(days: int, unit: str, line: Timeline, calendar: WorkCalendar) -> tuple[date | None, int]:
    """Return the day on which the count reaches ``days``; None and what is left if a pause forbids it."""
    day, left = line.starts_on, days
    for pause in line.pauses:
        counted = _count(day, pause.paused_on, unit, calendar)
        if counted >= left:
            break
        left -= counted
        if pause.resumed_on is None:
            return None, left
        day = pause.resumed_on
    if unit == WORKING:
        return calendar.add_working_days(day, left), 0
    return _onto_working_day(day + timedelta(days=left), line, calendar), 0


def _count(after: date, until: date, unit: str, calendar: WorkCalendar) -> int:
    return calendar.count_working_days(after, until) if unit == WORKING else (until - after).days


def _onto_working_day(day: date, line: Timeline, calendar: WorkCalendar) -> date | None:
    """Return the first day from ``day`` on that is worked and not paused; None if a pause runs on."""
    while not calendar.is_working(day) or line.paused(day):
        if line.paused_since is not None and day > line.paused_since:
            return None
        day += ONE_DAY
    return day

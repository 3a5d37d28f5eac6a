"""Deadlines as the components draw them: the chip and the strip of days. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from feedback_app.deadlines import standing
from feedback_app.deadlines.calendar import WorkCalendar
from feedback_app.deadlines.events import EventKind
from feedback_app.deadlines.explain import EVENT_TEXTS, DayEntry

DONE_LATE = "done_late"
KINDS = {
    "received": "received",
    "start": "received",
    "working": "counted",
    "swap_worked": "counted",
    "calendar": "counted",
    "extended": "extended",
    "weekend": "weekend",
    "holiday": "holiday",
    "swap_off": "holiday",
    "paused": "paused",
    "waiting": "idle",
    "rolled": "idle",
    "stopped": "idle",
}
PLAIN = frozenset({"working", "calendar", "weekend"})
NOBODY: Mapping[date, str] = {}


@dataclass(frozen=True, slots=True)
class Chip:
    """What ``deadline_chip`` shows; ``days`` are working days left or overdue, never negative."""

    category: str
    due_on: date | None
    days: int
    waiting_for: str | None
    estimated: bool


@dataclass(frozen=True, slots=True)
class Day:
    """One cell of ``day_strip``; ``explained``: the reason is not plain to see and opens on a tap.

    ``source`` is the document behind a day off; ``estimated``: the year has no published calendar.
    """

    date: date
    kind: str
    number: int | None
    reason: str
    past: bool
    today: bool
    due: bool
    explained: bool
    source: str = ""
    estimated: bool = False


def chip(
    due_on: date | None,
    today: date,
    calendar: WorkCalendar,
    *,
    paused: bool = False,
    answered_on: date | None = None,
    waiting_for: str | None = None,
    estimated: bool = False,
) -> Chip:
    """Return the chip of a deadline on the local date ``today``.

    ``answered_on`` is the local date of the answer, ``waiting_for`` whom a paused ticket waits for.
    """
    category: str = standing.category(
        due_on, today, calendar, paused=paused, answered=answered_on is not None
    )
    if answered_on and due_on and answered_on > due_on:
        category = DONE_LATE
    days = abs(standing.working_days_left(due_on, answered_on or today, calendar)) if due_on else 0
    return Chip(category, due_on, days, waiting_for, estimated)


def strip(
    entries: Sequence[DayEntry],
    due_on: date | None,
    today: date,
    language: str = "vi",
    went_to: Mapping[date, str] = NOBODY,
) -> tuple[Day, ...]:
    """Return the cells of a strip; days worked after ``due_on`` are late ones.

    ``entries`` are ``Deadline.days``, or ``Deadline.days_until(today)`` of a late ticket; ``went_to`` names, by day of
    a transfer, the agency as far as the reader may know it.
    """
    return tuple(_day(entry, due_on, today, language, went_to.get(entry.date, "")) for entry in entries)


def _day(entry: DayEntry, due_on: date | None, today: date, language: str, went_to: str) -> Day:
    late = due_on is not None and entry.date > due_on and entry.counted
    due = entry.date == due_on
    return Day(
        date=entry.date,
        kind="late" if late else KINDS[entry.code],
        number=None if late else entry.number,
        reason=_reason(entry, language, went_to),
        past=entry.date < today,
        today=entry.date == today,
        due=due,
        explained=due or bool(entry.events) or entry.code not in PLAIN,
        source=entry.source,
        estimated=entry.estimated,
    )


def _reason(entry: DayEntry, language: str, went_to: str) -> str:
    """Return why the day counts or does not; a transfer is told with where the ticket went."""
    reason = entry.reason.in_language(language)
    if not went_to:
        return reason
    moved = EVENT_TEXTS[EventKind.TRANSFER].in_language(language)
    return reason.replace(moved, f"{moved} ({went_to})")

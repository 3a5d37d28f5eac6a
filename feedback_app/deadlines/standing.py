"""Where a ticket stands today, and how many working days were used, by whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from feedback_app.catalogue.packs.regulation import RegulationProfile, Step
from feedback_app.deadlines.calendar import WorkCalendar
from feedback_app.deadlines.clock import compute
from feedback_app.deadlines.errors import InvalidEvent, vn
from feedback_app.deadlines.events import Pause
from feedback_app.deadlines.profiles import steps_for

DUE_SOON = 2
STEP_OF = {
    "triage": Step.CLASSIFY,
    "assignment": Step.RETURN_WRONG,
    "opinion": Step.OPINION,
    "province": Step.PROVINCE_DIRECTS,
    "reporting": Step.REPORT_UP,  # no agency's leg: for the agency to report what is beyond it
    "reopening": Step.REOPEN,  # nor this: for the enterprise to open a closed ticket again
    "waiting": Step.WAIT_ENTERPRISE,  # no agency's leg: for the enterprise to send what it was asked
}


class Category(StrEnum):
    """The clear categories of a queue."""

    LATE = "late"
    DUE_SOON = "due_soon"
    IN_TIME = "in_time"
    WAITING = "waiting"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Assignment:
    """An agency holds a ticket from ``since`` (its day zero) through ``until``; None: it holds it still.

    ``role``: triage, assignment, opinion, answer, approval or province. ``due_on``: the last day of the leg itself,
    where it has a limit of its own. ``beside``: it runs beside the leg that has the ball, so it cannot delay the case.
    """

    agency: str
    role: str
    since: date
    until: date | None = None
    due_on: date | None = None
    beside: bool = False


@dataclass(frozen=True, slots=True)
class Leg:
    """The working days that belong to one agency.

    ``late_days`` are those after the leg's own last day, ``case_late_days`` those after the due date of the case.
    """

    assignment: Assignment
    working_days: int
    late_days: int = 0
    case_late_days: int = 0


def category(
    due_on: date | None, today: date, calendar: WorkCalendar, *, paused: bool = False, answered: bool = False
) -> Category:
    """Return the category of a ticket on the local date ``today``.

    A paused ticket waits whatever its date: nobody at the agency can act. Without a due date it waits too.
    """
    if answered:
        return Category.DONE
    if paused or due_on is None:
        return Category.WAITING
    if today > due_on:
        return Category.LATE
    soon = calendar.count_working_days(today, due_on) <= DUE_SOON
    return Category.DUE_SOON if soon else Category.IN_TIME


def working_days_left(due_on: date, today: date, calendar: WorkCalendar) -> int:
    """Return the working days after ``today`` through ``due_on``; below zero, those already late.

    A ticket due on Friday is late on Saturday by 0 working days: ask ``category`` whether it is late.
    """
    left = calendar.count_working_days(today, due_on)
    return left if today <= due_on else -calendar.count_working_days(due_on, today)


def working_days_between(
    received_on: date, until: date, calendar: WorkCalendar, pauses: Iterable[Pause] = ()
) -> int:
    """Return the working days used from ``received_on`` (day zero) through ``until``, pauses not counted.

    Args:
        pauses: in order and not overlapping, as ``events.pauses_of`` returns them.

    Raises:
        InvalidEvent: ``until`` lies before ``received_on``.
    """
    if until < received_on:
        raise InvalidEvent(
            f"Ngày kết thúc {vn(until)} trước ngày bắt đầu {vn(received_on)}.",
            f"The end {until} lies before the beginning {received_on}.",
        )
    paused = sum(_within(pause, received_on, until, calendar) for pause in pauses)
    return calendar.count_working_days(received_on, until) - paused


def sub_deadline(
    profile: RegulationProfile, role: str, kind: str, since: date, calendar: WorkCalendar
) -> date | None:
    """Return the last day of a leg that begins on ``since`` (its day zero); None where it has no limit of its own."""
    step = STEP_OF.get(role)
    row = next((r for r in steps_for(profile, kind, since) if r.step == step), None)
    return compute(row, since, (), calendar).due_on if row is not None and row.value else None


def legs(
    assignments: Iterable[Assignment],
    calendar: WorkCalendar,
    today: date,
    pauses: Iterable[Pause] = (),
    case_due: date | None = None,
) -> tuple[Leg, ...]:
    """Return the working days each agency held the ticket, in the order given; open legs run to ``today``.

    The day of a transfer belongs to the agency that gives the ticket away, so consecutive legs add up to the
    case, and each late day of the case belongs to exactly one of the legs that have the ball.
    """
    pauses = tuple(pauses)
    return tuple(_leg(held, calendar, held.until or today, pauses, case_due) for held in assignments)


def _leg(
    held: Assignment, calendar: WorkCalendar, until: date, pauses: tuple[Pause, ...], case_due: date | None
) -> Leg:
    return Leg(
        held,
        working_days_between(held.since, until, calendar, pauses),
        _after(held.due_on, held.since, until, calendar, pauses),
        0 if held.beside else _after(case_due, held.since, until, calendar, pauses),
    )


def _after(
    due_on: date | None, since: date, until: date, calendar: WorkCalendar, pauses: tuple[Pause, ...]
) -> int:
    """Return the working days from ``since`` through ``until`` that lie after ``due_on``."""
    if due_on is None or until <= due_on:
        return 0
    return working_days_between(max(since, due_on), until, calendar, pauses)


def _within(pause: Pause, after: date, until: date, calendar: WorkCalendar) -> int:
    end = until if pause.resumed_on is None else min(pause.resumed_on, until)
    return calendar.count_working_days(max(pause.paused_on, after), end)

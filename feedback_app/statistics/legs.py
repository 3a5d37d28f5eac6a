"""Who held a case, in which part and for how many working days: one fact for each leg. Pure."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from feedback_app.deadlines.calendar import WorkCalendar
from feedback_app.deadlines.standing import Assignment as Held
from feedback_app.deadlines.standing import legs
from feedback_app.statistics.facts import CaseFact


@dataclass(frozen=True, slots=True, kw_only=True)
class LegFact:
    """One leg of one round, in local dates; the figures of days are there once it has ended.

    ``until`` is the day on which another took over, the round was answered or withdrawn. ``agency`` None: it is in
    nobody's figures. ``beside``: it ran beside the leg that had the ball.
    """

    ticket_id: int
    round: int
    number: int
    agency: str | None
    role: str
    field: str
    sensitive: bool
    in_project: bool
    beside: bool
    since: date
    until: date | None
    due_on: date | None
    working_days: int | None
    late_days: int | None  # working days after the leg's own last day
    case_late_days: int | None  # working days after the due date of the case

    def had_it_on(self, day: date) -> bool:
        """Whether it had the ball at the end of ``day``."""
        return not self.beside and self.since <= day and (self.until is None or day < self.until)


def legs_of(
    case: CaseFact, held: Iterable[Held], calendar: WorkCalendar, counted_for: Callable[[str], str | None]
) -> list[LegFact]:
    """Return the legs of a case in the order in which they began.

    Args:
        held: the legs with the last days of their own; an ``answer`` without one has that of the case.
        counted_for: whose figures a leg of that agency enters.
    """
    ordered = sorted(held, key=lambda leg: leg.since)
    return [_leg(case, number, leg, calendar, counted_for) for number, leg in enumerate(ordered, 1)]


def holder_on(case: CaseFact, legs_: Sequence[LegFact], day: date) -> str | None:
    """Return who had the ball at the end of ``day``; without any legs, whose case it was."""
    if not legs_:
        return case.agency_on(day)
    return next((leg.agency for leg in reversed(legs_) if leg.had_it_on(day)), None)


def _leg(
    case: CaseFact, number: int, leg: Held, calendar: WorkCalendar, counted_for: Callable[[str], str | None]
) -> LegFact:
    until = _ended(leg, case.ended_on)
    due_on = case.due_on if leg.due_on is None and leg.role == "answer" else leg.due_on
    done = None
    if until is not None:
        whole = Held(leg.agency, leg.role, leg.since, until, due_on, leg.beside)
        (done,) = legs([whole], calendar, until, case.pauses, case.due_on)
    return LegFact(
        ticket_id=case.ticket_id,
        round=case.round,
        number=number,
        agency=counted_for(leg.agency),
        role=leg.role,
        field=case.field,
        sensitive=case.sensitive,
        in_project=case.in_project,
        beside=leg.beside,
        since=leg.since,
        until=until,
        due_on=due_on,
        working_days=done.working_days if done else None,
        late_days=done.late_days if done else None,
        case_late_days=done.case_late_days if done else None,
    )


def _ended(leg: Held, ended_on: date | None) -> date | None:
    """Return when the leg ended: with the round at the latest."""
    if ended_on is None:
        return leg.until
    return max(min(leg.until or ended_on, ended_on), leg.since)

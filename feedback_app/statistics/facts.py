"""What a ticket contributes to statistics: one fact for each round, derived from what happened. Pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from feedback_app.deadlines.calendar import WorkCalendar
from feedback_app.deadlines.events import ClockEvent, EventKind, Pause, pauses_of
from feedback_app.deadlines.standing import working_days_between

REOPENED_WITHIN = timedelta(days=30)
ANSWERED = "answered"


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketRow:
    """The columns of a ticket that statistics need; agencies are codes."""

    id: int
    version: int
    kind: str
    field: str
    sensitive: bool
    round: int
    received_on: date
    due_on: date | None
    closed_on: date | None
    withdrawn: bool
    agency: str | None  # who holds it
    area: str | None = None
    joined_on: date | None = None  # since when it belongs to a project dossier
    calendar_id: int = 0
    concerned: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class AnswerRow:
    agency: str
    on: date
    outcome: str = ANSWERED


@dataclass(frozen=True, slots=True)
class RatingRow:
    answered: bool
    solved: str
    on: date


@dataclass(frozen=True, slots=True)
class Inherited:
    """That a round was ``agency``'s before a reorganisation of the day ``until`` gave it to an heir."""

    agency: str
    until: date


@dataclass(frozen=True, slots=True)
class FormerDue:
    """That ``due_on`` was the due date until, on ``until``, another kind, calendar or end of extensions came."""

    due_on: date | None
    until: date


@dataclass(frozen=True, slots=True)
class History:
    """What happened to one ticket, by round."""

    events: Mapping[int, Sequence[ClockEvent]]
    answers: Mapping[int, AnswerRow]
    ratings: Mapping[int, RatingRow]
    handed: Mapping[int, Sequence[Inherited]] = field(default_factory=dict)
    moved: Mapping[int, Sequence[FormerDue]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFact:
    """One round of one ticket, in local dates.

    ``working_days`` are those used until the answer, pauses not counted.
    """

    ticket_id: int
    round: int
    ticket_version: int
    kind: str
    field: str
    agency: str | None
    sensitive: bool
    started_on: date
    due_on: date | None
    answered_on: date | None
    ended_on: date | None  # answered or withdrawn: nothing is open any more
    working_days: int | None
    pauses: tuple[Pause, ...]
    rated_on: date | None
    rated_answered: bool | None
    rated_solved: str | None
    disputed_on: date | None
    area: str | None = None
    joined_on: date | None = None  # from then on of a project dossier: it counts in no rate of lateness
    inherited: tuple[Inherited, ...] = ()
    former_dues: tuple[FormerDue, ...] = ()
    outcome: str | None = None  # what kind of decision ended the round
    calendar_id: int = 0  # of the calendar that ``working_days`` were counted with

    @property
    def in_project(self) -> bool:
        return self.joined_on is not None

    def agency_on(self, day: date) -> str | None:
        """Return whose it was on ``day``: the old agency's until a reorganisation gave it to its heir."""
        return next((before.agency for before in self.inherited if day < before.until), self.agency)

    @property
    def in_time(self) -> bool:
        return self.answered_on is not None and (self.due_on is None or self.answered_on <= self.due_on)

    @property
    def late(self) -> bool:
        """Whether it was answered after the due date."""
        return self.answered_on is not None and not self.in_time and not self.in_project

    @property
    def reopened(self) -> bool:
        """Whether the enterprise asked for a new look within 30 calendar days of the answer."""
        if self.disputed_on is None or self.answered_on is None:
            return False
        return self.disputed_on - self.answered_on <= REOPENED_WITHIN

    @property
    def solved(self) -> bool:
        """Whether the enterprise says that it is solved in practice, and did not come back."""
        return self.rated_solved == "yes" and not self.reopened

    def open_on(self, day: date) -> bool:
        """Whether it waited for an answer at the end of ``day``."""
        return self.started_on <= day and (self.ended_on is None or self.ended_on > day)

    def paused_on(self, day: date) -> bool:
        """Whether, at the end of ``day``, the ball was with the enterprise."""
        return self.open_on(day) and any(
            p.paused_on <= day and (p.resumed_on is None or p.resumed_on > day) for p in self.pauses
        )

    def due_known_on(self, day: date) -> date | None:
        """Return the due date that was in force at the end of ``day``."""
        return next((former.due_on for former in self.former_dues if day < former.until), self.due_on)

    def overdue_on(self, day: date) -> bool:
        """Whether, at the end of ``day``, the due date known then had passed without an answer."""
        due = self.due_known_on(day)
        if due is None or (self.joined_on is not None and self.joined_on <= day):
            return False
        return due < day and self.open_on(day) and not self.paused_on(day)


def facts_of(
    ticket: TicketRow,
    history: History,
    calendar: WorkCalendar,
    due_of_past_round: Callable[[Sequence[ClockEvent]], date | None],
    inspectorate: str,
) -> list[CaseFact]:
    """Return the facts of one ticket, a fact a round.

    Args:
        due_of_past_round: the due date that the clock events of a finished round led to; the running
            round's stands on the ticket.
        inspectorate: the only agency for which a sensitive report is counted.
    """
    starts = {number: _started(events) for number, events in history.events.items()}
    found = []
    for number in range(1, ticket.round + 1):
        events = history.events[number]
        running = number == ticket.round
        answer, rating = history.answers.get(number), history.ratings.get(number)
        answered_on = answer.on if answer else None
        pauses = pauses_of(events)
        found.append(
            CaseFact(
                ticket_id=ticket.id,
                round=number,
                ticket_version=ticket.version,
                kind=ticket.kind,
                field=ticket.field,
                agency=counted_for(ticket, answer.agency if answer else ticket.agency, inspectorate),
                sensitive=ticket.sensitive,
                started_on=starts[number],
                due_on=ticket.due_on if running else due_of_past_round(events),
                answered_on=answered_on,
                ended_on=answered_on or (ticket.closed_on if running and ticket.withdrawn else None),
                working_days=_used(starts[number], answered_on, calendar, pauses),
                pauses=pauses,
                rated_on=rating.on if rating else None,
                rated_answered=rating.answered if rating else None,
                rated_solved=rating.solved if rating else None,
                disputed_on=starts.get(number + 1),
                area=ticket.area,
                joined_on=ticket.joined_on,
                inherited=_inherited(ticket, history.handed.get(number, ()), inspectorate),
                former_dues=tuple(sorted(history.moved.get(number, ()), key=lambda former: former.until)),
                outcome=answer.outcome if answer else None,
                calendar_id=ticket.calendar_id,
            )
        )
    return found


def counted_for(ticket: TicketRow, agency: str | None, inspectorate: str) -> str | None:
    """Return whose figures the ticket enters; never an agency that it concerns."""
    if agency in ticket.concerned:
        return None
    if ticket.sensitive and agency != inspectorate:
        return None
    return agency


def _inherited(ticket: TicketRow, handed: Iterable[Inherited], inspectorate: str) -> tuple[Inherited, ...]:
    ordered = sorted(handed, key=lambda before: before.until)
    return tuple(b for b in ordered if counted_for(ticket, b.agency, inspectorate) is not None)


def _started(events: Iterable[ClockEvent]) -> date:
    return next(event.on for event in events if event.kind is EventKind.START)


def _used(
    started_on: date, answered_on: date | None, calendar: WorkCalendar, pauses: tuple[Pause, ...]
) -> int | None:
    if answered_on is None:
        return None
    return working_days_between(started_on, answered_on, calendar, pauses)

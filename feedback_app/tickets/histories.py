"""Clocks of many tickets at once: columns in portions, never whole objects, so that a hundred thousand fit."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, RowMapping, select
from sqlalchemy.orm import Session

from feedback_app.catalogue.packs.regulation import RegulationProfile
from feedback_app.deadlines.calendar import WorkCalendar
from feedback_app.deadlines.clock import Deadline, compute
from feedback_app.deadlines.events import ClockEvent, EventKind, first_kind
from feedback_app.deadlines.profiles import due_limit
from feedback_app.deadlines.recorded import event_of
from feedback_app.tickets.models import ClockEventRow, Ticket

PORTION = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One round of a ticket, as far as deadlines look at it."""

    id: int
    code: str
    kind: str
    area: str | None
    round: int
    sensitive: bool
    due_on: date | None
    clock: str
    profile_id: int
    calendar_id: int
    events: tuple[ClockEvent, ...]

    @property
    def began(self) -> date:
        """The day zero of the round."""
        return next(event.on for event in self.events if event.kind is EventKind.START)

    def deadline(self, profile: RegulationProfile, calendar: WorkCalendar) -> Deadline:
        """Return the deadline under any profile and calendar.

        Raises:
            DeadlineError: the events do not fit these limits, or the profile has none for the kind.
        """
        limit = due_limit(profile, first_kind(self.events, self.kind), self.began)
        return compute(limit, self.began, self.events, calendar)


_COLUMNS = (
    Ticket.id, Ticket.code, Ticket.kind, Ticket.area, Ticket.round, Ticket.sensitive, Ticket.due_on, Ticket.clock,
    Ticket.profile_id, Ticket.calendar_id,
)  # fmt: skip


def portions(
    session: Session,
    *conditions: ColumnElement[bool],
    after: int = 0,
    round_: int | None = None,
    size: int = PORTION,
) -> Iterator[list[Case]]:
    """Yield the tickets that meet the conditions, in order of their ids, a portion at a time.

    Args:
        after: only ids above it.
        round_: the round whose events are wanted; the running one unless given.
    """
    query = select(*_COLUMNS).where(*conditions).order_by(Ticket.id).limit(size)
    while rows := session.execute(query.where(Ticket.id > after)).mappings().all():
        events = _events(session, [row["id"] for row in rows])
        yield [_case(row, round_ or row["round"], events) for row in rows]
        after = rows[-1]["id"]


def _case(row: RowMapping, round_: int, events: Mapping[tuple[int, int], list[ClockEvent]]) -> Case:
    return Case(**{**row, "round": round_}, events=tuple(events.get((row["id"], round_), ())))


def _events(session: Session, ids: Sequence[int]) -> defaultdict[tuple[int, int], list[ClockEvent]]:
    found: defaultdict[tuple[int, int], list[ClockEvent]] = defaultdict(list)
    query = select(
        ClockEventRow.ticket_id, ClockEventRow.round,
        ClockEventRow.kind, ClockEventRow.on, ClockEventRow.days, ClockEventRow.note,
    ).where(ClockEventRow.ticket_id.in_(ids))  # fmt: skip
    for ticket_id, round_, kind, on, days, note in session.execute(query.order_by(ClockEventRow.id)):
        found[ticket_id, round_].append(event_of(kind, on, days, note))
    return found

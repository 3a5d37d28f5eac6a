"""Tickets that wait for somebody to sort them, with what routing thought and why they came back."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, select, tuple_
from sqlalchemy.orm import Session, aliased

from feedback_app.accounts.actor import Actor
from feedback_app.tickets.lifecycle import Status
from feedback_app.tickets.models import Assignment, Message, Ticket, TimelineEntry
from feedback_app.tickets.queries import visible_to
from feedback_app.tickets.timeline import Entry

PAGE = 10


@dataclass(frozen=True, slots=True)
class Return:
    """An agency gave the ticket back; ``proposed_id`` is whom it thinks it belongs to, if it said so."""

    agency_id: int | None
    proposed_id: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """One ticket in triage with its leg there and its returns, the latest first."""

    ticket: Ticket
    leg: Assignment
    returns: Sequence[Return]


def page(session: Session, actor: Actor, after: tuple[date, int] | None, size: int = PAGE) -> list[Waiting]:
    """Return tickets in triage that ``actor`` may see, by due date; ``after`` is that and the id of the last seen."""
    leg = aliased(Assignment)  # who sees a ticket depends on other legs
    running = and_(leg.ticket_id == Ticket.id, leg.part == "triage", leg.ended_on.is_(None))
    query = (
        select(Ticket, leg)
        .join(leg, running)
        .where(Ticket.clock == "open", Ticket.status == Status.TRIAGE, visible_to(actor))
        .order_by(Ticket.due_on, Ticket.id)
        .limit(size)
    )
    if after is not None:
        query = query.where(tuple_(Ticket.due_on, Ticket.id) > after)
    found = session.execute(query).all()
    returns = _returns(session, [ticket.id for ticket, _leg in found])
    return [Waiting(ticket, leg_, returns.get(ticket.id, [])) for ticket, leg_ in found]


def _returns(session: Session, ticket_ids: list[int]) -> dict[int, list[Return]]:
    """Return, by ticket, who gave it back and what was written in the note of the same moment."""
    note = and_(
        Message.ticket_id == TimelineEntry.ticket_id,
        Message.kind == "note",
        Message.at == TimelineEntry.at,
        Message.agency_id == TimelineEntry.agency_id,
    )
    query = (
        select(TimelineEntry, Message.text)
        .outerjoin(Message, note)
        .where(TimelineEntry.ticket_id.in_(ticket_ids), TimelineEntry.kind == Entry.RETURNED)
        .order_by(TimelineEntry.id.desc())
    )
    found: dict[int, list[Return]] = defaultdict(list)
    for entry, text in session.execute(query):
        found[entry.ticket_id].append(Return(entry.agency_id, entry.data.get("proposed"), text or ""))
    return found

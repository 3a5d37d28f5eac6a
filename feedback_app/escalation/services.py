"""Reminding: a rung is recorded, told in the ticket's history, and published."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from feedback_app.core import outbox
from feedback_app.core.inserting import insert_missing
from feedback_app.escalation import queries
from feedback_app.escalation.events import TicketReminded
from feedback_app.escalation.models import Reminder
from feedback_app.escalation.rules import Rung, Window
from feedback_app.tickets.models import Ticket
from feedback_app.tickets.timeline import Entry, tell


def remind_some(
    session: Session, window: Window, *, after: queries.Key | None, size: int, at: datetime
) -> queries.Key | None:
    """Remind of at most ``size`` tickets that follow ``after``; return where to go on, ``None`` at the end.

    Two runs at once remind once: the second finds the rung recorded.
    """
    tickets = queries.unreminded(session, window, after, size)
    recorded = set(_record(session, tickets, window.rung, told=True, at=at))
    for lower in window.lower:
        _record(session, tickets, lower, told=False, at=at)
    for ticket in tickets:
        if ticket.id in recorded:
            _remind(session, ticket, window.rung, at)
    last = tickets[-1] if tickets else None
    return (last.due_on, last.id) if last is not None and last.due_on is not None else None


def _record(
    session: Session, tickets: Sequence[Ticket], rung: Rung, *, told: bool, at: datetime
) -> list[int]:
    """Return the ids of the tickets for which the rung was not recorded before."""
    rows = [
        {"ticket_id": ticket.id, "round": ticket.round, "rung": rung.code, "told": told, "at": at}
        for ticket in tickets
    ]
    return insert_missing(session, Reminder, rows, Reminder.ticket_id)


def _remind(session: Session, ticket: Ticket, rung: Rung, at: datetime) -> None:
    tell(
        session, ticket, Entry.REMINDED, at=at, agency_id=ticket.holder_id, round=ticket.round, step=rung.code
    )
    outbox.publish(session, TicketReminded(ticket_id=ticket.id, round=ticket.round, rung=rung.code))

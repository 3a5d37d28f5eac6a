"""Reads of filing."""

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from feedback_app.tickets.models import Ticket


def filed_as(session: Session, submission: str) -> Ticket | None:
    """Return the ticket that came of the filing, if it was stored."""
    return session.scalars(select(Ticket).where(Ticket.submission == submission)).first()


def receipt_of(session: Session, submission: str) -> Ticket | None:
    """Return the ticket of the filing with what its receipt shows: lead, clock, files, agencies concerned."""
    query = select(Ticket).where(Ticket.submission == submission)
    shown = (
        joinedload(Ticket.lead),
        joinedload(Ticket.filer),
        selectinload(Ticket.clock_events),
        selectinload(Ticket.attachments),
        selectinload(Ticket.concerned),
    )
    return session.scalars(query.options(*shown)).first()

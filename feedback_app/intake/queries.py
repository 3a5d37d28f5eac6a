"""Reads of filing."""

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from feedback_app.tickets.models import Ticket

_TICKETS = Ticket.__table__


def is_filed(session: Session, submission: str) -> bool:
    """Say whether the filing was stored."""
    query = select(_TICKETS.c.id).where(_TICKETS.c.submission == submission)
    return session.connection().execute(query).first() is not None


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

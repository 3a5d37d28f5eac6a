"""Reads on reorganisations: which were applied, which tickets have not followed yet."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from feedback_app.reorganisation.models import AppliedReorganisation
from feedback_app.tickets.lifecycle import Clock
from feedback_app.tickets.models import Assignment, ConcernedAgency, Ticket

FOLLOWING = (Clock.OPEN, Clock.PAUSED, Clock.ANSWERED)  # an answer may be disputed: somebody must be there


def applied(session: Session, code: str) -> AppliedReorganisation | None:
    """Return the reorganisation of that code, if it was applied."""
    return session.scalars(select(AppliedReorganisation).where(AppliedReorganisation.code == code)).first()


def all_applied(session: Session) -> Sequence[AppliedReorganisation]:
    """Return all that were applied, newest first."""
    return session.scalars(select(AppliedReorganisation).order_by(AppliedReorganisation.id.desc())).all()


def begun(session: Session, today: date) -> Sequence[int]:
    """Return the ids of those whose first day has come, oldest first."""
    query = select(AppliedReorganisation.id).where(AppliedReorganisation.first_day <= today)
    return session.scalars(query.order_by(AppliedReorganisation.first_day, AppliedReorganisation.id)).all()


def to_move(session: Session, agency_ids: Iterable[int], *, after: int, limit: int) -> Sequence[int]:
    """Return ids above ``after`` of tickets that one of the agencies has a part in, or that a barred agency has.

    Some may be right where they are: of an agency that gave away a part of its fields only.
    """
    gone = list(agency_ids)
    legs = exists().where(
        Assignment.ticket_id == Ticket.id, Assignment.agency_id.in_(gone), Assignment.ended_on.is_(None)
    )
    barred = exists().where(
        ConcernedAgency.ticket_id == Ticket.id,
        or_(ConcernedAgency.agency_id == Ticket.holder_id, ConcernedAgency.agency_id == Ticket.lead_id),
    )
    query = select(Ticket.id).where(
        Ticket.id > after,
        Ticket.clock.in_(FOLLOWING),
        or_(Ticket.holder_id.in_(gone), Ticket.lead_id.in_(gone), legs, barred),
    )
    return session.scalars(query.order_by(Ticket.id).limit(limit)).all()

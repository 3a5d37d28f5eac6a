"""The sensitive reports that a reader's agency holds: informal costs and overlapping inspections."""

from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, selectinload

from feedback_app.accounts.actor import Actor
from feedback_app.tickets.lifecycle import Clock
from feedback_app.tickets.models import Ticket
from feedback_app.tickets.policy import HANDLING
from feedback_app.tickets.queries import visible_to

RUNNING = (Clock.OPEN, Clock.PAUSED)


def running(
    session: Session, actor: Actor, *, after: Ticket | None = None, size: int = 50
) -> Sequence[Ticket]:
    """Return the running reports held by the reader's agency, by due date, with the agencies concerned."""
    query = select(Ticket).where(*_held(actor), Ticket.clock.in_(RUNNING))
    if after is not None and after.due_on is not None:
        query = query.where(
            (Ticket.due_on > after.due_on) | ((Ticket.due_on == after.due_on) & (Ticket.id > after.id))
        )
    query = query.options(selectinload(Ticket.concerned)).order_by(Ticket.due_on, Ticket.id)
    return session.scalars(query.limit(size)).all()


def counts(session: Session, actor: Actor) -> Mapping[tuple[str, str], int]:
    """Return the number of reports by kind and status, those that are over too."""
    query = select(Ticket.kind, Ticket.status, func.count()).where(*_held(actor))
    return {
        (kind, status): n for kind, status, n in session.execute(query.group_by(Ticket.kind, Ticket.status))
    }


def _held(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    own = actor.agency_ids(HANDLING)
    return Ticket.sensitive.is_(True), Ticket.holder_id.in_(own), visible_to(actor)

"""Who in the agency: given to a colleague, standing aside, everything handed over when somebody leaves."""

from collections.abc import Sequence
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback_app.accounts.actor import Actor
from feedback_app.catalogue.store import Loaded
from feedback_app.core import clock
from feedback_app.core.errors import Invalid
from feedback_app.tickets import queries
from feedback_app.tickets.coordination import Recusal
from feedback_app.tickets.lifecycle import Act
from feedback_app.tickets.models import Ticket
from feedback_app.tickets.services.moving import require
from feedback_app.tickets.services.owning import pass_up
from feedback_app.tickets.services.telling import announce
from feedback_app.tickets.timeline import Entry


def delegate(
    session: Session, ticket: Ticket, *, by: Actor, to_id: int, at: datetime, seen_version: int | None = None
) -> None:
    """Give the ticket to a colleague; whoever handles it and the head may, and anybody while nobody handles it.

    Raises:
        Forbidden, Conflict, IllegalTransition: see ``moving.require``.
        Invalid: the colleague may not answer this ticket (author of a past answer, stood aside, no function).
    """
    require(by, Act.DELEGATE, ticket, seen_version)
    give_to(session, ticket, to_id, by_id=by.user_id, at=at)


def give_to(session: Session, ticket: Ticket, to_id: int, *, by_id: int | None, at: datetime) -> None:
    """Make ``to_id`` the handler, once it is known that this may be done.

    Raises:
        Invalid: that person may not answer this ticket.
    """
    if to_id not in {person.id for person in queries.who_answer(session, ticket, clock.local_date(at))}:
        raise Invalid(_("Người này không được xử lý phiếu này, vui lòng chọn người khác."), "person")
    ticket.handler_id = to_id
    announce(
        session,
        ticket,
        Entry.DELEGATED,
        "person",
        whom=to_id,
        at=at,
        actor_id=by_id,
        agency_id=ticket.holder_id,
        person=to_id,
    )


def recuse(session: Session, ticket: Ticket, loaded: Loaded, *, by: Actor, reason: str, at: datetime) -> None:
    """Stand aside from the ticket; where nobody else of the agency can answer, it passes to the province's office.

    Raises:
        Forbidden, IllegalTransition: see ``moving.require``.
    """
    require(by, Act.RECUSE, ticket)
    ticket.recusals.append(Recusal(user_id=by.user_id, reason=reason, at=at))
    if ticket.handler_id == by.user_id:
        ticket.handler_id = None
    session.flush()
    announce(session, ticket, Entry.RECUSED, "head", at=at, actor_id=by.user_id, agency_id=ticket.holder_id)
    if not queries.others_who_answer(session, ticket, clock.local_date(at)):
        pass_up(session, ticket, loaded, at=at)


def hand_over(
    session: Session, tickets: Sequence[int], *, from_id: int, to_id: int, by_id: int, at: datetime
) -> tuple[list[str], list[str]]:
    """Give each of the tickets that ``from_id`` handles to ``to_id``; return the numbers given, and those refused."""
    given, refused = [], []
    for ticket_id in tickets:
        ticket = queries.by_id(session, ticket_id)
        if ticket.handler_id != from_id:
            continue
        try:
            give_to(session, ticket, to_id, by_id=by_id, at=at)
            given.append(ticket.code)
        except Invalid:
            refused.append(ticket.code)
    return given, refused


def release(session: Session, tickets: Sequence[int], *, from_id: int, by_id: int, at: datetime) -> list[str]:
    """Take each of the tickets from ``from_id``, who has left: nobody handles it now, and the head is told."""
    freed = []
    for ticket_id in tickets:
        ticket = queries.by_id(session, ticket_id)
        if ticket.handler_id == from_id:
            ticket.handler_id = None
            announce(
                session, ticket, Entry.DELEGATED, "head", at=at, actor_id=by_id, agency_id=ticket.holder_id
            )
            freed.append(ticket.code)
    return freed


def handled(session: Session, user_id: int) -> Sequence[int]:
    """Return the ids of the open tickets that the person handles, the most urgent first."""
    query = select(Ticket.id).where(Ticket.handler_id == user_id, Ticket.clock.in_(("open", "paused")))
    return session.scalars(query.order_by(Ticket.due_on, Ticket.id)).all()

"""Who is told: the people behind a ticket's agencies and its enterprise, as far as they may know of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import assert_never

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, selectinload

from feedback_app.accounts.actor import Actor, Function
from feedback_app.accounts.models import FunctionHeld, User
from feedback_app.accounts.sign_in import actor_of
from feedback_app.core import clock
from feedback_app.escalation.rules import Group
from feedback_app.tickets.facts import facts_of
from feedback_app.tickets.lifecycle import Act
from feedback_app.tickets.models import Ticket
from feedback_app.tickets.policy import ANSWERING, may, sees


@dataclass(frozen=True)
class Person:
    """A member of staff with an account, and what they may do today."""

    user: User
    actor: Actor


def answering(session: Session, ticket: Ticket) -> list[Person]:
    """Return who handles the ticket; while nobody does, all who may answer it in the agency that has it."""
    if ticket.holder_id is None:
        return []
    facts = facts_of(ticket)
    able = [p for p in _holding(session, ANSWERING, ticket.holder_id) if may(p.actor, Act.ANSWER, facts)]
    return [p for p in able if p.user.id == ticket.handler_id] or able


def in_groups(session: Session, ticket: Ticket, groups: Iterable[Group]) -> list[Person]:
    """Return each person of the groups once; where there is none, who answers, or else the focal point."""
    found = {p.user.id: p for group in groups for p in _group(session, ticket, group)}
    if found:
        return list(found.values())
    return answering(session, ticket) or _group(session, ticket, Group.FOCAL_POINT)


def addressed(session: Session, ticket: Ticket, to: str, whom: int | None) -> list[Person]:
    """Return whom a piece of news is for (``tickets.events.TicketNews``); nobody who may not see the ticket."""
    match to:
        case "holder":
            found = answering(session, ticket)
        case "head":
            found = in_groups(session, ticket, [Group.HEAD])
        case "province":
            found = _holding(session, (Function.PROVINCIAL_OFFICE,))
        case "focal_point":
            found = _holding(session, (Function.FOCAL_POINT,))
        case "agency":
            found = _holding(session, ANSWERING, whom)
        case "person":
            found = [p for p in _holding(session, tuple(Function)) if p.user.id == whom]
        case _:
            raise ValueError(to)
    facts = facts_of(ticket)
    return [person for person in found if sees(person.actor, facts)]


def of_enterprise(session: Session, ticket: Ticket) -> list[User]:
    """Return the accounts of the enterprise that filed; none for a guest."""
    if ticket.enterprise_id is None:
        return []
    query = select(User).where(User.enterprise_id == ticket.enterprise_id, User.disabled_at.is_(None))
    return list(session.scalars(query.order_by(User.id)))


def _group(session: Session, ticket: Ticket, group: Group) -> list[Person]:
    match group:
        case Group.HANDLER:
            return answering(session, ticket)
        case Group.FOCAL_POINT:
            people = _holding(session, (Function.FOCAL_POINT,))
        case Group.HEAD:
            people = _holding(session, (Function.AGENCY_HEAD,), ticket.holder_id) if ticket.holder_id else []
        case _:
            assert_never(group)
    return [person for person in people if sees(person.actor, facts_of(ticket))]


def _holding(session: Session, functions: Iterable[Function], agency_id: int | None = None) -> list[Person]:
    """Return who holds one of ``functions`` today, in that agency where one is given."""
    today = clock.today()
    held = select(FunctionHeld.user_id).where(
        FunctionHeld.function.in_(list(functions)),
        FunctionHeld.valid_from <= today,
        or_(FunctionHeld.valid_to.is_(None), FunctionHeld.valid_to >= today),
    )
    if agency_id is not None:
        held = held.where(FunctionHeld.agency_id == agency_id)
    query = select(User).where(User.id.in_(held), User.disabled_at.is_(None)).order_by(User.id)
    query = query.options(selectinload(User.functions).joinedload(FunctionHeld.agency))
    return [Person(user, actor_of(user)) for user in session.scalars(query)]

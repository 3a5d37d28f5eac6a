"""Who is told: the people behind a ticket's agencies and its enterprise, as far as they may know of it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import assert_never

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, selectinload

from feedback_app.accounts.actor import Actor, Function
from feedback_app.accounts.models import Absence, FunctionHeld, User
from feedback_app.accounts.sign_in import actor_of
from feedback_app.accounts.standing_in import acted_for
from feedback_app.catalogue.packs.ladder import Group
from feedback_app.core import clock
from feedback_app.tickets.facts import facts_of
from feedback_app.tickets.lifecycle import Act, Status
from feedback_app.tickets.models import Ticket
from feedback_app.tickets.policy import ANSWERING, COORDINATING_OFFICES, TicketFacts, may, sees

SORTING = frozenset({Status.RECEIVED, Status.TRIAGE})
LAST_RESORTS = (Group.HANDLER, Group.HEAD, Group.COORDINATING_OFFICE, Group.FOCAL_POINT)


@dataclass(frozen=True)
class Person:
    """A member of staff with an account, what they may do today, and for whom they stand in."""

    user: User
    actor: Actor
    stands_in_for: frozenset[int] = frozenset()

    def is_or_stands_in_for(self, user_id: int | None) -> bool:
        return user_id == self.user.id or user_id in self.stands_in_for


class Staff:
    """The staff of some agencies and of the coordinating offices, looked up once for many tickets."""

    def __init__(self, people: Iterable[Person]) -> None:
        self._where: dict[tuple[Function, int | None], list[Person]] = defaultdict(list)
        for person in people:
            for function in person.actor.functions():
                self._where[function, None].append(person)
                for agency_id in person.actor.agency_ids({function}):
                    self._where[function, agency_id].append(person)

    def holding(self, functions: Iterable[Function], agency_id: int | None = None) -> list[Person]:
        """Return each who holds one of ``functions`` today, in that agency where one is given."""
        found = {p.user.id: p for function in functions for p in self._where.get((function, agency_id), ())}
        return [found[user_id] for user_id in sorted(found)]

    def of_reminder(
        self, ticket: Ticket, groups: Iterable[Group], agency_id: int | None, *, is_part: bool
    ) -> list[Person]:
        """Return each person of ``groups`` once, never one who must not know, stood aside, or answered before.

        What nobody has accepted goes up as well: to the head, or to the focal point while it is being sorted. Where a
        group has nobody left, the others stand in.
        """
        facts, wanted = facts_of(ticket), list(groups)
        if Group.HANDLER in wanted and ticket.handler_id is None and not is_part:
            wanted.append(Group.FOCAL_POINT if facts.status in SORTING else Group.HEAD)
        found = {p.user.id: p for g in wanted for p in self._group(ticket, facts, g, agency_id, is_part)}
        if found:
            return list(found.values())
        resorts = (self._group(ticket, facts, g, agency_id, is_part) for g in LAST_RESORTS)
        return next((people for people in resorts if people), [])

    def _group(
        self, ticket: Ticket, facts: TicketFacts, group: Group, agency_id: int | None, is_part: bool
    ) -> list[Person]:
        match group:
            case Group.HANDLER:
                people = self._handlers(ticket, facts, agency_id, is_part)
            case Group.FOCAL_POINT:
                people = self.holding((Function.FOCAL_POINT,))
            case Group.HEAD:
                people = self.holding((Function.AGENCY_HEAD,), agency_id) if agency_id else []
            case Group.COORDINATING_OFFICE:
                people = self.holding((Function.PROVINCIAL_OFFICE,))
            case Group.CHAIRMAN:
                people = []  # hears by the list of the week
            case _:
                assert_never(group)
        aside = facts.recused_ids | facts.past_author_ids
        return [p for p in people if p.user.id not in aside and sees(p.actor, facts)]

    def _handlers(
        self, ticket: Ticket, facts: TicketFacts, agency_id: int | None, is_part: bool
    ) -> list[Person]:
        able = self.holding(ANSWERING, agency_id) if agency_id else []
        if is_part and agency_id != ticket.holder_id:
            return able
        able = [p for p in able if may(p.actor, Act.ANSWER, facts)]
        return [p for p in able if p.is_or_stands_in_for(ticket.handler_id)] or able


def staff(session: Session, agency_ids: Collection[int]) -> Staff:
    """Return who holds a function today in one of the agencies, or is of a coordinating office."""
    here = FunctionHeld.agency_id.in_(agency_ids) | FunctionHeld.function.in_(COORDINATING_OFFICES)
    return Staff(_people(session, here))


def answering(session: Session, ticket: Ticket) -> list[Person]:
    """Return who handles the ticket; while nobody does, all who may answer it in the agency that has it."""
    if ticket.holder_id is None:
        return []
    facts = facts_of(ticket)
    able = [p for p in _holding(session, ANSWERING, ticket.holder_id) if may(p.actor, Act.ANSWER, facts)]
    return [p for p in able if p.is_or_stands_in_for(ticket.handler_id)] or able


def addressed(session: Session, ticket: Ticket, to: str, whom: int | None) -> list[Person]:
    """Return whom a piece of news is for (``tickets.events.TicketNews``); nobody who may not see the ticket."""
    match to:
        case "holder":
            found = answering(session, ticket)
        case "head":
            head = Function.AGENCY_HEAD
            found = _holding(session, (head,), ticket.holder_id) or answering(session, ticket)
        case "province":
            found = _holding(session, (Function.PROVINCIAL_OFFICE,))
        case "focal_point":
            found = _holding(session, (Function.FOCAL_POINT,))
        case "agency":
            found = _holding(session, ANSWERING, whom)
        case "person":
            found = [p for p in _holding(session, tuple(Function)) if p.is_or_stands_in_for(whom)]
        case _:
            raise ValueError(to)
    facts = facts_of(ticket)
    return [person for person in found if sees(person.actor, facts)]


def leaders(session: Session) -> list[Person]:
    """Return the leadership of UBND tỉnh."""
    return _holding(session, (Function.LEADERSHIP,))


def holding(session: Session, function: Function) -> list[Person]:
    """Return who holds the function today, in any agency, or stands in for somebody who does."""
    return _holding(session, (function,))


def of_enterprise(session: Session, ticket: Ticket) -> list[User]:
    """Return the accounts of the enterprise that filed; none for a guest."""
    if ticket.enterprise_id is None:
        return []
    query = select(User).where(User.enterprise_id == ticket.enterprise_id, User.disabled_at.is_(None))
    return list(session.scalars(query.order_by(User.id)))


def actors(session: Session, user_ids: Collection[int]) -> list[Person]:
    """Return these people with what they may do today, in whose place they act; those without an account left out."""
    away = _away_today(session)
    absent = {user_id: acted_for(user_id, away) for user_id in user_ids} if away else {}
    known = {user.id: user for user in _users(session, frozenset(user_ids).union(*absent.values()))}
    return [
        Person(
            known[user_id],
            actor_of(known[user_id], [known[a] for a in absent.get(user_id, ()) if a in known]),
            absent.get(user_id, frozenset()),
        )
        for user_id in sorted(user_ids)
        if user_id in known
    ]


def _holding(session: Session, functions: Iterable[Function], agency_id: int | None = None) -> list[Person]:
    """Return who holds one of ``functions`` today, in that agency where one is given."""
    functions = list(functions)
    held: ColumnElement[bool] = FunctionHeld.function.in_(functions)
    if agency_id is not None:
        held &= FunctionHeld.agency_id == agency_id
    return _people(session, held)


def _people(session: Session, held: ColumnElement[bool]) -> list[Person]:
    """Return who holds such a function today; in the place of those who are away, who stands in for them."""
    today = clock.today()
    holders = select(FunctionHeld.user_id).where(
        held,
        FunctionHeld.valid_from <= today,
        or_(FunctionHeld.valid_to.is_(None), FunctionHeld.valid_to >= today),
    )
    ids, away = set(session.scalars(holders)), _away_today(session)
    present = {user_id for user_id in ids | set(away.values()) if acted_for(user_id, away) & ids}
    covered = frozenset().union(*(acted_for(user_id, away) for user_id in present))
    return actors(session, (ids - covered) | present)


def _users(session: Session, user_ids: Collection[int]) -> Sequence[User]:
    query = select(User).where(User.id.in_(user_ids), User.disabled_at.is_(None)).order_by(User.id)
    return session.scalars(query.options(selectinload(User.functions).joinedload(FunctionHeld.agency))).all()


def _away_today(session: Session) -> dict[int, int]:
    today = clock.today()
    query = select(Absence.user_id, Absence.substitute_id)
    query = query.where(Absence.valid_from <= today, Absence.valid_to >= today)
    return {row.user_id: row.substitute_id for row in session.execute(query)}

"""A ticket with the rows beside it: one look says which kinds of rows it has, and only those are fetched.

Most tickets have no opinion, objection or commitment; asking for each kind of row that there might be would cost more
than the page itself.
"""

from collections.abc import Collection
from functools import cache
from typing import Any

from sqlalchemy import CompoundSelect, Select, bindparam, exists, literal, select, union_all
from sqlalchemy.orm import RelationshipProperty, Session
from sqlalchemy.orm.attributes import set_committed_value

from feedback_app.tickets.models import Ticket

ALWAYS = ("assignments", "clock_events")
FOR_RULES = (
    "answers",
    "concerned",
    "consents",
    "drafts",
    "head_requests",
    "objections",
    "opinions",
    "recusals",
)
FOR_PAGES = ("apologies", "attachments", "commitments", "messages", "ratings", "referrals")


def load(session: Session, query: Select[Ticket], *, whole: bool) -> Ticket | None:
    """Return the ticket of ``query`` with what rules ask of it; ``whole``: with all that its page shows."""
    ticket = session.scalars(query).first()
    if ticket is None:
        return None
    seldom = (*FOR_RULES, *FOR_PAGES) if whole else FOR_RULES
    present = set(session.scalars(_which(seldom), {"ticket_id": ticket.id}))
    always = (*ALWAYS, "entries") if whole else ALWAYS
    for name in (*always, *seldom):
        rows = _rows(session, name, ticket.id) if name in always or name in present else []
        set_committed_value(ticket, name, rows)
    return ticket


def _rows(session: Session, name: str, ticket_id: int) -> Collection[object]:
    return session.scalars(_of_kind(name), {"ticket_id": ticket_id}).all()


@cache
def _which(names: tuple[str, ...]) -> CompoundSelect[tuple[str]]:
    """Return the query for those of ``names`` of which the ticket has a row."""
    looks = []
    for name in names:
        model = _relation(name).mapper.class_
        looks.append(select(literal(name)).where(exists().where(model.ticket_id == bindparam("ticket_id"))))
    return union_all(*looks)


@cache
def _of_kind(name: str) -> Select[Any]:
    relation = _relation(name)
    model = relation.mapper.class_
    query = select(model).where(model.ticket_id == bindparam("ticket_id"))
    return query.order_by(*relation.order_by) if relation.order_by else query


def _relation(name: str) -> RelationshipProperty[Any]:
    return Ticket.__mapper__.relationships[name]

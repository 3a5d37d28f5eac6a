"""One obstacle of many enterprises: one common answer, and each keeps its number, its clock, its answer, its survey."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import Select, delete, func, select
from sqlalchemy.orm import Session

from feedback_app.accounts.actor import Actor
from feedback_app.core import audit, clock
from feedback_app.core.errors import Forbidden, Invalid, NotFound
from feedback_app.core.numbers import next_number
from feedback_app.core.text import words
from feedback_app.tickets import queries
from feedback_app.tickets.beyond import Cluster, ClusterTicket
from feedback_app.tickets.lifecycle import RULES, Act
from feedback_app.tickets.models import Ticket, TimelineEntry
from feedback_app.tickets.policy import COORDINATING_OFFICES
from feedback_app.tickets.services.moving import require
from feedback_app.tickets.timeline import Entry, tell

LIKE_ENOUGH = 0.2  # of the words of both texts, the share that they have in common
LOOKED_AT = 300  # tickets of the field, the newest, among which members are looked for


@dataclass(frozen=True, slots=True)
class Suggested:
    """A ticket that may belong to the cluster; ``likeness`` in percent."""

    ticket: Ticket
    likeness: int


def create(session: Session, ticket: Ticket, *, title: str, by: Actor, at: datetime) -> Cluster:
    """Begin a cluster with the ticket. Raises as ``join``."""
    year = clock.local_date(at).year
    code = f"NVM-{year}-{next_number(session, f'cluster_{year}'):04d}"
    cluster = Cluster(code=code, title=title, by_id=by.user_id, at=at)
    session.add(cluster)
    session.flush()
    join(session, cluster, ticket, by=by, at=at)
    return cluster


def join(
    session: Session,
    cluster: Cluster,
    ticket: Ticket,
    *,
    by: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> None:
    """Add the ticket to the cluster.

    Raises:
        Forbidden, Conflict, IllegalTransition: see ``moving.require``.
        Invalid: it is in one already.
    """
    require(by, Act.CLUSTER, ticket, seen_version)
    if session.get(ClusterTicket, ticket.id) is not None:
        raise Invalid(_("Phiếu %(code)s đã ở trong một nhóm.", code=ticket.code), "existing")
    session.add(ClusterTicket(ticket_id=ticket.id, cluster_id=cluster.id))
    session.flush()
    tell(session, ticket, Entry.CLUSTERED, at=at, actor_id=by.user_id, cluster=cluster.code)


def take_out(session: Session, cluster: Cluster, ticket: Ticket, *, by: Actor, at: datetime) -> None:
    """Take the ticket out of the cluster; nothing else about it changes. Raises Forbidden, NotFound."""
    if not by.holds(*COORDINATING_OFFICES):
        raise Forbidden(Act.CLUSTER)
    row = session.get(ClusterTicket, ticket.id)
    if row is None or row.cluster_id != cluster.id:
        raise NotFound(ticket.code)
    session.delete(row)
    audit.record(
        session, "cluster.left", at=at, actor_id=by.user_id, subject=ticket.code, cluster=cluster.code
    )


def left_by_itself(session: Session, ticket_id: int) -> None:
    """Let a ticket that was decided or ended on its own leave its cluster; one answered together stays."""
    ticket = session.get_one(Ticket, ticket_id)
    if session.get(ClusterTicket, ticket_id) is None or answered_together(session, [ticket]):
        return
    session.execute(delete(ClusterTicket).where(ClusterTicket.ticket_id == ticket_id))


def one(session: Session, code: str) -> Cluster:
    """Return the cluster with that number. Raises NotFound."""
    found = session.scalars(select(Cluster).where(Cluster.code == code)).first()
    if found is None:
        raise NotFound(code)
    return found


def listed(session: Session, actor: Actor) -> Sequence[tuple[Cluster, int]]:
    """Return the clusters of which the reader sees a member, newest first, with how many of them."""
    query = select(Cluster, func.count()).join(ClusterTicket, ClusterTicket.cluster_id == Cluster.id)
    query = query.join(Ticket, Ticket.id == ClusterTicket.ticket_id).where(queries.visible_to(actor))
    rows = session.execute(query.group_by(Cluster.id).order_by(Cluster.id.desc()).limit(200))
    return [(row[0], row[1]) for row in rows]


def member_query(actor: Actor, cluster: Cluster) -> Select[Ticket]:
    """Return the query for the members that the reader may see, oldest first."""
    query = select(Ticket).join(ClusterTicket, ClusterTicket.ticket_id == Ticket.id)
    query = query.where(ClusterTicket.cluster_id == cluster.id, queries.visible_to(actor))
    return query.order_by(Ticket.id)


def suggested(session: Session, actor: Actor, cluster: Cluster, *, size: int = 20) -> list[Suggested]:
    """Return tickets of the same fields and of like words that could join, the likest first."""
    inside = session.scalars(member_query(actor, cluster)).all()
    if not inside:
        return []
    query = select(Ticket).where(
        Ticket.field.in_({ticket.field for ticket in inside}),
        Ticket.status.in_(RULES[Act.CLUSTER].when),
        Ticket.sensitive.is_(False),
        Ticket.id.not_in(select(ClusterTicket.ticket_id)),
        queries.visible_to(actor),
    )
    found = session.scalars(query.order_by(Ticket.id.desc()).limit(LOOKED_AT)).all()
    wanted = [_words(ticket) for ticket in inside[:10]]
    scored = [(max(likeness(_words(ticket), w) for w in wanted), ticket) for ticket in found]
    best = sorted(
        (pair for pair in scored if pair[0] >= LIKE_ENOUGH), key=lambda pair: (-pair[0], pair[1].id)
    )
    return [Suggested(ticket, round(score * 100)) for score, ticket in best[:size]]


def likeness(one_text: frozenset[str], other: frozenset[str]) -> float:
    """Return the share of the words of both that they have in common, from 0 to 1."""
    return len(one_text & other) / (len(one_text | other) or 1)


def _words(ticket: Ticket) -> frozenset[str]:
    return frozenset(words(f"{ticket.title} {ticket.body}"))


def answered_together(session: Session, tickets: Sequence[Ticket]) -> set[int]:
    """Return the ids of those whose running round has the common answer."""
    rounds = {ticket.id: ticket.round for ticket in tickets}
    query = select(TimelineEntry.ticket_id, TimelineEntry.data).where(
        TimelineEntry.ticket_id.in_(rounds), TimelineEntry.kind == Entry.ANSWERED_TOGETHER
    )
    return {row.ticket_id for row in session.execute(query) if row.data["round"] == rounds[row.ticket_id]}

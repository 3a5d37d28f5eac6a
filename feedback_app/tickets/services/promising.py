"""Dated commitments to the enterprise: they outlive the closing of the ticket, and are kept or broken in public."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import Session

from feedback_app.accounts.actor import Actor
from feedback_app.core import clock
from feedback_app.core.errors import Forbidden, Invalid, NotFound
from feedback_app.tickets.beyond import Commitment
from feedback_app.tickets.lifecycle import Act
from feedback_app.tickets.models import Ticket
from feedback_app.tickets.policy import HANDLING
from feedback_app.tickets.queries import open_to_leaders, visible_to
from feedback_app.tickets.services.moving import require
from feedback_app.tickets.services.telling import announce
from feedback_app.tickets.timeline import Entry

OPEN, KEPT, BROKEN = "open", "kept", "broken"


@dataclass(frozen=True, slots=True)
class Count:
    """How the commitments of one agency stand; ``overdue`` are those open whose day has passed."""

    agency_id: int
    open: int
    overdue: int
    kept: int
    broken: int


def promise(
    session: Session,
    ticket: Ticket,
    *,
    by: Actor,
    text: str,
    due_on: date,
    at: datetime,
    seen_version: int | None = None,
) -> Commitment:
    """Commit the agency to something by a day.

    Raises:
        Forbidden, Conflict, IllegalTransition: see ``moving.require``.
        Invalid: the day is not ahead.
    """
    require(by, Act.PROMISE, ticket, seen_version)
    if due_on <= clock.local_date(at):
        raise Invalid(_("Ngày cam kết phải sau ngày hôm nay."), "due_on")
    row = Commitment(
        agency_id=ticket.holder_id, text=text, due_on=due_on, state=OPEN, note="", by_id=by.user_id, at=at
    )
    ticket.commitments.append(row)
    announce(
        session,
        ticket,
        Entry.PROMISED,
        "enterprise",
        at=at,
        actor_id=by.user_id,
        agency_id=ticket.holder_id,
        due_on=due_on.isoformat(),
    )
    return row


def settle(
    session: Session, ticket: Ticket, commitment_id: int, *, by: Actor, kept: bool, note: str, at: datetime
) -> Commitment:
    """Say that the commitment was kept or was not, whatever became of the ticket; the enterprise is told.

    Raises:
        NotFound: no such commitment waits on this ticket.
        Forbidden: not of the agency that has it.
        Invalid: broken without a word.
    """
    row = next((c for c in ticket.commitments if c.id == commitment_id and c.state == OPEN), None)
    if row is None:
        raise NotFound(str(commitment_id))
    if not handles(by, ticket):
        raise Forbidden(Act.PROMISE)
    if not kept and not note.strip():
        raise Invalid(_("Vui lòng ghi vì sao chưa thực hiện được."), "note")
    row.state, row.note, row.settled_at = KEPT if kept else BROKEN, note.strip(), at
    entry = Entry.PROMISE_KEPT if kept else Entry.PROMISE_BROKEN
    announce(session, ticket, entry, "enterprise", at=at, actor_id=by.user_id, agency_id=row.agency_id)
    return row


def of_agencies(
    session: Session, actor: Actor, *, state: str = OPEN, size: int = 200
) -> Sequence[tuple[Commitment, Ticket]]:
    """Return the commitments on tickets that the reader may see, the nearest day first; settled ones newest first."""
    query: Select[Commitment, Ticket] = select(Commitment, Ticket).join(
        Ticket, Ticket.id == Commitment.ticket_id
    )
    query = query.where(visible_to(actor), Commitment.state == state)
    return [(row[0], row[1]) for row in session.execute(query.order_by(*_order(state)).limit(size))]


@dataclass(frozen=True, slots=True)
class Followed:
    """A commitment as leaders follow it; ``visible``: this reader may open the ticket itself."""

    row: Commitment
    code: str
    field: str
    visible: bool


def for_leaders(session: Session, actor: Actor, *, state: str, size: int = 200) -> list[Followed]:
    """Return the commitments that leaders follow, the nearest day first; settled ones newest first."""
    query = (
        select(Commitment, Ticket.code, Ticket.field, visible_to(actor))
        .join(Ticket, Ticket.id == Commitment.ticket_id)
        .where(open_to_leaders(actor), Commitment.state == state)
    )
    return [Followed(*row) for row in session.execute(query.order_by(*_order(state)).limit(size))]


def _order(state: str) -> tuple[ColumnElement[Any], ...]:
    return (Commitment.due_on.asc(), Commitment.id.asc()) if state == OPEN else (Commitment.id.desc(),)


def counts(session: Session, today: date) -> list[Count]:
    """Return how the commitments of each agency stand, the most overdue first, without those on sensitive reports."""

    def times(condition: ColumnElement[bool]) -> ColumnElement[int]:
        return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)

    waits = Commitment.state == OPEN
    overdue = times(waits & (Commitment.due_on < today))
    query = select(
        Commitment.agency_id,
        times(waits),
        overdue,
        times(Commitment.state == KEPT),
        times(Commitment.state == BROKEN),
    ).join(Ticket, Ticket.id == Commitment.ticket_id)
    query = query.where(Ticket.sensitive.is_(False)).group_by(Commitment.agency_id)
    found = [Count(row[0], *(int(n) for n in row[1:])) for row in session.execute(query)]
    return sorted(found, key=lambda count: (-count.overdue, -count.open, count.agency_id))


def handles(actor: Actor, ticket: Ticket) -> bool:
    """Say whether somebody who sees the ticket can settle its commitments: of the lead, or of who has the ball."""
    return bool({ticket.holder_id, ticket.lead_id} & actor.agency_ids(HANDLING))

"""The tickets behind a count of what waits today, a page at a time, as far as a reader may know of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from feedback_app.accounts.actor import Actor
from feedback_app.statistics.backlog import IN_PROJECTS, LEG_OF, Leg
from feedback_app.tickets.lifecycle import OPEN, Clock
from feedback_app.tickets.models import Ticket
from feedback_app.tickets.queries import open_to_leaders, visible_to

Mark = tuple[date, int]  # due date and id of the last ticket of the page before


@dataclass(frozen=True, slots=True)
class Asked:
    """Which count: of one agency, of one leg, only what is late; None stands for all."""

    agency_id: int | None = None
    leg: Leg | None = None
    late: bool = False


@dataclass(frozen=True, slots=True)
class WaitingTicket:
    """A ticket that waits; ``visible``: the reader may open it."""

    id: int
    code: str
    field: str
    holder_id: int | None
    status: str
    due_on: date | None
    visible: bool

    @property
    def mark(self) -> Mark:
        return self.due_on or date.max, self.id


def page(
    session: Session, actor: Actor, asked: Asked, today: date, *, after: Mark | None, size: int
) -> list[WaitingTicket]:
    """Return the tickets behind a count, the earliest due dates first."""
    due = func.coalesce(Ticket.due_on, date.max)
    columns = (Ticket.code, Ticket.field, Ticket.holder_id, Ticket.status, Ticket.due_on, visible_to(actor))
    query = select(Ticket.id, *columns).where(*_behind(asked, today), open_to_leaders(actor))
    if after is not None:
        query = query.where(or_(due > after[0], and_(due == after[0], Ticket.id > after[1])))
    return [WaitingTicket(*row) for row in session.execute(query.order_by(due, Ticket.id).limit(size))]


def _behind(asked: Asked, today: date) -> Iterator[ColumnElement[bool]]:
    yield Ticket.clock.in_((Clock.OPEN, Clock.PAUSED))
    if asked.agency_id is not None:
        yield Ticket.holder_id == asked.agency_id
    if asked.leg is not None:
        yield Ticket.status.in_([status for status in OPEN if LEG_OF.get(status, Leg.ANSWER) is asked.leg])
    if asked.late:
        yield Ticket.clock == Clock.OPEN
        yield Ticket.due_on < today
        yield Ticket.id.not_in(IN_PROJECTS)

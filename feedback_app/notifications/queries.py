"""Reads on inboxes and on the ledger of mails."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, contains_eager

from feedback_app.accounts.actor import Actor
from feedback_app.notifications.models import Mail, Notification
from feedback_app.tickets.models import Ticket, TimelineEntry
from feedback_app.tickets.queries import visible_to
from feedback_app.tickets.timeline import Entry


@dataclass(frozen=True, slots=True)
class MailCounts:
    """How the sending of mails stands; ``oldest_waiting`` is when the oldest unsent one was written."""

    waiting: int
    failing: int
    given_up: int
    oldest_waiting: datetime | None
    last_sent: datetime | None


def inbox(
    session: Session, actor: Actor, *, before: int | None = None, size: int = 30
) -> Sequence[Notification]:
    """Return the reader's lines, newest first, with their tickets; only of tickets they may still see."""
    query = (
        select(Notification)
        .join(Notification.ticket)
        .options(contains_eager(Notification.ticket).load_only(Ticket.code))
        .where(Notification.user_id == actor.user_id, _may_see(actor))
    )
    if before is not None:
        query = query.where(Notification.id < before)
    return session.scalars(query.order_by(Notification.id.desc()).limit(size)).all()


def unread(session: Session, actor: Actor) -> int:
    """Return how many lines the reader has not read, of tickets they may still see."""
    query = select(func.count()).select_from(Notification).join(Notification.ticket)
    mine = (Notification.user_id == actor.user_id, Notification.read_at.is_(None), _may_see(actor))
    return session.scalar(query.where(*mine)) or 0


def latest_entry(session: Session, ticket_id: int, kind: Entry) -> TimelineEntry:
    """Return the newest line of that kind in the ticket's history; there must be one."""
    query = select(TimelineEntry).where(TimelineEntry.ticket_id == ticket_id, TimelineEntry.kind == kind)
    return session.scalars(query.order_by(TimelineEntry.id.desc()).limit(1)).one()


def reminder_entry(session: Session, ticket_id: int, round_: int, rung: str) -> TimelineEntry:
    """Return the line of the ticket's history that notes this rung in this round; there must be one."""
    lines = select(TimelineEntry).where(
        TimelineEntry.ticket_id == ticket_id, TimelineEntry.kind == Entry.REMINDED
    )
    wanted = {"round": round_, "step": rung}
    return next(line for line in session.scalars(lines) if wanted.items() <= line.data.items())


def mail_counts(session: Session) -> MailCounts:
    """Return how the sending of mails stands."""
    waiting = Mail.sent_at.is_(None) & Mail.given_up_at.is_(None)
    query = select(
        func.count().filter(waiting),
        func.count().filter(waiting, Mail.attempts > 0, Mail.last_error.is_not(None)),
        func.count().filter(Mail.given_up_at.is_not(None)),
        func.min(Mail.created_at).filter(waiting),
        func.max(Mail.sent_at),
    )
    return MailCounts(*session.execute(query).one())


def _may_see(actor: Actor) -> ColumnElement[bool]:
    own = Ticket.enterprise_id == actor.enterprise_id if actor.enterprise_id is not None else None
    seen = visible_to(actor)
    return seen if own is None else or_(own, seen)

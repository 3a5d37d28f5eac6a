"""Reads on inboxes and on the ledger of messages."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, contains_eager

from feedback_app.accounts.actor import Actor
from feedback_app.core import clock
from feedback_app.notifications.models import Dispatch, Notification
from feedback_app.notifications.rules import REMINDERS, Channel, Letter
from feedback_app.tickets.lifecycle import Clock
from feedback_app.tickets.models import Ticket, TimelineEntry
from feedback_app.tickets.queries import visible_to
from feedback_app.tickets.timeline import Entry


@dataclass(frozen=True, slots=True)
class Counts:
    """How the sending stands in a channel; ``oldest_waiting`` is when the oldest unsent message was written."""

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


def undigested(session: Session, actor: Actor) -> list[tuple[str, str]]:
    """Return kind and ticket's number of what the morning's mail has to tell: unread, still true, still theirs."""
    query = (
        select(Notification.kind, Ticket.code)
        .join(Notification.ticket)
        .where(
            Notification.user_id == actor.user_id,
            Notification.digest_on.is_(None),
            Notification.read_at.is_(None),
            or_(Notification.kind.not_in(REMINDERS), Ticket.clock == Clock.OPEN),
            _may_see(actor),
        )
        .order_by(Notification.kind, Ticket.code)
    )
    return [(row.kind, row.code) for row in session.execute(query)]


def awaiting_digest(session: Session, after: int, size: int) -> Sequence[int]:
    """Return at most ``size`` people, with ids above ``after``, who have lines that no morning's mail took up."""
    query = select(Notification.user_id).where(Notification.digest_on.is_(None), Notification.user_id > after)
    return session.scalars(query.distinct().order_by(Notification.user_id).limit(size)).all()


def singles_today(session: Session, user_ids: Collection[int]) -> dict[int, int]:
    """Return how many reminders in mails of their own were written to each of these people today."""
    midnight = datetime.combine(clock.today(), time(), clock.LOCAL)
    query = (
        select(Dispatch.user_id, func.count())
        .where(
            Dispatch.user_id.in_(user_ids),
            Dispatch.letter == Letter.OVERDUE,
            Dispatch.channel == Channel.MAIL,
            Dispatch.created_at >= midnight,
        )
        .group_by(Dispatch.user_id)
    )
    return {user_id: number for user_id, number in session.execute(query) if user_id is not None}


def written(session: Session, occasion: str) -> int:
    """Return how many messages by phone were written whose key begins with ``occasion``."""
    query = select(func.count()).select_from(Dispatch)
    begins = Dispatch.key.startswith(f"{occasion}:", autoescape=True)
    return session.scalar(query.where(begins, Dispatch.channel != Channel.MAIL)) or 0


def counts(session: Session, channel: Channel) -> Counts:
    """Return how the sending stands in one channel."""
    waiting = Dispatch.sent_at.is_(None) & Dispatch.given_up_at.is_(None)
    query = select(
        func.count().filter(waiting),
        func.count().filter(waiting, Dispatch.attempts > 0, Dispatch.last_error.is_not(None)),
        func.count().filter(Dispatch.given_up_at.is_not(None)),
        func.min(Dispatch.created_at).filter(waiting),
        func.max(Dispatch.sent_at),
    )
    return Counts(*session.execute(query.where(Dispatch.channel == channel)).one())


def unsent(
    session: Session, channel: Channel | None = None, *, before: int | None = None, size: int = 50
) -> Sequence[Dispatch]:
    """Return messages that have not gone out, newest first, those with an id below ``before``."""
    query = select(Dispatch).where(Dispatch.sent_at.is_(None))
    if channel is not None:
        query = query.where(Dispatch.channel == channel)
    if before is not None:
        query = query.where(Dispatch.id < before)
    return session.scalars(query.order_by(Dispatch.id.desc()).limit(size)).all()


def _may_see(actor: Actor) -> ColumnElement[bool]:
    own = Ticket.enterprise_id == actor.enterprise_id if actor.enterprise_id is not None else None
    seen = visible_to(actor)
    return seen if own is None else or_(own, seen)

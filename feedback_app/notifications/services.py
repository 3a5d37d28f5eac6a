"""Telling: a line in an inbox, a message in the ledger; both belong to the transaction of what they tell."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from feedback_app.accounts.models import User
from feedback_app.core import audit, clock
from feedback_app.core.errors import NotFound
from feedback_app.core.inserting import insert_missing
from feedback_app.notifications.models import Dispatch, Notification, Preference, Refusal
from feedback_app.notifications.rules import URGENT, Channel, Letter, Wishes, not_before
from feedback_app.tickets.models import TimelineEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message to one person in one channel; ``key`` names occasion and person."""

    key: str
    letter: Letter
    to: str
    locale: str
    channel: Channel = Channel.MAIL
    user_id: int | None = None
    quiet: bool = False  # it waits for the day to begin
    data: dict[str, Any]


def notify(
    session: Session, entry: TimelineEntry, kind: str, users: Iterable[User], *, digest: bool = True
) -> None:
    """Put one line into the inbox of each of ``users``, except of whoever did it; a second time does nothing.

    ``digest``: whether the morning's mail tells it too.
    """
    lines = [(user.id, entry, kind, digest) for user in users if user.id != entry.actor_id]
    notify_all(session, lines)


def notify_all(session: Session, lines: Iterable[tuple[int, TimelineEntry, str, bool]]) -> None:
    """Put a line (person, entry, kind, digest) each into inboxes; one that is there already stays."""
    rows = [
        {
            "user_id": user_id,
            "kind": kind,
            "ticket_id": entry.ticket_id,
            "entry_id": entry.id,
            "at": entry.at,
            "digest_on": None if digest else clock.local_date(entry.at),
        }
        for user_id, entry, kind, digest in lines
    ]
    insert_missing(session, Notification, rows, Notification.id)


def dispatch(session: Session, messages: Sequence[Message]) -> None:
    """Write messages into the ledger, from which the jobs send them; the same key in a channel twice is one."""
    at = clock.now()
    morning = not_before(at, clock.LOCAL)
    rows = [
        {
            "key": message.key,
            "channel": message.channel,
            "letter": message.letter,
            "user_id": message.user_id,
            "recipient": message.to,
            "locale": message.locale,
            "data": message.data,
            "created_at": at,
            "not_before": morning if _waits(message) else at,
            "attempts": 0,
        }
        for message in messages
    ]
    insert_missing(session, Dispatch, rows, Dispatch.id)


def mark_read(session: Session, user_id: int, up_to: int, at: datetime) -> None:
    """Mark what the reader has seen, the lines through the id ``up_to``, as read."""
    unread = update(Notification).where(
        Notification.user_id == user_id, Notification.id <= up_to, Notification.read_at.is_(None)
    )
    session.execute(unread.values(read_at=at))


def mark_digested(session: Session, user_ids: Sequence[int], on: date) -> None:
    """Note that the morning's mail of that day took up whatever was left of these people's lines."""
    left = update(Notification).where(Notification.user_id.in_(user_ids), Notification.digest_on.is_(None))
    session.execute(left.values(digest_on=on))


def choose(session: Session, user_id: int, wishes: Wishes) -> None:
    """Keep in which channels the person wants to hear."""
    session.merge(Preference(user_id=user_id, **asdict(wishes)))


def refuse(session: Session, contact_hash: str, channel: Channel, at: datetime) -> None:
    """Keep that whoever has the contact wants no news in that channel."""
    row = {"contact_hash": contact_hash, "channel": channel, "at": at}
    insert_missing(session, Refusal, [row], Refusal.channel)


def take_refusal_back(session: Session, contact_hash: str, channel: Channel) -> None:
    refusal = delete(Refusal).where(Refusal.contact_hash == contact_hash, Refusal.channel == channel)
    session.execute(refusal)


def resend(session: Session, dispatch_id: int, *, by_id: int, at: datetime) -> None:
    """Let a message that was given up be tried again from the beginning.

    Raises:
        NotFound: there is none such, or what it said has been forgotten.
    """
    row = session.get(Dispatch, dispatch_id)
    if row is None or row.given_up_at is None or not row.recipient:
        raise NotFound(str(dispatch_id))
    row.given_up_at, row.attempts, row.not_before = None, 0, at
    audit.record(
        session, "message.resent", at=at, actor_id=by_id, subject=f"message:{row.id}", channel=row.channel
    )


def _waits(message: Message) -> bool:
    return message.letter not in URGENT and (message.quiet or message.channel is not Channel.MAIL)

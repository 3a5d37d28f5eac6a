"""Telling: a line in an inbox, a mail in the ledger; both belong to the transaction of what they tell."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from feedback_app.accounts.models import User
from feedback_app.core import clock
from feedback_app.core.inserting import insert_missing
from feedback_app.notifications.models import Mail, Notification
from feedback_app.notifications.rules import Letter
from feedback_app.tickets.models import TimelineEntry


def notify(session: Session, entry: TimelineEntry, kind: str, users: Iterable[User]) -> None:
    """Put one line into the inbox of each of ``users``, except of whoever did it; a second time does nothing."""
    rows = [
        {"user_id": user.id, "kind": kind, "ticket_id": entry.ticket_id, "entry_id": entry.id, "at": entry.at}
        for user in users
        if user.id != entry.actor_id
    ]
    insert_missing(session, Notification, rows, Notification.id)


def write_mail(session: Session, key: str, letter: Letter, to: str, locale: str, **data: Any) -> None:
    """Write a mail into the ledger, from which the job sends it; the same ``key`` twice is one mail."""
    at = clock.now()
    row = {
        "key": key,
        "letter": letter,
        "recipient": to,
        "locale": locale,
        "data": data,
        "created_at": at,
        "not_before": at,
        "attempts": 0,
    }
    insert_missing(session, Mail, [row], Mail.id)


def mark_read(session: Session, user_id: int, up_to: int, at: datetime) -> None:
    """Mark what the reader has seen, the lines through the id ``up_to``, as read."""
    unread = update(Notification).where(
        Notification.user_id == user_id, Notification.id <= up_to, Notification.read_at.is_(None)
    )
    session.execute(unread.values(read_at=at))

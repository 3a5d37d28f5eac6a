"""Who was told what: lines of inboxes, and messages with the ledger of what was sent; who wants to hear how."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, false, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback_app.core.db import Base, BigId
from feedback_app.tickets.models import Ticket


class Notification(Base):
    """One line in somebody's inbox: about one line of a ticket's history, told once."""

    __tablename__ = "notification"
    __table_args__ = (UniqueConstraint("user_id", "entry_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    kind: Mapped[str]
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"), index=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("timeline_entry.id"))
    at: Mapped[datetime]
    read_at: Mapped[datetime | None]
    digest_on: Mapped[date | None]  # the morning's mail that took it up, or would have
    ticket: Mapped[Ticket] = relationship(lazy="raise")


Index("ix_notification_inbox", Notification.user_id, Notification.id)
_UNREAD = Notification.read_at.is_(None)
Index("ix_notification_unread", Notification.user_id, sqlite_where=_UNREAD, postgresql_where=_UNREAD)


_UNTOLD = Notification.digest_on.is_(None)
Index("ix_notification_undigested", Notification.user_id, sqlite_where=_UNTOLD, postgresql_where=_UNTOLD)


class Dispatch(Base):
    """A message on its way out by mail, SMS or Zalo; once sent, address and content are gone, the row stays.

    ``key`` names the occasion and the reader: in one channel the same message is never written twice.
    """

    __tablename__ = "dispatch"
    __table_args__ = (UniqueConstraint("key", "channel"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    key: Mapped[str]
    channel: Mapped[str] = mapped_column(default="mail", server_default="mail")
    letter: Mapped[str]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    recipient: Mapped[str]
    locale: Mapped[str]
    data: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    not_before: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str | None]
    sent_at: Mapped[datetime | None]
    given_up_at: Mapped[datetime | None]


_WAITING = Dispatch.sent_at.is_(None) & Dispatch.given_up_at.is_(None)
Index(
    "ix_dispatch_waiting",
    Dispatch.channel,
    Dispatch.not_before,
    Dispatch.id,
    sqlite_where=_WAITING,
    postgresql_where=_WAITING,
)


class Preference(Base):
    """In which channels a person with an account wants to hear; without a row by mail, with the morning's digest."""

    __tablename__ = "preference"

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    mail: Mapped[bool] = mapped_column(default=True, server_default=true())
    sms: Mapped[bool] = mapped_column(default=False, server_default=false())
    zalo: Mapped[bool] = mapped_column(default=False, server_default=false())
    digest: Mapped[bool] = mapped_column(default=True, server_default=true())


class Refusal(Base):
    """That whoever has this address or number, known by its keyed hash alone, wants no news in that channel."""

    __tablename__ = "refusal"

    contact_hash: Mapped[str] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]

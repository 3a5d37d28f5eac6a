"""Who was told what: lines of inboxes, and mails with the ledger of what was sent."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
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
    ticket: Mapped[Ticket] = relationship(lazy="raise")


Index("ix_notification_inbox", Notification.user_id, Notification.id)
_UNREAD = Notification.read_at.is_(None)
Index("ix_notification_unread", Notification.user_id, sqlite_where=_UNREAD, postgresql_where=_UNREAD)


class Mail(Base):
    """A mail to be sent; once sent, address and content are gone and the row says that it was.

    ``key`` names the occasion and the reader: the same mail is never written twice.
    """

    __tablename__ = "mail"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    letter: Mapped[str]
    recipient: Mapped[str]
    locale: Mapped[str]
    data: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    not_before: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str | None]
    sent_at: Mapped[datetime | None]
    given_up_at: Mapped[datetime | None]


_WAITING = Mail.sent_at.is_(None) & Mail.given_up_at.is_(None)
Index("ix_mail_waiting", Mail.not_before, Mail.id, sqlite_where=_WAITING, postgresql_where=_WAITING)

"""The rows of working together: opinions, requests to the head, objections, consent, those who stand aside."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from feedback_app.core.db import Base, BigId


class Opinion(Base):
    """What one coordinating agency is asked; it has a leg of its own (``assignment``, part opinion)."""

    __tablename__ = "opinion"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"), index=True)
    round: Mapped[int]
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    leg_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"))
    question: Mapped[str] = mapped_column(Text)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    asked_at: Mapped[datetime]
    due_on: Mapped[date]
    message_id: Mapped[int | None] = mapped_column(ForeignKey("message.id"))  # the opinion, with its files
    given_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    given_on: Mapped[date | None]


class HeadRequest(Base):
    """What an officer asks the head of the agency for: an extension, or a late or second pause."""

    __tablename__ = "head_request"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"), index=True)
    round: Mapped[int]
    kind: Mapped[str]  # extension | pause
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    reason_code: Mapped[str] = mapped_column(default="")
    text: Mapped[str] = mapped_column(Text)  # why; of a pause: what the enterprise is asked
    legal_basis: Mapped[str] = mapped_column(Text, default="")
    days: Mapped[int | None]  # of an extension, in the unit of the limit
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    asked_at: Mapped[datetime]
    verdict: Mapped[str | None]  # approved | refused | void (the round ended first)
    remarks: Mapped[str] = mapped_column(Text, default="")
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    decided_at: Mapped[datetime | None]


class Objection(Base):
    """Against an extension (the enterprise) or a provisional assignment (the agency).

    Văn phòng UBND tỉnh settles it.
    """

    __tablename__ = "objection"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"), index=True)
    kind: Mapped[str]  # extension | assignment
    request_id: Mapped[int | None] = mapped_column(ForeignKey("head_request.id"))
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"))  # whose; None: the enterprise
    text: Mapped[str] = mapped_column(Text)
    raised_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    raised_at: Mapped[datetime]
    verdict: Mapped[str | None]  # upheld | dismissed
    remarks: Mapped[str] = mapped_column(Text, default="")
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    settled_at: Mapped[datetime | None]


class ConsentRequest(Base):
    """The agency asks a filer who hides the name to show it; the filer alone decides."""

    __tablename__ = "consent_request"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"), index=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    text: Mapped[str] = mapped_column(Text)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    asked_at: Mapped[datetime]
    granted: Mapped[bool | None]
    decided_at: Mapped[datetime | None]


class Recusal(Base):
    """A person who stands aside from a ticket, with the reason."""

    __tablename__ = "recusal"
    __table_args__ = (UniqueConstraint("ticket_id", "user_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    reason: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]


class OtherChannel(Base):
    """The same matter as it arrived by another channel: its code there, and no second clock."""

    __tablename__ = "other_channel"
    __table_args__ = (UniqueConstraint("channel", "code"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"), index=True)
    channel: Mapped[str]
    code: Mapped[str]
    received_on: Mapped[date]
    noted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    noted_at: Mapped[datetime]

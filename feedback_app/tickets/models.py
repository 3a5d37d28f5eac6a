"""A ticket and the rows beside it: who filed it, who handles it, what was said, what the clock saw."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback_app.catalogue.models import Agency
from feedback_app.core.db import Base, BigId
from feedback_app.tickets.beyond import Commitment, Referral
from feedback_app.tickets.coordination import ConsentRequest, HeadRequest, Objection, Opinion, Recusal
from feedback_app.tickets.drafting import AnswerDraft, Apology


class Ticket(Base):
    """One matter of one enterprise; ``status`` is the main state only."""

    __tablename__ = "ticket"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    field: Mapped[str]
    procedure: Mapped[str | None]
    area: Mapped[str | None]
    title: Mapped[str]
    body: Mapped[str] = mapped_column(Text)
    folded: Mapped[str] = mapped_column(Text)  # number, title and text without diacritics, for searching

    status: Mapped[str]
    clock: Mapped[str]  # the status's clock category, kept for the queues' partial indexes
    round: Mapped[int] = mapped_column(default=1)
    sensitive: Mapped[bool] = mapped_column(default=False)
    hide_identity: Mapped[bool] = mapped_column(default=False)
    publish_consent: Mapped[bool] = mapped_column(default=False)
    accusation: Mapped[str | None]  # "went_on": the filer was warned that an agency reads this, and went on

    received_at: Mapped[datetime]
    received_on: Mapped[date]
    due_on: Mapped[date | None]
    due_estimated: Mapped[bool] = mapped_column(default=False)
    due_confirmed: Mapped[bool] = mapped_column(default=False)
    answered_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    close_reason: Mapped[str | None]
    profile_id: Mapped[int] = mapped_column(ForeignKey("pack_version.id"))
    calendar_id: Mapped[int] = mapped_column(ForeignKey("pack_version.id"))

    lead_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"))
    holder_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"))  # who has the ball among agencies
    handler_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    enterprise_id: Mapped[int | None] = mapped_column(ForeignKey("enterprise.id"))

    channel: Mapped[str] = mapped_column(default="web")
    channel_code: Mapped[str] = mapped_column(default="")
    dossier_code: Mapped[str] = mapped_column(default="")
    promised_on: Mapped[date | None]
    letters: Mapped[str] = mapped_column(Text, default="")
    project_code: Mapped[str] = mapped_column(default="")

    submission: Mapped[str] = mapped_column(
        unique=True
    )  # keyed hash of the draft: sending twice makes one ticket
    tracking_hash: Mapped[str | None] = mapped_column(unique=True)
    is_sample: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)

    lead: Mapped[Agency | None] = relationship(lazy="raise", foreign_keys=[lead_id])
    holder: Mapped[Agency | None] = relationship(lazy="raise", foreign_keys=[holder_id])
    filer: Mapped["Filer"] = relationship(lazy="raise", back_populates="ticket", uselist=False)
    concerned: Mapped[list["ConcernedAgency"]] = relationship(lazy="raise")
    assignments: Mapped[list["Assignment"]] = relationship(lazy="raise", order_by="Assignment.id")
    clock_events: Mapped[list["ClockEventRow"]] = relationship(lazy="raise", order_by="ClockEventRow.id")
    entries: Mapped[list["TimelineEntry"]] = relationship(lazy="raise", order_by="TimelineEntry.id")
    messages: Mapped[list["Message"]] = relationship(lazy="raise", order_by="Message.id")
    answers: Mapped[list["Answer"]] = relationship(lazy="raise", order_by="Answer.id")
    attachments: Mapped[list["Attachment"]] = relationship(lazy="raise", order_by="Attachment.id")
    ratings: Mapped[list["Rating"]] = relationship(lazy="raise", order_by="Rating.id")
    opinions: Mapped[list[Opinion]] = relationship(lazy="raise", order_by=Opinion.id)
    head_requests: Mapped[list[HeadRequest]] = relationship(lazy="raise", order_by=HeadRequest.id)
    objections: Mapped[list[Objection]] = relationship(lazy="raise", order_by=Objection.id)
    consents: Mapped[list[ConsentRequest]] = relationship(lazy="raise", order_by=ConsentRequest.id)
    recusals: Mapped[list[Recusal]] = relationship(lazy="raise", order_by=Recusal.id)
    drafts: Mapped[list[AnswerDraft]] = relationship(lazy="raise", order_by=AnswerDraft.id)
    apologies: Mapped[list[Apology]] = relationship(lazy="raise", order_by=Apology.id)
    referrals: Mapped[list[Referral]] = relationship(lazy="raise", order_by=Referral.id)
    commitments: Mapped[list[Commitment]] = relationship(lazy="raise", order_by=Commitment.id)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - how SQLAlchemy reads it


_OPEN = Ticket.clock.in_(("open", "paused"))
Index(
    "ix_ticket_queue",
    Ticket.holder_id,
    Ticket.clock,
    Ticket.due_on,
    Ticket.id,
    sqlite_where=_OPEN,
    postgresql_where=_OPEN,
)
Index("ix_ticket_lead", Ticket.lead_id, Ticket.received_on)
Index("ix_ticket_enterprise", Ticket.enterprise_id, Ticket.id)
Index("ix_ticket_received_on", Ticket.received_on)
_UNRATED = Ticket.clock == "answered"
Index("ix_ticket_unrated", Ticket.answered_on, sqlite_where=_UNRATED, postgresql_where=_UNRATED)
Index(  # the last three columns are who sees a ticket: so the whole province is counted in the index alone
    "ix_ticket_due",
    Ticket.clock,
    Ticket.due_on,
    Ticket.id,
    Ticket.sensitive,
    Ticket.holder_id,
    Ticket.lead_id,
    sqlite_where=_OPEN,
    postgresql_where=_OPEN,
)


class Filer(Base):
    """Who filed: a row of its own, so that a reader who may not know never loads it."""

    __tablename__ = "filer"

    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"), primary_key=True)
    filer_type: Mapped[str]
    name: Mapped[str]
    identifier: Mapped[str] = mapped_column(default="", index=True)
    folded: Mapped[str] = mapped_column(default="")  # name and identifier without diacritics, for searching
    on_behalf_of: Mapped[str] = mapped_column(default="")
    contact_name: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")
    locale: Mapped[str] = mapped_column(default="vi")
    ticket: Mapped[Ticket] = relationship(lazy="raise", back_populates="filer")


class ConcernedAgency(Base):
    """An agency that a sensitive report is about: it and its family never see the ticket."""

    __tablename__ = "concerned_agency"

    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"), primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), primary_key=True, index=True)
    named: Mapped[bool]  # named by the filer; else one of its family


BESIDE = frozenset({"approval", "coordinating", "opinion"})  # legs that run beside the one that has the ball
SUCCESSION = "succession"  # the rule of a leg that began because a reorganisation gave it to an heir


class Assignment(Base):
    """One leg: which agency held the ticket in which part, from when to when, by which rule."""

    __tablename__ = "assignment"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"), index=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    part: Mapped[str]  # triage | lead | coordinating | opinion | approval | province
    round: Mapped[int]
    started_at: Mapped[datetime]
    started_on: Mapped[date]
    ended_on: Mapped[date | None]
    due_on: Mapped[date | None]  # of a leg with a limit of its own
    provisional: Mapped[bool] = mapped_column(default=False, server_default=false())
    rule: Mapped[str] = mapped_column(default="")
    reason_vi: Mapped[str] = mapped_column(Text, default="")
    reason_en: Mapped[str] = mapped_column(Text, default="")
    confidence: Mapped[float | None]
    candidates: Mapped[dict[str, Any]] = mapped_column(default=dict)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    agency: Mapped[Agency] = relationship(lazy="raise")


Index(
    "ix_assignment_coordinating",
    Assignment.agency_id,
    Assignment.ticket_id,
    sqlite_where=Assignment.part == "coordinating",
    postgresql_where=Assignment.part == "coordinating",
)

_RUNNING = Assignment.ended_on.is_(None) & Assignment.due_on.is_not(None)
Index("ix_assignment_due", Assignment.due_on, Assignment.id, sqlite_where=_RUNNING, postgresql_where=_RUNNING)


class ClockEventRow(Base):
    """What the deadline is computed from: start, pause, resume, extend, transfer, stop."""

    __tablename__ = "clock_event"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"), index=True)
    round: Mapped[int]
    kind: Mapped[str]
    on: Mapped[date]
    days: Mapped[int | None]
    note: Mapped[str] = mapped_column(Text, default="", server_default="")  # what was asked, who approved
    at: Mapped[datetime]


class TimelineEntry(Base):
    """What happened, in the order in which it did; ``data`` holds what its sentence needs."""

    __tablename__ = "timeline_entry"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"), index=True)
    kind: Mapped[str]
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"))
    public: Mapped[bool]  # whether the enterprise sees it
    data: Mapped[dict[str, Any]] = mapped_column(default=dict)


class Message(Base):
    """A question to the enterprise, its reply, or an internal note."""

    __tablename__ = "message"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"), index=True)
    kind: Mapped[str]  # question | reply | note | dispute
    round: Mapped[int]
    at: Mapped[datetime]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"))
    text: Mapped[str] = mapped_column(Text)


class Answer(Base):
    """The answer of one round; the legal act is the signed letter, whose number is never invented."""

    __tablename__ = "answer"
    __table_args__ = (UniqueConstraint("ticket_id", "round"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"))
    round: Mapped[int]
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    outcome: Mapped[str] = mapped_column(default="answered", server_default="answered")  # a status of DECIDED
    reason_code: Mapped[str] = mapped_column(default="", server_default="")
    signed_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("user.id")
    )  # who approved it last; None: the author
    text: Mapped[str] = mapped_column(Text)
    legal_refs: Mapped[str] = mapped_column(Text, default="")
    letter_number: Mapped[str] = mapped_column(default="")
    letter_date: Mapped[date | None]
    letter_signer: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]
    on: Mapped[date]
    agency: Mapped[Agency] = relationship(lazy="raise")


class Attachment(Base):
    """A stored file; ``origin`` says whose it is, ``released`` whether handlers of a hidden filer may open it."""

    __tablename__ = "attachment"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"), index=True)
    answer_id: Mapped[int | None] = mapped_column(ForeignKey("answer.id"))
    message_id: Mapped[int | None] = mapped_column(ForeignKey("message.id"))
    origin: Mapped[str]  # filing | reply | answer | released
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    storage_key: Mapped[str]
    cleaned: Mapped[str] = mapped_column(default="")  # what was removed when it came in
    released: Mapped[bool] = mapped_column(default=True)
    signatures: Mapped[dict[str, Any]] = mapped_column(
        default=dict, server_default="{}"
    )  # of a signed PDF, as checked
    at: Mapped[datetime]


class Rating(Base):
    """The two questions on the ticket, once per round."""

    __tablename__ = "rating"
    __table_args__ = (UniqueConstraint("ticket_id", "round"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"))
    round: Mapped[int]
    answered: Mapped[bool]  # did the answer address what was asked?
    solved: Mapped[str]  # yes | partly | no: is it solved in practice?
    comment: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime]
    on: Mapped[date]

"""Meetings, what was proposed for them, what they concluded, and what became of it."""

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, Index, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback_app.core.db import Base, BigId


class Meeting(Base):
    """A dialogue or a "cà phê doanh nhân"; ``parent_id``: the provincial dialogue that a sectoral one precedes."""

    __tablename__ = "dialogue_meeting"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    state: Mapped[str]
    title: Mapped[str]
    about: Mapped[str] = mapped_column(Text, default="")
    chair_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("dialogue_meeting.id"), index=True)
    place: Mapped[str]
    hour: Mapped[str] = mapped_column(default="")
    held_on: Mapped[date]
    closes_on: Mapped[date]
    replies_on: Mapped[date]
    fields: Mapped[list[str]] = mapped_column(JSON, default=list)  # empty: all
    areas: Mapped[list[str]] = mapped_column(JSON, default=list)  # empty: the whole province
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime]
    called_at: Mapped[datetime | None]
    is_sample: Mapped[bool] = mapped_column(default=False, server_default=false())
    version: Mapped[int] = mapped_column(default=1)

    changes: Mapped[list["MeetingChange"]] = relationship(lazy="raise", order_by="MeetingChange.id")
    conclusion: Mapped["MeetingConclusion | None"] = relationship(lazy="raise", uselist=False)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - how SQLAlchemy reads it


Index("ix_dialogue_meeting_day", Meeting.held_on, Meeting.id)


class MeetingChange(Base):
    """That a meeting was put off, or cancelled (``moved_to`` is empty then)."""

    __tablename__ = "dialogue_change"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("dialogue_meeting.id"), index=True)
    was: Mapped[date]
    moved_to: Mapped[date | None]
    reason: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime]


class MeetingProposal(Base):
    """A ticket that is to be talked about: filed for the meeting, or one that was there and was recognised.

    ``heading`` is what stands on the agenda, in the focal point's words: nothing of the ticket's own.
    """

    __tablename__ = "dialogue_proposal"
    __table_args__ = (UniqueConstraint("meeting_id", "ticket_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("dialogue_meeting.id"))
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"), index=True)
    origin: Mapped[str]  # form | table | recognised
    heading: Mapped[str] = mapped_column(default="")
    competence: Mapped[str] = mapped_column(default="")
    handling: Mapped[str] = mapped_column(default="")
    sectoral_id: Mapped[int | None] = mapped_column(ForeignKey("dialogue_meeting.id"), index=True)
    settled_note: Mapped[str] = mapped_column(Text, default="")
    settled_at: Mapped[datetime | None]
    classified_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - how SQLAlchemy reads it


class AgendaPin(Base):
    """A place on the agenda that somebody gave to a point, and why."""

    __tablename__ = "dialogue_pin"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("dialogue_meeting.id"), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    place: Mapped[int]
    reason: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime]


class MeetingConclusion(Base):
    """The Thông báo kết luận as it was signed; the number is never invented."""

    __tablename__ = "dialogue_conclusion"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("dialogue_meeting.id"), primary_key=True)
    number: Mapped[str]
    dated: Mapped[date]
    signer: Mapped[str]
    public_id: Mapped[str | None] = mapped_column(unique=True)  # of the file, where there is one
    name: Mapped[str] = mapped_column(default="")
    media_type: Mapped[str] = mapped_column(default="")
    storage_key: Mapped[str] = mapped_column(default="")
    is_public: Mapped[bool] = mapped_column(default=False)
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime]


class MeetingItem(Base):
    """One thing that was concluded: who does it by when. Public; its clock runs once the conclusion is issued."""

    __tablename__ = "dialogue_item"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("dialogue_meeting.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    owner_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), index=True)
    due_on: Mapped[date]
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("ticket.id"), index=True)
    state: Mapped[str]
    done_on: Mapped[date | None]
    issued_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    reports: Mapped[list["ItemReport"]] = relationship(lazy="raise", order_by="ItemReport.id")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - how SQLAlchemy reads it


_RUNNING = (MeetingItem.state == "open") & MeetingItem.issued_at.is_not(None)
Index(
    "ix_dialogue_item_due",
    MeetingItem.due_on,
    MeetingItem.id,
    sqlite_where=_RUNNING,
    postgresql_where=_RUNNING,
)


class ItemReport(Base):
    """What the owner says of an item; ``done`` asks the focal point to confirm, ``verdict`` is its word."""

    __tablename__ = "dialogue_report"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("dialogue_item.id"), index=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    text: Mapped[str] = mapped_column(Text)
    done: Mapped[bool]
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime]
    verdict: Mapped[str] = mapped_column(default="")  # confirmed | returned
    remarks: Mapped[str] = mapped_column(Text, default="")
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    decided_at: Mapped[datetime | None]

    files: Mapped[list["ItemEvidence"]] = relationship(lazy="raise", order_by="ItemEvidence.id")


class ItemEvidence(Base):
    """A piece of evidence."""

    __tablename__ = "dialogue_file"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("dialogue_report.id"), index=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    storage_key: Mapped[str]
    cleaned: Mapped[str]


class DueReminder(Base):
    """That an item, or the answer to a proposal, had reached a rung of the ladder and was told: once."""

    __tablename__ = "dialogue_reminder"

    subject: Mapped[str] = mapped_column(primary_key=True)  # item | reply
    subject_id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    rung: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]

"""Published answers on their way and after, the documents they cite, and the words they are found by."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.types import JSON

from feedback_app.core.db import Base, BigId


class LibraryAnswer(Base):
    """One answer of one ticket without what could tell whose it was; ``status``: ``library.lifecycle.Status``."""

    __tablename__ = "library_answer"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    code: Mapped[str] = mapped_column(
        unique=True
    )  # its address: random, so it tells neither ticket nor order
    answer_id: Mapped[int] = mapped_column(ForeignKey("answer.id"), unique=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"), index=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), index=True)
    field: Mapped[str]
    answered_on: Mapped[date]
    status: Mapped[str] = mapped_column(index=True)

    title: Mapped[str]
    question: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    changes: Mapped[list[Any]] = mapped_column(
        JSON
    )  # what the officer changed by hand: (field, before, after)
    left: Mapped[list[Any]] = mapped_column(
        JSON
    )  # what the check still found and the officer let stand: (field, kind, text)

    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    proposed_at: Mapped[datetime]
    consented: Mapped[bool]  # at filing: only then silence is an agreement
    object_until: Mapped[date]
    replied_at: Mapped[datetime | None]
    agreed: Mapped[bool | None]  # what the enterprise said; None: nothing
    objection: Mapped[str] = mapped_column(Text, default="")

    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    decided_at: Mapped[datetime | None]
    decision_note: Mapped[str] = mapped_column(Text, default="")
    published_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    end_note: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    citations: Mapped[list["Citation"]] = relationship(lazy="raise", order_by="Citation.document_id")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - how SQLAlchemy reads it


_PUBLIC = LibraryAnswer.status == "published"
Index(
    "ix_library_answer_public",
    LibraryAnswer.published_at,
    LibraryAnswer.id,
    sqlite_where=_PUBLIC,
    postgresql_where=_PUBLIC,
)


class CitedDocument(Base):
    """A document that answers rest on; when another replaces it, they are taken out."""

    __tablename__ = "cited_document"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)  # as it is written: 23/2023/QĐ-UBND
    replaced_by: Mapped[str] = mapped_column(default="")
    replaced_on: Mapped[date | None]
    marked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))


class Citation(Base):
    """That an answer cites a document."""

    __tablename__ = "library_citation"

    library_answer_id: Mapped[int] = mapped_column(ForeignKey("library_answer.id"), primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("cited_document.id"), primary_key=True, index=True)

    document: Mapped[CitedDocument] = relationship(lazy="raise")


class AnswerWord(Base):
    """A folded word of a published answer; ``weight``: how much it counts there."""

    __tablename__ = "library_word"

    word: Mapped[str] = mapped_column(primary_key=True)
    library_answer_id: Mapped[int] = mapped_column(
        ForeignKey("library_answer.id"), primary_key=True, index=True
    )
    weight: Mapped[float]

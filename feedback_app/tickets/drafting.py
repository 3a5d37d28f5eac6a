"""The rows of an answer on its way: the draft, the steps of its approval, the letter of apology."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from feedback_app.core.db import Base, BigId


class AnswerDraft(Base):
    """A decision before it is one: what it will say, and how far along the agency's approval chain it is."""

    __tablename__ = "answer_draft"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"), index=True)
    round: Mapped[int]
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    outcome: Mapped[str]  # answered | rejected | redirected | policy_backlog
    reason_code: Mapped[str] = mapped_column(default="")
    text: Mapped[str] = mapped_column(Text)
    legal_refs: Mapped[str] = mapped_column(Text, default="")
    apology: Mapped[str] = mapped_column(Text, default="")
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)  # what the outcome needs besides
    chain: Mapped[dict[str, Any]]  # the steps as they were when it was handed in
    step: Mapped[int] = mapped_column(default=0)  # the step that is awaited
    state: Mapped[str]  # writing | approving | returned | issued | dropped
    at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - how SQLAlchemy reads it


_LIVE = AnswerDraft.state.in_(("writing", "approving", "returned"))
Index("uq_answer_draft_live", AnswerDraft.ticket_id, unique=True, sqlite_where=_LIVE, postgresql_where=_LIVE)


class Approval(Base):
    """What one person decided on one step of a draft."""

    __tablename__ = "approval"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("answer_draft.id"), index=True)
    step: Mapped[int]
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    verdict: Mapped[str]  # approved | returned
    remarks: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime]


class Apology(Base):
    """A letter of apology (thư xin lỗi) for a late answer, with the new date."""

    __tablename__ = "apology"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"), index=True)
    round: Mapped[int]
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    text: Mapped[str] = mapped_column(Text)
    new_date: Mapped[date | None]  # none: the answer itself comes with it
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime]

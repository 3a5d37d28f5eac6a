"""Wordings of answers that an agency keeps, by field; the focal point shares its own with all."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from feedback_app.core.db import Base, BigId


class AnswerTemplate(Base):
    """A wording with placeholders; one without fields fits every ticket."""

    __tablename__ = "answer_template"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), index=True)
    shared: Mapped[bool] = mapped_column(default=False, server_default=false(), index=True)
    name: Mapped[str]
    fields: Mapped[list[str]] = mapped_column(JSON)
    text: Mapped[str] = mapped_column(Text)
    legal_refs: Mapped[str] = mapped_column(Text, default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime]
    retired_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - how SQLAlchemy reads it

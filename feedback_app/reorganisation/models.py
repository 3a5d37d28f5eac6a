"""Reorganisations that were applied: what was decided, from when, and how far the tickets have followed."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from feedback_app.core.db import Base, BigId


class AppliedReorganisation(Base):
    """One file as it was applied; ``after_ticket`` is where an interrupted move of the tickets goes on."""

    __tablename__ = "reorganisation"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    content: Mapped[dict[str, Any]]
    first_day: Mapped[date]
    last_day: Mapped[date]  # the latest of its lines; from then on all of it is in force
    pack_version: Mapped[int]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime]
    after_ticket: Mapped[int] = mapped_column(BigId, default=0)
    moved: Mapped[int] = mapped_column(default=0)  # tickets
    finished_at: Mapped[datetime | None]

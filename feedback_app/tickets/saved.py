"""A view of the queue that somebody keeps: its filters under a name."""

from datetime import datetime

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from feedback_app.core.db import Base, BigId


class SavedView(Base):
    """``query`` is the address' part after "?"; ``agency_id``: whose people see it too; ``opens``: shown first."""

    __tablename__ = "saved_view"
    __table_args__ = (UniqueConstraint("user_id", "name"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"), index=True)
    name: Mapped[str]
    query: Mapped[str] = mapped_column(Text)
    opens: Mapped[bool]
    at: Mapped[datetime]

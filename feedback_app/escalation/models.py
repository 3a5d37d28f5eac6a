"""The ledger of reminders: each rung once per ticket and round."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from feedback_app.core.db import Base, BigId


class Reminder(Base):
    """That a rung was told, or passed over because a higher one already applied."""

    __tablename__ = "reminder"
    __table_args__ = (UniqueConstraint("ticket_id", "round", "rung"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"))
    round: Mapped[int]
    rung: Mapped[str]
    told: Mapped[bool]
    at: Mapped[datetime]

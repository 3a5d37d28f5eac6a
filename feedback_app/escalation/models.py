"""The ledger of reminders: each rung once per ticket, round and clock; and the weekly lists that were made of it."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from feedback_app.core.db import Base, BigId

CASE = 0  # the leg_id of the clock of the whole case


class Reminder(Base):
    """That a rung was reached and told."""

    __tablename__ = "reminder"
    __table_args__ = (UniqueConstraint("ticket_id", "round", "leg_id", "rung"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"))
    round: Mapped[int]
    # whose clock: the ``assignment`` with a day of its own, or CASE; no foreign key, since 0 is no row
    leg_id: Mapped[int] = mapped_column(BigId, default=CASE, server_default="0")
    rung: Mapped[str]
    at: Mapped[datetime]
    weekly: Mapped[bool] = mapped_column(default=False, server_default="0")  # told by the list of the week
    listed_on: Mapped[date | None]  # the list that told it first


Index("ix_reminder_weekly", Reminder.id, sqlite_where=Reminder.weekly, postgresql_where=Reminder.weekly)


class WeeklyList(Base):
    """That the list of a week was made; ``on`` is the day it was due."""

    __tablename__ = "weekly_list"

    on: Mapped[date] = mapped_column(primary_key=True)
    at: Mapped[datetime]

"""The briefs as they were written, what leaders said to a line, and how many enterprise-days each obstacle costs."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from feedback_app.core.db import Base, BigId


class Brief(Base):
    """What was chosen for one morning: ids, codes and numbers, never a word of a ticket."""

    __tablename__ = "brief"

    day: Mapped[date] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    content: Mapped[dict[str, Any]]


class LeaderWord(Base):
    """That somebody spoke up on a line; ``subject`` is ``ticket:<id>``, ``agency:<code>`` or ``obstacle:<key>``."""

    __tablename__ = "leader_word"
    __table_args__ = (UniqueConstraint("subject", "deed", "on"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    subject: Mapped[str]
    deed: Mapped[str]  # rules.Deed
    on: Mapped[date]
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))


class ObstacleStanding(Base):
    """Enterprise-days that one obstacle cost in the window, and in the one before; written anew each night.

    ``cluster_id`` 0: the tickets of a field and procedure (empty: none named) that are in no cluster.
    """

    __tablename__ = "obstacle_standing"

    cluster_id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    field: Mapped[str] = mapped_column(primary_key=True)
    procedure: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date]  # the last day that is counted
    enterprises: Mapped[int]
    days: Mapped[int]
    days_before: Mapped[int]

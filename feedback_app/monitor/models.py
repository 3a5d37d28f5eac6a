"""What the signals found last night: how often, of how many, and the tickets; thrown away and found anew."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from feedback_app.core.db import Base, BigId


class SignalMark(Base):
    """Over which days it was looked, and when: one row."""

    __tablename__ = "signal_mark"

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    first: Mapped[date]
    last: Mapped[date]
    at: Mapped[datetime]
    pack_id: Mapped[int] = mapped_column(ForeignKey("pack_version.id"))  # the thresholds


class SignalCount(Base):
    """How many of the rounds of an agency to which a signal can apply show it."""

    __tablename__ = "signal_count"

    signal: Mapped[str] = mapped_column(primary_key=True)
    agency: Mapped[str] = mapped_column(primary_key=True)
    hits: Mapped[int]
    n: Mapped[int]


class SignalCase(Base):
    """One round that shows a signal."""

    __tablename__ = "signal_case"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    signal: Mapped[str]
    agency: Mapped[str]
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"), index=True)
    round: Mapped[int]


Index("ix_signal_case_agency", SignalCase.signal, SignalCase.agency, SignalCase.id)

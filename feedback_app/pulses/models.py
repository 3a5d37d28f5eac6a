"""The register of finished procedures, rounds with their samples, and answers that belong to nobody.

``pulse_token`` and ``pulse_cell`` know no enterprise and no time; the reasons are in docs/adr/0005 and 0017.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from feedback_app.core.db import Base, BigId
from feedback_app.surveys.models import NO_ROW_IDS


class PulseCompletion(Base):
    """A procedure that an enterprise finished, and where the enterprise can be reached."""

    __tablename__ = "pulse_completion"
    __table_args__ = (UniqueConstraint("tax_code", "field", "procedure", "finished_on"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("pulse_batch.id"), index=True)
    tax_code: Mapped[str]
    enterprise: Mapped[str]
    procedure: Mapped[str]
    field: Mapped[str]
    finished_on: Mapped[date] = mapped_column(index=True)
    email: Mapped[str]
    phone: Mapped[str]
    size: Mapped[str]  # empty: not told
    locale: Mapped[str]


class PulseBatch(Base):
    """A table of finished procedures: looked at first (its rows wait here), then taken over whole; its digest stays."""

    __tablename__ = "pulse_batch"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    sha256: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]
    rows: Mapped[list[Any]] = mapped_column(JSON)
    added: Mapped[int] = mapped_column(default=0)
    known: Mapped[int] = mapped_column(default=0)
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime]
    done_at: Mapped[datetime | None]


_DONE = PulseBatch.done_at.is_not(None)
Index("uq_pulse_batch_done", PulseBatch.sha256, unique=True, sqlite_where=_DONE, postgresql_where=_DONE)


class PulseRound(Base):
    """One quarter's sample: the seed that decided it, how many there were to choose from, how many were invited."""

    __tablename__ = "pulse_round"

    quarter: Mapped[str] = mapped_column(primary_key=True)
    seed: Mapped[str]
    drawn_on: Mapped[date]
    pack_id: Mapped[int] = mapped_column(ForeignKey("pack_version.id"))
    registered: Mapped[int]  # enterprises that could be drawn
    invited: Mapped[int]
    refused: Mapped[int]  # left out: they want no messages
    unreachable: Mapped[int]  # left out: no address, or no gateway for it
    rested: Mapped[int]  # left out: they were asked a short time ago
    closed_on: Mapped[date | None]


class PulseUnit(Base):
    """An enterprise that could be drawn in a quarter, and the cell in which its answers would be counted."""

    __tablename__ = "pulse_unit"

    quarter: Mapped[str] = mapped_column(ForeignKey("pulse_round.quarter"), primary_key=True)
    tax_code: Mapped[str] = mapped_column(primary_key=True)
    field: Mapped[str]
    size: Mapped[str]
    cell_field: Mapped[str]
    cell_size: Mapped[str]
    invited: Mapped[bool]


class PulseAsked(Base):
    """That an enterprise, or whoever reads a mailbox, was asked in a quarter; known by a keyed hash alone."""

    __tablename__ = "pulse_asked"

    who: Mapped[str] = mapped_column(primary_key=True)
    quarter: Mapped[str] = mapped_column(primary_key=True)
    asked_on: Mapped[date]


class PulseToken(Base):
    """A token that may be used once; all of a quarter are written at once, shuffled."""

    __tablename__ = "pulse_token"
    __table_args__ = NO_ROW_IDS

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    quarter: Mapped[str]
    field: Mapped[str]
    size: Mapped[str]


class PulseCell(Base):
    """How often an option was chosen in a cell; every one of a question's answers chose one, "no answer" among them."""

    __tablename__ = "pulse_cell"
    __table_args__ = NO_ROW_IDS

    quarter: Mapped[str] = mapped_column(primary_key=True)
    field: Mapped[str] = mapped_column(primary_key=True)
    size: Mapped[str] = mapped_column(primary_key=True)
    question: Mapped[str] = mapped_column(primary_key=True)
    option: Mapped[str] = mapped_column(primary_key=True)
    n: Mapped[int]

"""Reads: how the register stands, how rounds go, what is published."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from feedback_app.pulses.models import PulseCompletion, PulseRound
from feedback_app.surveys import outside
from feedback_app.surveys.releases import PULSE


@dataclass(frozen=True, slots=True)
class Listed:
    """How many enterprises of a field the register has, and the newest day on which one of them was done."""

    field: str
    enterprises: int
    newest: date


def listed(session: Session, since: date) -> list[Listed]:
    """Return the register by field, counting procedures that were finished since; the longest first."""
    row = PulseCompletion
    enterprises = func.count(row.tax_code.distinct())
    query = select(row.field, enterprises, func.max(row.finished_on)).where(row.finished_on >= since)
    query = query.group_by(row.field).order_by(enterprises.desc(), row.field)
    return [Listed(*found) for found in session.execute(query)]


def rounds(session: Session) -> Sequence[PulseRound]:
    """Return all rounds, the newest first."""
    return session.scalars(select(PulseRound).order_by(PulseRound.drawn_on.desc())).all()


def results(session: Session) -> dict[str, dict[str, Any]]:
    """Return what is published, by quarter, the newest first."""
    tables = outside.tables(session, source=PULSE)
    return {table.period: table.content for table in sorted(tables, key=lambda one: one.period, reverse=True)}

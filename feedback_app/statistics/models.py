"""What statistics are read from: one fact for each round of a ticket, and the figures of each period."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, false
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import JSON

from feedback_app.core.db import Base


class CaseFactRow(Base):
    """One round of one ticket; derived, so it may be thrown away and built again."""

    __tablename__ = "case_fact"

    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"), primary_key=True)
    round: Mapped[int] = mapped_column(primary_key=True)
    ticket_version: Mapped[int]  # of the ticket when the fact was taken: another one means it is out of date
    kind: Mapped[str]
    field: Mapped[str]
    agency: Mapped[str | None]
    sensitive: Mapped[bool]
    started_on: Mapped[date] = mapped_column(index=True)
    due_on: Mapped[date | None] = mapped_column(index=True)
    answered_on: Mapped[date | None] = mapped_column(index=True)
    ended_on: Mapped[date | None] = mapped_column(index=True)
    working_days: Mapped[int | None]
    pauses: Mapped[list[Any]] = mapped_column(JSON)  # pairs of dates, never queried
    rated_on: Mapped[date | None] = mapped_column(index=True)
    rated_answered: Mapped[bool | None]
    rated_solved: Mapped[str | None]
    disputed_on: Mapped[date | None] = mapped_column(index=True)
    area: Mapped[str | None]
    in_project: Mapped[bool] = mapped_column(default=False, server_default=false())
    inherited: Mapped[list[Any]] = mapped_column(
        JSON
    )  # pairs of agency and the day until which it was theirs


_RUNNING = CaseFactRow.ended_on.is_(None)
Index("ix_case_fact_open", CaseFactRow.started_on, sqlite_where=_RUNNING, postgresql_where=_RUNNING)


class PeriodFigure(Base):
    """One figure of one period and group as it was last computed; empty codes stand for all."""

    __tablename__ = "period_figure"

    period: Mapped[str] = mapped_column(primary_key=True)
    agency: Mapped[str] = mapped_column(primary_key=True)
    field: Mapped[str] = mapped_column(primary_key=True)
    sensitive: Mapped[bool] = mapped_column(primary_key=True)
    measure: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[float | None]
    n: Mapped[int]


class PeriodRun(Base):
    """When the figures of a period were computed: also where all of them are zero."""

    __tablename__ = "period_run"

    period: Mapped[str] = mapped_column(primary_key=True)
    first: Mapped[date]
    last: Mapped[date] = mapped_column(index=True)
    computed_at: Mapped[datetime]

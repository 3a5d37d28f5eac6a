"""What statistics are read from: facts by grain, their sums, and the list of what has changed since."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, false
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import JSON

from feedback_app.core.db import Base, BigId

COUNT: dict[str, Any] = {"default": 0, "server_default": "0"}


class ChangedTicket(Base):
    """That something about a ticket was written; triggers add it in the same transaction (``triggers``)."""

    __tablename__ = "changed_ticket"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    ticket_id: Mapped[int] = mapped_column(BigId)


class StatisticsMark(Base):
    """How far the tables stand: one row."""

    __tablename__ = "statistics_mark"

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    as_of: Mapped[datetime]  # when they were last brought up to date
    day: Mapped[date]  # the last day of which there is a snapshot; it is written anew until the day has ended
    building_since: Mapped[datetime | None]  # a rebuild is under way, or was cut off


class CaseFactRow(Base):
    """One round of one ticket; derived, so it may be thrown away and built again."""

    __tablename__ = "case_fact"

    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"), primary_key=True)
    round: Mapped[int] = mapped_column(primary_key=True)
    ticket_version: Mapped[int]
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
    joined_on: Mapped[date | None]
    # pairs of agency and the day until which it was theirs; of due date and the day until which it was in force
    inherited: Mapped[list[Any]] = mapped_column(JSON)
    former_dues: Mapped[list[Any]] = mapped_column(JSON)
    outcome: Mapped[str | None]
    calendar_id: Mapped[int] = mapped_column(BigId)


_RUNNING = CaseFactRow.ended_on.is_(None)
Index("ix_case_fact_open", CaseFactRow.started_on, sqlite_where=_RUNNING, postgresql_where=_RUNNING)


class LegFactRow(Base):
    """One leg of one round; derived like the case it belongs to."""

    __tablename__ = "leg_fact"

    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"), primary_key=True)
    round: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    agency: Mapped[str | None]
    role: Mapped[str]
    field: Mapped[str]
    sensitive: Mapped[bool]
    in_project: Mapped[bool] = mapped_column(default=False, server_default=false())
    beside: Mapped[bool]
    since: Mapped[date]
    until: Mapped[date | None] = mapped_column(index=True)
    due_on: Mapped[date | None]
    working_days: Mapped[int | None]
    late_days: Mapped[int | None]
    case_late_days: Mapped[int | None]


class _Counts:
    """How often each thing happened; the columns are the names of the figures."""

    received: Mapped[int] = mapped_column(**COUNT)
    answered: Mapped[int] = mapped_column(**COUNT)
    in_time: Mapped[int] = mapped_column(**COUNT)
    late: Mapped[int] = mapped_column(**COUNT)
    rejected: Mapped[int] = mapped_column(**COUNT)
    redirected: Mapped[int] = mapped_column(**COUNT)
    policy_backlog: Mapped[int] = mapped_column(**COUNT)
    withdrawn: Mapped[int] = mapped_column(**COUNT)
    disputed: Mapped[int] = mapped_column(**COUNT)
    reopened_within_30_days: Mapped[int] = mapped_column(**COUNT)
    rated: Mapped[int] = mapped_column(**COUNT)
    satisfied_answered: Mapped[int] = mapped_column(**COUNT)
    solved_says_enterprise: Mapped[int] = mapped_column(**COUNT)
    due_in_period: Mapped[int] = mapped_column(**COUNT)
    answered_in_time: Mapped[int] = mapped_column(**COUNT)
    informal_cost_due: Mapped[int] = mapped_column(**COUNT)
    informal_cost_settled_in_time: Mapped[int] = mapped_column(**COUNT)
    inspection_reports_due: Mapped[int] = mapped_column(**COUNT)
    inspection_reports_settled: Mapped[int] = mapped_column(**COUNT)


COUNTED = tuple(name for name in vars(_Counts) if not name.startswith("_"))


class DeedDay(_Counts, Base):
    """The deeds of one day in one group (``figures.Group``)."""

    __tablename__ = "deed_day"

    day: Mapped[date] = mapped_column(primary_key=True)
    agency: Mapped[str] = mapped_column(primary_key=True)
    field: Mapped[str] = mapped_column(primary_key=True)
    sensitive: Mapped[bool] = mapped_column(primary_key=True)
    days: Mapped[dict[str, Any]] = mapped_column(
        JSON
    )  # working days used → answers; added up by whoever reads


class DeedMonth(_Counts, Base):
    """The deeds of one month by agency (empty: nobody's yet) and field."""

    __tablename__ = "deed_month"

    month: Mapped[date] = mapped_column(primary_key=True)
    agency: Mapped[str] = mapped_column(primary_key=True)
    field: Mapped[str] = mapped_column(primary_key=True)


class OpenDay(Base):
    """What waited at the end of a day in one group, as it was known that day."""

    __tablename__ = "open_day"

    day: Mapped[date] = mapped_column(primary_key=True)
    agency: Mapped[str] = mapped_column(primary_key=True)
    field: Mapped[str] = mapped_column(primary_key=True)
    sensitive: Mapped[bool] = mapped_column(primary_key=True)
    open: Mapped[int] = mapped_column(**COUNT)
    overdue: Mapped[int] = mapped_column(**COUNT)
    paused: Mapped[int] = mapped_column(**COUNT)

"""Reports that agencies owe on tasks, their evidence, the rungs they were reminded on, obstacles linked by hand."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback_app.core.db import Base, BigId


class ProgrammeReport(Base):
    """One agency's report on one task for one period; owed until ``reported_at``."""

    __tablename__ = "programme_report"
    __table_args__ = (UniqueConstraint("task", "agency_id", "period"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    task: Mapped[int]
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), index=True)
    period: Mapped[str]
    ends_on: Mapped[date]
    due_on: Mapped[date]
    state: Mapped[str] = mapped_column(default="")
    text: Mapped[str] = mapped_column(Text, default="")
    hindrance: Mapped[str] = mapped_column(Text, default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    reported_at: Mapped[datetime | None]
    changed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    files: Mapped[list["ProgrammeFile"]] = relationship(lazy="raise", order_by="ProgrammeFile.id")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - how SQLAlchemy reads it


_OWED = ProgrammeReport.reported_at.is_(None)
Index(
    "ix_programme_report_owed",
    ProgrammeReport.due_on,
    ProgrammeReport.id,
    sqlite_where=_OWED,
    postgresql_where=_OWED,
)


class ProgrammeFile(Base):
    """A piece of evidence."""

    __tablename__ = "programme_file"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("programme_report.id"), index=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    storage_key: Mapped[str]
    cleaned: Mapped[str]
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime]


class ProgrammeReminder(Base):
    """That a report had reached a rung of the ladder and was told: once."""

    __tablename__ = "programme_reminder"

    report_id: Mapped[int] = mapped_column(ForeignKey("programme_report.id"), primary_key=True)
    rung: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]


class ProgrammeObstacle(Base):
    """A ticket in which a task shows up though its field does not say so."""

    __tablename__ = "programme_obstacle"

    task: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"), primary_key=True, index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime]

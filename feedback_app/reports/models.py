"""Reports that were asked for, their files, and the layouts that an administrator puts in place of the shipped one."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback_app.core.db import Base, BigId


class Report(Base):
    """One report on one period, of the province (``agency`` empty) or of one agency.

    ``snapshot`` is empty while the period is not frozen: then it is a draft. ``content`` is what the page shows;
    ``sha256`` is over it and over the list of tickets, whatever the layout.
    """

    __tablename__ = "report"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    period: Mapped[str]
    agency: Mapped[str] = mapped_column(default="")
    snapshot: Mapped[str] = mapped_column(default="")
    layout: Mapped[int] = mapped_column(default=0)  # version; 0 is the shipped one
    state: Mapped[str]  # asked | making | done | failed
    step: Mapped[int] = mapped_column(default=0)
    error: Mapped[str] = mapped_column(Text, default="")
    content: Mapped[dict[str, Any]] = mapped_column(default=dict)
    sha256: Mapped[str] = mapped_column(default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    asked_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    made_at: Mapped[datetime | None]

    files: Mapped[list["ReportFile"]] = relationship(lazy="raise", order_by="ReportFile.id")


Index("ix_report_period", Report.period, Report.agency)
_WAITING = Report.state.in_(("asked", "making"))
Index("ix_report_waiting", Report.id, sqlite_where=_WAITING, postgresql_where=_WAITING)


class ReportFile(Base):
    """A finished file of a report."""

    __tablename__ = "report_file"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id", ondelete="CASCADE"), index=True)
    format: Mapped[str]  # docx | pdf | xlsx
    name: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]
    storage_key: Mapped[str]


class ReportLayout(Base):
    """A layout as it was sent in; the one in force is the one that was put in force last.

    ``content`` None stands for the shipped layout, which somebody went back to.
    """

    __tablename__ = "report_layout"

    version: Mapped[int] = mapped_column(BigId, primary_key=True)
    name: Mapped[str]
    content: Mapped[bytes | None] = mapped_column(LargeBinary)
    sha256: Mapped[str] = mapped_column(default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime]
    in_force_at: Mapped[datetime | None]
    in_force_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

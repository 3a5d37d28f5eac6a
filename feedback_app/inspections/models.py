"""The calendar's rows, and the tables that wait to be taken over into it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback_app.core.db import Base, BigId


class InspectionVisit(Base):
    """One visit of one team to one enterprise, planned, done or dropped. Its results are not kept here."""

    __tablename__ = "inspection_visit"
    __table_args__ = (UniqueConstraint("agency_id", "year", "code"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    year: Mapped[int]
    code: Mapped[str]  # the line's number in the agency's own plan
    form: Mapped[str]
    tax_code: Mapped[str]  # digits only
    enterprise: Mapped[str]
    folded: Mapped[str]  # name and tax code without diacritics, for searching
    contents: Mapped[list[Any]] = mapped_column(JSON)
    words: Mapped[str] = mapped_column(Text, default="")
    planned: Mapped[bool]
    state: Mapped[str]
    decision_number: Mapped[str] = mapped_column(default="")
    decided_on: Mapped[date | None]
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    exception: Mapped[str] = mapped_column(default="")
    grounds: Mapped[str] = mapped_column(Text, default="")
    is_sample: Mapped[bool] = mapped_column(default=False)
    changed_at: Mapped[datetime]
    changed_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    version: Mapped[int] = mapped_column(default=1)

    joined: Mapped[list["JoinedAgency"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="JoinedAgency.agency_id"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - how SQLAlchemy reads it


Index("ix_inspection_visit_enterprise", InspectionVisit.tax_code, InspectionVisit.year)
Index("ix_inspection_visit_year", InspectionVisit.year, InspectionVisit.tax_code, InspectionVisit.id)


class JoinedAgency(Base):
    """An agency that sends people to a team that another leads."""

    __tablename__ = "inspection_joined_agency"

    visit_id: Mapped[int] = mapped_column(ForeignKey("inspection_visit.id"), primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), primary_key=True, index=True)


class InspectionBatch(Base):
    """A table of visits: looked at first (its rows wait here), then taken over whole; its digest stays."""

    __tablename__ = "inspection_batch"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    sha256: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]
    rows: Mapped[list[Any]] = mapped_column(JSON)
    added: Mapped[int] = mapped_column(default=0)
    changed: Mapped[int] = mapped_column(default=0)
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime]
    done_at: Mapped[datetime | None]


_DONE = InspectionBatch.done_at.is_not(None)
Index(
    "uq_inspection_batch_done",
    InspectionBatch.sha256,
    unique=True,
    sqlite_where=_DONE,
    postgresql_where=_DONE,
)

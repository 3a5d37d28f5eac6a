"""What a frozen period leaves behind: its figures, its package, what the agencies said before."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from feedback_app.core.db import Base


class FrozenPeriod(Base):
    """A period whose figures stand for good; ``snapshot`` names them wherever they are printed."""

    __tablename__ = "frozen_period"

    period: Mapped[str] = mapped_column(primary_key=True)
    snapshot: Mapped[str] = mapped_column(unique=True)
    sha256: Mapped[str]  # of the package's manifest, which holds those of every file in it
    first: Mapped[date]
    last: Mapped[date] = mapped_column(index=True)
    as_of: Mapped[datetime]  # up to when changes were taken in
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    calendar: Mapped[str]
    definitions: Mapped[str]
    note: Mapped[str] = mapped_column(Text, default="")


class FrozenFigure(Base):
    """One figure of a frozen period; what is zero is left out."""

    __tablename__ = "frozen_figure"

    period: Mapped[str] = mapped_column(ForeignKey("frozen_period.period"), primary_key=True)
    agency: Mapped[str] = mapped_column(primary_key=True)
    field: Mapped[str] = mapped_column(primary_key=True)
    sensitive: Mapped[bool] = mapped_column(primary_key=True)
    measure: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[float | None]
    n: Mapped[int]


class PeriodPackage(Base):
    """The package of a frozen period, byte for byte as it was made."""

    __tablename__ = "period_package"

    period: Mapped[str] = mapped_column(ForeignKey("frozen_period.period"), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class PeriodTexts(Base):
    """Titles and letters of the cases of a frozen period, packed: what its list of tickets says (``closing.texts``)."""

    __tablename__ = "period_texts"

    period: Mapped[str] = mapped_column(ForeignKey("frozen_period.period"), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class PeriodOpinion(Base):
    """What an agency said of its figures in the days of reconciliation."""

    __tablename__ = "period_opinion"

    period: Mapped[str] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), primary_key=True)
    state: Mapped[str]  # confirmed | objected | settled
    text: Mapped[str] = mapped_column(Text, default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime]
    reply: Mapped[str] = mapped_column(Text, default="")
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    settled_at: Mapped[datetime | None]

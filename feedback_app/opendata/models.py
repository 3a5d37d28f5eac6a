"""What is public of a period: written by a job, only read by the pages."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from feedback_app.core.db import Base


class PublicRelease(Base):
    """The tables of one month or quarter as they are shown, beside the true counts that they were made of.

    ``snapshot`` names the frozen figures; empty while they may still be corrected. ``sha256`` is that of ``content``.
    """

    __tablename__ = "public_release"

    period: Mapped[str] = mapped_column(primary_key=True)
    first: Mapped[date]
    last: Mapped[date] = mapped_column(index=True)
    snapshot: Mapped[str]
    definitions: Mapped[str]
    computed_at: Mapped[datetime]  # up to when changes were taken in
    published_at: Mapped[datetime]
    content: Mapped[dict[str, Any]]  # tables as shown, days, and the totals that indicators are evaluated on
    counts: Mapped[dict[str, Any]]  # never shown: what later releases are protected against
    sha256: Mapped[str]


class PublicFile(Base):
    """A file of a release, byte for byte as it is handed out."""

    __tablename__ = "public_file"

    name: Mapped[str] = mapped_column(primary_key=True)  # 2026-10.csv
    period: Mapped[str] = mapped_column(ForeignKey("public_release.period"), index=True)
    sha256: Mapped[str]
    size: Mapped[int]
    at: Mapped[datetime]
    content: Mapped[bytes] = mapped_column(LargeBinary)

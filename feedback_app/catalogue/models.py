"""What the packs leave in the database: agencies as anchors of foreign keys, packs as immutable versions."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from feedback_app.core.db import Base, BigId


class Agency(Base):
    """An agency's id and code; its names, type and successors in time stand in the pack."""

    __tablename__ = "agency"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)


class Origin(StrEnum):
    """Where a version comes from."""

    SHIPPED = "shipped"  # a file that came with the application, or was given to ``packs load``
    EDITED = "edited"  # an administrator's change in the pages


class PackVersion(Base):
    """One pack as it was loaded, whole; the newest version of a pack is in force."""

    __tablename__ = "pack_version"
    __table_args__ = (UniqueConstraint("pack", "version"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    pack: Mapped[str]
    version: Mapped[int]
    sha256: Mapped[str]
    origin: Mapped[str] = mapped_column(default=Origin.SHIPPED)
    content: Mapped[dict[str, Any]]
    loaded_at: Mapped[datetime]

"""What is kept of a filing before it is one, and of a lost tracking code."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from feedback_app.core.db import Base, BigId


class Draft(Base):
    """A filing being written: unreadable without the random id that only the writer's cookie holds."""

    __tablename__ = "draft"

    id_hash: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    expires_at: Mapped[datetime] = mapped_column(index=True)


class RecoveryToken(Base):
    """A one-time code that was sent to the contact a filer left, and buys a new tracking code."""

    __tablename__ = "recovery_token"

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"), index=True)
    expires_at: Mapped[datetime] = mapped_column(index=True)


class ImportBatch(Base):
    """A file of filings from another channel: looked at first (its rows wait here), then taken over whole.

    Once it is taken over only its digest stays, by which the same file is known again.
    """

    __tablename__ = "import_batch"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    sha256: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]
    channel: Mapped[str]
    rows: Mapped[list[Any]] = mapped_column(JSON)
    filed: Mapped[int] = mapped_column(default=0)
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime]
    done_at: Mapped[datetime | None]


_DONE = ImportBatch.done_at.is_not(None)
Index("uq_import_batch_done", ImportBatch.sha256, unique=True, sqlite_where=_DONE, postgresql_where=_DONE)

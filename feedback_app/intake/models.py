"""What is kept of a filing before it is one, and of a lost tracking code."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from feedback_app.core.db import Base


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

"""A file that was taken in becomes an attachment of a ticket."""

from datetime import datetime
from typing import Any, Literal

from sqlalchemy.orm import Session

from feedback_app.core.files import TakenIn
from feedback_app.core.security import new_code
from feedback_app.tickets.models import Attachment

Origin = Literal["filing", "reply", "answer", "released", "opinion", "document"]


def attach(
    session: Session,
    ticket_id: int,
    file: TakenIn,
    *,
    origin: Origin,
    at: datetime,
    answer_id: int | None = None,
    message_id: int | None = None,
    released: bool = True,
    signatures: dict[str, Any] | None = None,
) -> Attachment:
    """Add the row of a file that the caller stored; ``released`` False keeps it from the handling agency."""
    row = Attachment(
        public_id=new_code(),
        ticket_id=ticket_id,
        answer_id=answer_id,
        message_id=message_id,
        origin=origin,
        name=file.name,
        media_type=file.media_type,
        size=file.size,
        storage_key=file.key,
        cleaned=file.cleaned,
        released=released,
        signatures=signatures or {},
        at=at,
    )
    session.add(row)
    return row

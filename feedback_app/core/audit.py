"""Who did what and when: ids and codes, never text; written with the deed, chained afterwards."""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Index, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from feedback_app.core.db import Base, BigId
from feedback_app.core.inserting import insert_row


class AuditEntry(Base):
    __tablename__ = "audit_entry"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    at: Mapped[datetime]
    event: Mapped[str]
    actor_id: Mapped[int | None] = mapped_column(BigId)
    subject: Mapped[str] = mapped_column(index=True)
    data: Mapped[dict[str, Any]] = mapped_column(default=dict)
    chain: Mapped[str | None]


Index(
    "ix_audit_entry_unchained",
    AuditEntry.id,
    sqlite_where=AuditEntry.chain.is_(None),
    postgresql_where=AuditEntry.chain.is_(None),
)


class AuditHead(Base):
    """The newest link of the chain: one row, locked while links are added."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True)
    chain: Mapped[str]
    length: Mapped[int]


class AuditLink(Base):
    """The order in which entries were chained (ids may be committed out of order)."""

    __tablename__ = "audit_link"

    position: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    entry_id: Mapped[int] = mapped_column(BigId, unique=True)


def record(
    session: Session, event: str, *, at: datetime, actor_id: int | None, subject: str, **data: Any
) -> None:
    """Add one entry to the running transaction; ``data`` holds ids and codes only."""
    insert_row(session, AuditEntry, at=at, event=event, actor_id=actor_id, subject=subject, data=data)


def chain(session: Session, limit: int = 5000) -> int:
    """Link the entries that no link holds yet, behind the writers' backs; return how many."""
    head = session.scalars(select(AuditHead).with_for_update()).first()
    if head is None:
        head = AuditHead(id=1, chain="0" * 64, length=0)
        session.add(head)
    loose = select(AuditEntry).where(AuditEntry.chain.is_(None)).order_by(AuditEntry.id).limit(limit)
    entries = session.scalars(loose).all()
    for entry in entries:
        head.chain = entry.chain = _link(head.chain, entry)
        head.length += 1
        session.add(AuditLink(position=head.length, entry_id=entry.id))
    return len(entries)


def newest(
    session: Session, *, subject: str = "", before: int | None = None, size: int = 50
) -> Sequence[AuditEntry]:
    """Return entries, newest first, those with an id below ``before``; only those of ``subject`` where given."""
    query = select(AuditEntry).order_by(AuditEntry.id.desc()).limit(size)
    if subject:
        query = query.where(AuditEntry.subject == subject)
    if before is not None:
        query = query.where(AuditEntry.id < before)
    return session.scalars(query).all()


def first_break(session: Session) -> int | None:
    """Return the position at which the chain no longer holds, or ``None`` when it is whole."""
    previous, expected = "0" * 64, 1
    query = select(AuditLink.position, AuditEntry).join(
        AuditEntry, AuditEntry.id == AuditLink.entry_id, isouter=True
    )
    for position, entry in session.execute(query.order_by(AuditLink.position)).yield_per(1000):
        if position != expected or entry is None or entry.chain != _link(previous, entry):
            return expected
        previous, expected = entry.chain, expected + 1
    head = session.scalars(select(AuditHead)).first()
    whole = head is None or (head.chain == previous and head.length == expected - 1)
    return None if whole else expected


def _link(previous: str, entry: AuditEntry) -> str:
    text = json.dumps(
        [previous, entry.id, entry.at.isoformat(), entry.event, entry.actor_id, entry.subject, entry.data],
        sort_keys=True,
        ensure_ascii=False,
    )
    return hashlib.sha256(text.encode()).hexdigest()

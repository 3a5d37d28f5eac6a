"""The nightly rewrite: everything goes to the shelf in random order, in one transaction; order and time say nothing."""

import secrets
from datetime import date
from typing import Any

from sqlalchemy import delete, insert, inspect, select, text
from sqlalchemy.orm import Session

from feedback_app.confidential import uploads
from feedback_app.confidential.context import vault
from feedback_app.confidential.models import Blob, InLetterbox, OnShelf, Registered
from feedback_app.confidential.store import Base, db
from feedback_app.core import faults

AT_ONCE = 200  # rows a statement


def put_away(session: Session) -> int:
    """Rewrite letterbox and shelf, the register and the list of files in random order; return how many reports.

    Whoever writes meanwhile waits; whoever reads sees the state before or after.
    """
    _hold_all(session)
    rows = [*_rows(session, InLetterbox), *_rows(session, OnShelf)]
    for filed in (InLetterbox, OnShelf):
        session.execute(delete(filed))
    faults.point("vault-emptied")
    _write(session, OnShelf, rows)
    for table in (Registered, Blob):
        kept = _rows(session, table)
        session.execute(delete(table))
        _write(session, table, kept)
    session.expunge_all()
    return len(rows)


def tidy_files(session: Session, on: date) -> int:
    """Delete files that nothing refers to, take order and dates from all others; return how many were deleted."""
    known = set(session.scalars(select(Blob.name)))
    gone = vault().blobs.sweep(known)
    vault().blobs.renew(known)
    vault().blobs.level_dates(on)
    return gone + uploads.sweep_waiting()


def compact() -> None:
    """Overwrite what the database still holds of the old order: outside any transaction."""
    with db.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            connection.rollback()
            raw: Any = connection.connection.driver_connection
            for statement in ("PRAGMA wal_checkpoint(TRUNCATE)", "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
                raw.execute(statement)
        else:
            plain = connection.execution_options(isolation_level="AUTOCOMMIT")
            for table in (InLetterbox, OnShelf, Registered, Blob):
                plain.execute(text(f"VACUUM {table.__tablename__}"))


def _hold_all(session: Session) -> None:
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("LOCK TABLE letterbox, shelf, registered, blob IN EXCLUSIVE MODE"))


def _rows(session: Session, table: type[Base]) -> list[dict[str, Any]]:
    columns = [column.key for column in inspect(table).columns]
    return [
        dict(zip(columns, row, strict=True))
        for row in session.execute(select(*(getattr(table, c) for c in columns)))
    ]


def _write(session: Session, table: type[Base], rows: list[dict[str, Any]]) -> None:
    secrets.SystemRandom().shuffle(rows)
    for start in range(0, len(rows), AT_ONCE):
        session.execute(insert(table), rows[start : start + AT_ONCE])

"""Running numbers per series: a sequence on PostgreSQL, a counter row on SQLite; gaps are fine, doubles are not."""

import re

from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Mapped, Session, mapped_column

from feedback_app.core.db import Base, BigId, db


class Counter(Base):
    __tablename__ = "counter"

    series: Mapped[str] = mapped_column(primary_key=True)
    last: Mapped[int] = mapped_column(BigId)


def next_number(session: Session, series: str) -> int:
    """Return the next number of ``series``, from 1 on.

    Raises:
        ValueError: the name of the series is not a plain word.
    """
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,40}", series):
        raise ValueError(series)
    if db.engine.dialect.name == "postgresql":
        return _from_sequence(session, f"number_{series}")
    return _from_counter(session, series)


def _from_sequence(session: Session, sequence: str) -> int:
    """Take a value without waiting for other writers; the first use of a series in a process makes its sequence."""
    key = (str(db.engine.url), sequence)
    if key not in _made:
        _make(sequence)
        _made.add(key)
    try:
        return int(session.scalar(text(f"SELECT nextval('{sequence}')")) or 0)
    except ProgrammingError:
        _made.discard(key)  # the database was restored without it: the next filing makes it anew
        raise


def _make(sequence: str) -> None:
    """Make the sequence in a transaction of its own, so that no other writer waits for this one.

    It must not be looked for in the running transaction first: PostgreSQL would remember there that it is missing.
    """
    with db.engine.begin() as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(20231024)"))
        connection.execute(text(f"CREATE SEQUENCE IF NOT EXISTS {sequence}"))


_made: set[tuple[str, str]] = set()


def _from_counter(session: Session, series: str) -> int:
    """Count in a row: the writer holds SQLite's one write lock anyway."""
    upsert = text(
        "INSERT INTO counter (series, last) VALUES (:series, 1) "
        "ON CONFLICT (series) DO UPDATE SET last = last + 1 RETURNING last"
    )
    return int(session.scalar(upsert, {"series": series}) or 0)

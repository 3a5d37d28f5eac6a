"""Inserting past the unit of work: rows that nothing loaded refers to, and rows that may be there already."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Insert
from sqlalchemy import insert as plain_insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import InstrumentedAttribute, Session

from feedback_app.core.db import Base

Value = TypeVar("Value")


def insert_row(session: Session, model: type[Base], **values: Any) -> int:
    """Insert one row at once and return its id.

    For rows that are written with every deed and read by nobody in the same transaction (history, audit, outbox):
    the unit of work would keep an account of each, which costs more than the insert.
    """
    result = session.connection().execute(_into(model), values)
    return int(result.inserted_primary_key[0])  # type: ignore[index]


def insert_rows(session: Session, model: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert ``rows`` at once, in their order; as ``insert_row``, for those whose ids nobody needs."""
    if rows:
        session.connection().execute(_into(model), rows)


def insert_missing(
    session: Session,
    model: type[Base],
    rows: Sequence[Mapping[str, Any]],
    returning: InstrumentedAttribute[Value],
) -> list[Value]:
    """Insert those of ``rows`` that break no unique constraint; return their column ``returning``."""
    if not rows:
        return []
    on_postgres = session.get_bind().dialect.name == "postgresql"
    insert = postgresql.insert if on_postgres else sqlite.insert
    return list(
        session.scalars(insert(model).values(list(rows)).on_conflict_do_nothing().returning(returning))
    )


@cache
def _into(model: type[Base]) -> Insert:
    return plain_insert(model.__table__)  # type: ignore[arg-type]

"""Rows that may be there already: whoever is second inserts nothing, on both databases."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import InstrumentedAttribute, Session

from feedback_app.core.db import Base


def insert_missing(
    session: Session,
    model: type[Base],
    rows: Sequence[Mapping[str, Any]],
    returning: InstrumentedAttribute[int],
) -> list[int]:
    """Insert those of ``rows`` that break no unique constraint; return their column ``returning``."""
    if not rows:
        return []
    on_postgres = session.get_bind().dialect.name == "postgresql"
    insert = postgresql.insert if on_postgres else sqlite.insert
    return list(
        session.scalars(insert(model).values(list(rows)).on_conflict_do_nothing().returning(returning))
    )

"""Tables of results that were made elsewhere (pulses, releases of sealed reports) and enter a frozen period whole."""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Mapped, Session, mapped_column

from feedback_app.core.db import Base
from feedback_app.core.errors import Conflict


class FrozenTable(Base):
    """One table; once written it stays. ``packed_in``: the frozen period whose package and hash it is part of."""

    __tablename__ = "frozen_table"

    period: Mapped[str] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(primary_key=True)  # pulse | sealed | …
    name: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[dict[str, Any]]
    sha256: Mapped[str]
    at: Mapped[datetime]
    packed_in: Mapped[str | None]


def put(
    session: Session, *, period: str, source: str, name: str, content: dict[str, Any], at: datetime
) -> FrozenTable:
    """Write a table down for good; the next period that is frozen takes it into its package.

    Args:
        period: the code of the period that the results are of, e.g. ``2026-Q3``.
        content: counts and shares that may be published as they are, no small number among them.

    Raises:
        Conflict: there is one of that period, source and name already, with other content.
    """
    sha256 = hashlib.sha256(canonical(content)).hexdigest()
    known = session.get(FrozenTable, (period, source, name))
    if known is not None:
        if known.sha256 != sha256:
            raise Conflict(name)
        return known
    row = FrozenTable(period=period, source=source, name=name, content=content, sha256=sha256, at=at)
    session.add(row)
    session.flush()
    return row


def tables(session: Session, period: str | None = None, source: str | None = None) -> Sequence[FrozenTable]:
    """Return the tables of a period, of a source, or all, in order."""
    own = [FrozenTable.period == period] if period else []
    own += [FrozenTable.source == source] if source else []
    query = select(FrozenTable).where(*own)
    return session.scalars(query.order_by(FrozenTable.period, FrozenTable.source, FrozenTable.name)).all()


def unpacked(session: Session) -> Sequence[FrozenTable]:
    """Return the tables that are in no package yet."""
    query = select(FrozenTable).where(FrozenTable.packed_in.is_(None))
    return session.scalars(query.order_by(FrozenTable.period, FrozenTable.source, FrozenTable.name)).all()


def canonical(content: dict[str, Any]) -> bytes:
    """Return the content as the bytes that its sum is taken of."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1).encode()

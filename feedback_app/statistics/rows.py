"""Facts as rows of their tables and back; many rows at once, by COPY where the database has it."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Table, insert
from sqlalchemy.orm import Session

from feedback_app.core.db import Base
from feedback_app.deadlines.events import Pause
from feedback_app.statistics.facts import CaseFact, FormerDue, Inherited
from feedback_app.statistics.legs import LegFact
from feedback_app.statistics.models import CaseFactRow, LegFactRow

CASE_COLUMNS = tuple(CaseFactRow.__table__.columns)
LEG_COLUMNS = tuple(LegFactRow.__table__.columns)
_LISTS = frozenset({"pauses", "inherited", "former_dues"})
_CASE = tuple(column.name for column in CASE_COLUMNS)
_LEG = tuple(column.name for column in LEG_COLUMNS)


def case_values(fact: CaseFact) -> dict[str, Any]:
    """Return the row of a case."""
    row = {name: getattr(fact, name) for name in _CASE}
    row["pauses"] = [[_iso(pause.paused_on), _iso(pause.resumed_on)] for pause in fact.pauses]
    row["inherited"] = [[before.agency, _iso(before.until)] for before in fact.inherited]
    row["former_dues"] = [[_iso(former.due_on), _iso(former.until)] for former in fact.former_dues]
    return row


def leg_values(leg: LegFact) -> dict[str, Any]:
    return {name: getattr(leg, name) for name in _LEG}


def case_of(row: Mapping[Any, Any]) -> CaseFact:
    """Return the fact of a row that holds every column of ``case_fact``."""
    lists: dict[str, Any] = {
        "pauses": tuple(Pause(date.fromisoformat(a), _date(b)) for a, b in row["pauses"]),
        "inherited": tuple(Inherited(a, date.fromisoformat(b)) for a, b in row["inherited"]),
        "former_dues": tuple(FormerDue(_date(a), date.fromisoformat(b)) for a, b in row["former_dues"]),
    }
    return CaseFact(**{**row, **lists})


def leg_of(row: Mapping[Any, Any]) -> LegFact:
    """Return the fact of a row that holds every column of ``leg_fact``."""
    return LegFact(**row)


def store(session: Session, model: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert ``rows``, each with a value for every column, as quickly as the database can."""
    if not rows:
        return
    table: Table = model.__table__  # type: ignore[assignment]
    if session.get_bind().dialect.name != "postgresql":
        session.execute(insert(table), list(rows))
        return
    names = [column.name for column in table.columns]
    quoted = ", ".join(f'"{name}"' for name in names)
    lists = _LISTS | {"days"}
    cursor = session.connection().connection.cursor()
    with cursor, cursor.copy(f"COPY {table.name} ({quoted}) FROM STDIN") as copy:  # type: ignore[attr-defined]
        for row in rows:
            copy.write_row([json.dumps(row[name]) if name in lists else row[name] for name in names])


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _date(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def batches(rows: Iterable[Mapping[str, Any]], size: int) -> Iterable[list[Mapping[str, Any]]]:
    """Yield the rows in lists of at most ``size``."""
    batch: list[Mapping[str, Any]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch

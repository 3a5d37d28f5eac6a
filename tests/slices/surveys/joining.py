"""What somebody with a dump of the database tries in order to tie an answer to a ticket."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from feedback_app.schema import METADATA

Rows = Sequence[Mapping[str, Any]]
Dump = Mapping[str, Rows]

CODES = frozenset({"period", "agency", "field"})  # what an answer is counted under, and all it may share


def dump(session: Session, extra: Iterable[str] = ()) -> dict[str, Rows]:
    """Return every table, its rows in the order in which they lie on the disk."""
    session.rollback()
    names = [*METADATA.tables, *extra]
    return {
        name: [dict(row) for row in session.execute(text(f'SELECT * FROM "{name}"')).mappings()]
        for name in names
    }


def shared_values(dump: Dump, tables: Iterable[str], known: frozenset[str]) -> set[tuple[str, str]]:
    """Return the columns of ``tables`` that share a value with another table, counters and codes aside."""
    ours = set(tables)
    elsewhere = {
        str(v) for name, rows in dump.items() if name not in ours for row in rows for v in _values(row)
    }
    return {
        (name, column)
        for name in ours
        for row in dump[name]
        for column, value in row.items()
        if column not in known and column not in CODES and str(value) in elsewhere
    }


def _values(row: Mapping[str, Any]) -> Iterable[Any]:
    """Return the values of a row, those inside its JSON too."""
    for value in row.values():
        yield value
        if isinstance(value, str) and value[:1] in "{[":
            yield from value.replace('"', " ").replace(",", " ").split()


def order_agreement(first: Sequence[Any], second: Sequence[Any]) -> float:
    """Return Kendall's tau between the places of the same things in two lists: 1 the same order, 0 none."""
    place = {thing: i for i, thing in enumerate(second)}
    places = [place[thing] for thing in first if thing in place]
    pairs = [(a, b) for i, a in enumerate(places) for b in places[i + 1 :]]
    return sum(1 if a < b else -1 for a, b in pairs) / len(pairs) if pairs else 0.0

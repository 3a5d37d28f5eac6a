"""Taking the facts of changed tickets, and what they change in the sums."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import Table, and_, bindparam, delete, func, or_, select, text
from sqlalchemy.orm import Session

from feedback_app.catalogue.store import Loaded
from feedback_app.core.db import Base
from feedback_app.statistics import history, queries
from feedback_app.statistics.figures import Group
from feedback_app.statistics.models import (
    COUNTED,
    CaseFactRow,
    ChangedTicket,
    DeedDay,
    DeedMonth,
    LegFactRow,
    OpenDay,
    StatisticsMark,
)
from feedback_app.statistics.rollup import Key, Sum, Sums
from feedback_app.statistics.rows import case_values, leg_values, store
from feedback_app.statistics.snapshot import waiting_on
from feedback_app.statistics.terms import Terms

BATCH = 1000
ONE = 1
WAITING_NAMES = ("open", "overdue", "paused")
_LOCK = 181420240709  # one refresh at a time


def take_changed(session: Session, loaded: Loaded, limit: int = BATCH) -> int:
    """Take anew the facts of up to ``limit`` tickets on the list of changed ones; return how many.

    The lines of the list go with them: what is written from now on adds lines of its own.
    """
    one_at_a_time(session)
    if queries.is_building(session):
        return 0
    listed = select(ChangedTicket.ticket_id).distinct().order_by(ChangedTicket.ticket_id).limit(limit)
    ids = list(session.scalars(listed))
    if not ids:
        return 0
    lines = session.scalars(select(ChangedTicket.id).where(ChangedTicket.ticket_id.in_(ids))).all()
    sums = Sums()
    for fact in queries.cases(session, CaseFactRow.ticket_id.in_(ids)):
        sums.add(fact, -1)
    _replace(session, loaded, ids, sums)
    add(session, sums)
    for start in range(0, len(lines), BATCH):
        session.execute(delete(ChangedTicket).where(ChangedTicket.id.in_(lines[start : start + BATCH])))
    return len(ids)


def _replace(session: Session, loaded: Loaded, ids: Sequence[int], sums: Sums) -> None:
    cases = list(history.cases_of(session, Terms(session, loaded), ids))
    for model in (LegFactRow, CaseFactRow):
        session.execute(delete(model).where(model.ticket_id.in_(ids)))
    for fact, _legs in cases:
        sums.add(fact)
    store(session, CaseFactRow, [case_values(fact) for fact, _legs in cases])
    store(session, LegFactRow, [leg_values(leg) for _fact, legs in cases for leg in legs])


def add(session: Session, change: Sums) -> None:
    """Add a change to both sums; a row of which nothing is left goes."""
    for model, part in ((DeedDay, change.by_day), (DeedMonth, change.by_month)):
        moved = {key: sum_ for key, sum_ in part.items() if not sum_.is_empty()}
        if moved:
            _add(session, model, moved)


def _add(session: Session, model: type[DeedDay | DeedMonth], change: Mapping[Key, Sum]) -> None:
    days = sorted({day for day, _group in change})
    column = queries.day_of(model)
    for row in session.execute(select(*model.__table__.columns).where(column.in_(days))).mappings():
        key = (row[column.name], queries.group_of(row))
        if key in change:
            change[key].include({name: row[name] for name in COUNTED}, queries.distribution(row.get("days")))
    table = cast("Table", model.__table__)
    own = (column == bindparam(f"at_{column.name}") for column in table.primary_key.columns)
    gone = [{f"at_{name}": value for name, value in _named(model, key).items()} for key in change]
    session.connection().execute(delete(table).where(*own), gone)
    store(session, model, list(sum_rows(model, change)))


def sum_rows(model: type[DeedDay | DeedMonth], sums: Mapping[Key, Sum]) -> Iterator[dict[str, Any]]:
    """Yield the rows of a rollup; empty ones are none."""
    for key, sum_ in sums.items():
        if sum_.is_empty():
            continue
        row = _named(model, key) | {name: sum_.counts.get(name, 0) for name in COUNTED}
        if model is DeedDay:
            row["days"] = {str(days): n for days, n in sorted(sum_.days.items()) if n}
        yield row


def _named(model: type[Base], key: Key) -> dict[str, Any]:
    day, group = key
    if model is DeedMonth:
        return {"month": day, "agency": group.agency, "field": group.field}
    return {"day": day, "agency": group.agency, "field": group.field, "sensitive": group.sensitive}


def write_day(session: Session, day: date) -> None:
    """Write what waited at the end of ``day``, in place of what was written before."""
    open_then = and_(
        CaseFactRow.started_on <= day, or_(CaseFactRow.ended_on.is_(None), CaseFactRow.ended_on > day)
    )
    counts = waiting_on(queries.cases_with_legs(session, open_then), day)
    session.execute(delete(OpenDay).where(OpenDay.day == day))
    store(session, OpenDay, list(open_rows(day, counts)))


def open_rows(day: date, counts: Mapping[Group, Mapping[str, int]]) -> Iterator[dict[str, Any]]:
    """Yield the rows of a snapshot."""
    for group, waiting in counts.items():
        names = {name: waiting.get(name, 0) for name in WAITING_NAMES}
        if any(names.values()):
            yield _named(OpenDay, (day, group)) | names


def set_mark(session: Session, *, at: datetime, day: date) -> None:
    """Write down how far the tables stand."""
    session.merge(StatisticsMark(id=ONE, as_of=at, day=day, building_since=None))


def waiting(session: Session) -> int:
    """Return how many tickets are on the list."""
    return session.scalar(select(func.count(ChangedTicket.ticket_id.distinct()))) or 0


def one_at_a_time(session: Session) -> None:
    """Let a second refresh wait for the first; SQLite has one writer anyway."""
    if session.connection().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})

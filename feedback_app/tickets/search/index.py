"""Keeping the index in step: a ticket at once when it changes hands, all that changed every minute, or all of it anew.

Filing writes nothing here. What is newer than the index is found by its text alone until it is written down.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from types import ModuleType

from sqlalchemy import and_, delete, func, insert, or_, select
from sqlalchemy.orm import Session

from feedback_app.core.db import db, unit_of_work
from feedback_app.tickets.models import Ticket, TimelineEntry
from feedback_app.tickets.search import building, postgres, sqlite
from feedback_app.tickets.search.documents import documents
from feedback_app.tickets.search.tables import IndexMark, WordShare

BATCH = 500
ONE = 1
# lines of history get their numbers before they are committed: the youngest are read twice
OVERLAP, SETTLED = 5_000, timedelta(minutes=2)


def backend(session: Session) -> ModuleType:
    """Return the module that speaks this database's language."""
    return postgres if session.get_bind().dialect.name == "postgresql" else sqlite


def write(session: Session, ticket_ids: Sequence[int]) -> None:
    """Write down the tickets as they stand now."""
    backend(session).store(session, documents(session, ticket_ids))


def catch_up(at: datetime) -> int:
    """Write down every ticket whose history went on since the last time; return how many."""
    with unit_of_work() as session:
        mark = session.get(IndexMark, ONE)
        through = _newest_entry(session)
        ids = _changed(session, mark.entry_id if mark else 0, at)
        ids += _missing(session, set(ids))
    for start in range(0, len(ids), BATCH):
        with unit_of_work() as session:
            write(session, ids[start : start + BATCH])
    with unit_of_work() as session:
        _set_mark(session, through, at)
    return len(ids)


def rebuild(at: datetime, told: Callable[[int], None] = lambda _: None) -> int:
    """Build the index anew beside the one in use and put it in its place; return how many tickets it holds.

    Args:
        told: is told after each batch how many are done.
    """
    with unit_of_work() as session:
        through = _newest_entry(session)
        builder = building.builder(session)
        builder.begin(session)
    done = after = 0
    while ids := _next_ids(after):
        with unit_of_work() as session:
            builder.add(session, documents(session, ids))
        done, after = done + len(ids), ids[-1]
        told(done)
    with unit_of_work() as session:
        builder.finish(session)
        _set_mark(session, through, at)
    refresh_shares()
    catch_up(at)
    return done


def refresh_shares() -> int:
    """Count anew how common the common words are; return how many there are."""
    with unit_of_work() as session:
        shares = backend(session).shares(session)
        session.execute(delete(WordShare))
        if shares:
            session.execute(insert(WordShare), [{"word": w, "share": s} for w, s in shares.items()])
    return len(shares)


def _newest_entry(session: Session) -> int:
    return session.scalar(select(func.max(TimelineEntry.id))) or 0


def _set_mark(session: Session, entry_id: int, at: datetime) -> None:
    session.merge(IndexMark(id=ONE, entry_id=entry_id, at=at))


def _changed(session: Session, entry_id: int, at: datetime) -> list[int]:
    young = and_(TimelineEntry.id > entry_id - OVERLAP, TimelineEntry.at > at - SETTLED)
    query = select(TimelineEntry.ticket_id).where(or_(TimelineEntry.id > entry_id, young))
    return list(session.scalars(query.where(TimelineEntry.id > entry_id - OVERLAP).distinct()))


def _missing(session: Session, known: set[int]) -> list[int]:
    """Return tickets that are newer than the index, whatever their history says."""
    query = select(Ticket.id).where(Ticket.id > backend(session).through(session)).order_by(Ticket.id)
    return [id_ for id_ in session.scalars(query) if id_ not in known]


def _next_ids(after: int) -> list[int]:
    query = select(Ticket.id).where(Ticket.id > after).order_by(Ticket.id).limit(BATCH * 4)
    return list(db.session().scalars(query))

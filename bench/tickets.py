"""Many tickets, quickly: rows as filing, routing and answering leave them, written in bulk."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import islice
from random import Random
from typing import Any

from sqlalchemy import Connection, insert
from sqlalchemy.orm import Session

from bench import drafts
from bench.servers import Site
from feedback_app.catalogue import store
from feedback_app.catalogue.store import Loaded
from feedback_app.core import clock
from feedback_app.core.db import db, unit_of_work
from feedback_app.core.text import fold
from feedback_app.deadlines.profiles import profile_for
from feedback_app.tickets.models import Assignment, ClockEventRow, Filer, Ticket, TimelineEntry

AGENCIES = (
    "so-xd",
    "so-khdt",
    "so-tnmt",
    "thue",
    "so-ldtbxh",
    "bhxh",
    "nha-trang",
    "cam-ranh",
    "dien-luc",
    "so-ct",
)
SEED, BATCH = 1814, 5000
OPEN_ELSEWHERE = 0.05  # share of the other agencies' tickets that is open
DAYS_BACK, DAYS_OPEN = 700, 20

Row = dict[str, Any]


def fill(site: Site, count: int, open_here: int) -> None:
    """Store ``count`` tickets of ten agencies; exactly ``open_here`` of ``drafts.LEAD`` are open.

    Those of the agency come first, so that its open ones are the same in a small and a large database.
    """
    with site.app.app_context():
        loaded = store.current(db.session())
        rows = rows_of(count, open_here, loaded)
        while batch := list(islice(rows, BATCH)):
            with unit_of_work() as session:
                store_rows(session, batch)
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            _go_on_after(connection, count)
            connection.exec_driver_sql("ANALYZE")
        db.session.remove()


def _go_on_after(connection: Connection, count: int) -> None:
    """Let ids and numbers of what is filed next follow those that were written in bulk."""
    series = f"ticket_{clock.today().year}"
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"CREATE SEQUENCE IF NOT EXISTS number_{series}")
        for sequence in (f"'number_{series}'", "pg_get_serial_sequence('ticket', 'id')"):
            connection.exec_driver_sql(f"SELECT setval({sequence}, {count})")
    else:
        connection.exec_driver_sql(f"INSERT INTO counter (series, last) VALUES ('{series}', {count})")


def rows_of(count: int, open_here: int, loaded: Loaded) -> Iterator[Row]:
    """Yield ``count`` tickets; the first ``open_here`` are open, at ``drafts.LEAD``."""
    random, today = Random(SEED), clock.today()
    profile = loaded.version_ids[f"regulations/{profile_for(loaded.catalogue, today).code}"]
    calendar = loaded.version_ids[f"calendars/{loaded.catalogue.calendars[0].code}"]
    for number in range(1, count + 1):
        here = number <= open_here
        is_open = here or random.random() < OPEN_ELSEWHERE
        agency = drafts.LEAD if here else random.choice(AGENCIES[1:] if is_open else AGENCIES)
        received = today - timedelta(days=random.randrange(DAYS_OPEN if is_open else DAYS_BACK))
        row = _ticket(number, loaded.agency_ids[agency], received, is_open=is_open)
        yield row | {"profile_id": profile, "calendar_id": calendar}


def _ticket(number: int, agency_id: int, received: date, *, is_open: bool) -> Row:
    title = f"{drafts.TITLE} (việc thứ {number})"
    at = datetime(received.year, received.month, received.day, 3, tzinfo=clock.LOCAL) + timedelta(hours=7)
    state = ("assigned", "open") if is_open else ("closed", "closed")
    code = f"KH-{received.year}-{number:06d}"
    return {
        "id": number,
        "code": code,
        "kind": "obstacle",
        "field": "construction",
        "title": title,
        "body": drafts.BODY,
        "folded": fold(f"{code} {title} {drafts.BODY}"),
        "status": state[0],
        "clock": state[1],
        "received_at": at,
        "received_on": received,
        "due_on": received + timedelta(days=14),
        "answered_on": None if is_open else received + timedelta(days=9),
        "closed_on": None if is_open else received + timedelta(days=12),
        "lead_id": agency_id,
        "holder_id": agency_id,
        "submission": f"bench-{number}",
    }


def store_rows(session: Session, batch: list[Row]) -> None:
    """Write the tickets of a batch with their filers, first leg, start of the clock and two lines of history."""
    session.execute(insert(Ticket), batch)
    session.execute(
        insert(Filer),
        [
            {
                "ticket_id": t["id"],
                "filer_type": "enterprise",
                "name": drafts.NAME,
                "folded": fold(drafts.NAME),
            }
            for t in batch
        ],
    )
    session.execute(insert(Assignment), [_leg(ticket) for ticket in batch])
    session.execute(insert(ClockEventRow), [_start(ticket) for ticket in batch])
    lines = [_line(ticket, kind) for ticket in batch for kind in ("filed", "assigned")]
    session.execute(insert(TimelineEntry), lines)


def _leg(ticket: Row) -> Row:
    return {
        "ticket_id": ticket["id"],
        "agency_id": ticket["lead_id"],
        "part": "lead",
        "round": 1,
        "started_at": ticket["received_at"],
        "started_on": ticket["received_on"],
        "candidates": {},
    }


def _start(ticket: Row) -> Row:
    on, at = ticket["received_on"], ticket["received_at"]
    return {"ticket_id": ticket["id"], "round": 1, "kind": "start", "on": on, "at": at}


def _line(ticket: Row, kind: str) -> Row:
    return {"ticket_id": ticket["id"], "kind": kind, "at": ticket["received_at"], "public": True, "data": {}}

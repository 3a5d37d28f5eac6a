"""Finding reports, in the letterbox and on the shelf alike."""

from datetime import date

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from feedback_app.confidential.errors import NotFound
from feedback_app.confidential.models import InLetterbox, OnShelf, Report

TABLES: tuple[type[Report], ...] = (InLetterbox, OnShelf)


def find(session: Session, report_id: str) -> Report:
    """Return the report. Raises NotFound."""
    for table in TABLES:
        found = session.get(table, report_id)
        if found is not None:
            return found
    raise NotFound


def by_lookup(session: Session, lookup: bytes) -> Report | None:
    """Return the report of a receipt; both tables are always asked, so that time does not tell."""
    found = [session.scalars(select(table).where(table.lookup == lookup)).first() for table in TABLES]
    return found[0] or found[1]


def of_body(
    session: Session, body: str, *, since: date | None = None, until: date | None = None
) -> list[Report]:
    """Return all reports of the body by week of filing, ``until`` not included; a week's in no order."""
    found: list[Report] = []
    for table in TABLES:
        query = select(table).where(table.body == body)
        if since is not None:
            query = query.where(table.week >= since)
        if until is not None:
            query = query.where(table.week < until)
        found += session.scalars(query).all()
    return sorted(found, key=lambda report: (report.week, report.id))


def hold_lookup(session: Session, lookup: bytes) -> None:
    """Let nobody else file under the same receipt, nor the nightly rewrite run, until this transaction ends.

    On SQLite the unit of work holds the database's one write lock already.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("LOCK TABLE letterbox IN ROW EXCLUSIVE MODE"))
        number = int.from_bytes(lookup[:8], "big", signed=True)
        session.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": number})

"""One line of a ticket's history, written with the deed itself, next to its audit entry."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from feedback_app.core import audit
from feedback_app.core.inserting import insert_row
from feedback_app.tickets.models import Ticket, TimelineEntry


class Entry(StrEnum):
    """What a line tells."""

    ACCEPTED = "accepted"
    ANSWERED = "answered"
    ASKED = "asked"
    ASSIGNED = "assigned"
    CLOSED = "closed"
    DISPUTED = "disputed"
    FILED = "filed"
    FILES_RELEASED = "files_released"
    NOTED = "noted"
    PASSED_UP = "passed_up"
    RATED = "rated"
    REMINDED = "reminded"
    REPLIED = "replied"
    RETURNED = "returned"
    TRIAGE = "triage"
    WITHDRAWN = "withdrawn"


BY_OWNER = frozenset({Entry.DISPUTED, Entry.FILED, Entry.RATED, Entry.REPLIED, Entry.WITHDRAWN})
INTERNAL = frozenset({Entry.NOTED, Entry.REMINDED, Entry.FILES_RELEASED})


def tell(
    session: Session,
    ticket: Ticket,
    entry: Entry,
    *,
    at: datetime,
    actor_id: int | None = None,
    agency_id: int | None = None,
    **data: Any,
) -> None:
    """Add the line and the audit entry; ``data`` holds ids, codes and dates, never what people wrote."""
    insert_row(
        session,
        TimelineEntry,
        ticket_id=ticket.id,
        kind=entry,
        at=at,
        actor_id=actor_id,
        agency_id=agency_id,
        public=entry not in INTERNAL,
        data=data,
    )
    audit.record(
        session, f"ticket.{entry}", at=at, actor_id=actor_id, subject=ticket.code, agency=agency_id, **data
    )

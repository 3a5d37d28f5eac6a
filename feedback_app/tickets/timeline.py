"""One line of a ticket's history, written with the deed itself, next to its audit entry."""

from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from sqlalchemy.orm import Session

from feedback_app.core import audit
from feedback_app.core.inserting import insert_row
from feedback_app.tickets.models import TimelineEntry


class Entry(StrEnum):
    """What a line tells."""

    ACCEPTED = "accepted"
    ANSWERED = "answered"
    ANSWERED_TOGETHER = "answered_together"
    APOLOGISED = "apologised"
    APPROVED = "approved"
    ASKED = "asked"
    ASSIGNED = "assigned"
    CALENDAR_CHANGED = "calendar_changed"
    CLOSED = "closed"
    CLUSTERED = "clustered"
    CONSENT_ASKED = "consent_asked"
    CONSENT_GIVEN = "consent_given"
    CONSENT_REFUSED = "consent_refused"
    DELEGATED = "delegated"
    DIRECTED = "directed"
    DISPUTED = "disputed"
    DRAFTED = "drafted"
    DRAFT_RETURNED = "draft_returned"
    EXTENDED = "extended"
    EXTENSION_ASKED = "extension_asked"
    EXTENSION_REFUSED = "extension_refused"
    FILED = "filed"
    FILES_RELEASED = "files_released"
    INSTRUCTED = "instructed"
    JOINED_PROJECT = "joined_project"
    MINISTRY_REPLIED = "ministry_replied"
    MOVED = "moved"
    NOTED = "noted"
    OBJECTED = "objected"
    OBJECTION_SETTLED = "objection_settled"
    OPINION_ASKED = "opinion_asked"
    OPINION_GIVEN = "opinion_given"
    PASSED_UP = "passed_up"
    PAUSE_ASKED = "pause_asked"
    PAUSE_REFUSED = "pause_refused"
    PETITIONED = "petitioned"
    PROMISED = "promised"
    PROMISE_DUE = "promise_due"
    PROMISE_BROKEN = "promise_broken"
    PROMISE_KEPT = "promise_kept"
    PUBLICATION_AGREED = "publication_agreed"
    PUBLICATION_ASKED = "publication_asked"
    PUBLICATION_REFUSED = "publication_refused"
    PUT_ON_BACKLOG = "put_on_backlog"
    RATED = "rated"
    RECLASSIFIED = "reclassified"
    RECOGNISED = "recognised"
    RECUSED = "recused"
    REDIRECTED = "redirected"
    REJECTED = "rejected"
    REMINDED = "reminded"
    REOPENED = "reopened"
    REPLIED = "replied"
    REPORTED_UP = "reported_up"
    RESUMED = "resumed"
    RETURNED = "returned"
    RULE_CHANGED = "rule_changed"
    TRIAGE = "triage"
    WATCHED = "watched"
    WATCH_DUE = "watch_due"
    WITHDRAWN = "withdrawn"


BY_OWNER = frozenset(
    {
        Entry.CONSENT_GIVEN,
        Entry.CONSENT_REFUSED,
        Entry.DISPUTED,
        Entry.FILED,
        Entry.PUBLICATION_AGREED,
        Entry.PUBLICATION_REFUSED,
        Entry.RATED,
        Entry.REOPENED,
        Entry.REPLIED,
        Entry.WITHDRAWN,
    }
)
INTERNAL = frozenset(
    {
        Entry.APPROVED,
        Entry.DELEGATED,
        Entry.DRAFTED,
        Entry.DRAFT_RETURNED,
        Entry.EXTENSION_ASKED,
        Entry.EXTENSION_REFUSED,
        Entry.FILES_RELEASED,
        Entry.INSTRUCTED,
        Entry.NOTED,
        Entry.PAUSE_ASKED,
        Entry.PAUSE_REFUSED,
        Entry.PROMISE_DUE,
        Entry.RECUSED,
        Entry.REMINDED,
        Entry.WATCH_DUE,
    }
)


class Told(Protocol):
    """The ticket whose history it is; one that was filed a moment ago has no more than these."""

    @property
    def id(self) -> int: ...
    @property
    def code(self) -> str: ...


def tell(
    session: Session,
    ticket: Told,
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

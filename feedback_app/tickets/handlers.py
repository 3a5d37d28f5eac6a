"""What the outbox sets in motion on tickets."""

from sqlalchemy.orm import Session

from feedback_app.catalogue import store
from feedback_app.core import clock
from feedback_app.core.outbox import Payload, goes_first
from feedback_app.tickets import queries, recalendar
from feedback_app.tickets.events import CalendarChanged
from feedback_app.tickets.search import index
from feedback_app.tickets.services import assigning, backlog, clustering
from feedback_app.tickets.timeline import Entry

DECISIONS = frozenset({Entry.REJECTED, Entry.REDIRECTED, Entry.PUT_ON_BACKLOG})


@goes_first
def route(session: Session, payload: Payload) -> None:
    """Assign a filed ticket by the rules in force."""
    ticket = queries.by_id(session, payload["ticket_id"])
    assigning.route_ticket(session, ticket, store.current(session), at=clock.now())


def move_to_calendar(session: Session, payload: Payload) -> None:
    """Move a batch of open tickets to the calendar that was published."""
    recalendar.move_batch(session, CalendarChanged(**payload), at=clock.now())


def proposal_decided(session: Session, payload: Payload) -> None:
    """Tell the enterprises that asked for the rule, and close the tickets that waited for it."""
    backlog.tell_decided(session, payload["proposal_id"], after=payload["after"], at=clock.now())


def write_down(session: Session, payload: Payload) -> None:
    """Keep the search in step with a ticket that changed hands or state."""
    index.write(session, [payload["ticket_id"]])


def decided_alone(session: Session, payload: Payload) -> None:
    """Let a ticket that was decided or ended on its own leave its cluster."""
    if payload.get("entry") in {None, *DECISIONS}:
        clustering.left_by_itself(session, payload["ticket_id"])

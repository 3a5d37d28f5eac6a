"""What the outbox sets in motion on tickets."""

from sqlalchemy.orm import Session

from feedback_app.catalogue import store
from feedback_app.core import clock
from feedback_app.core.outbox import Payload
from feedback_app.tickets import queries
from feedback_app.tickets.services import assigning


def route(session: Session, payload: Payload) -> None:
    """Assign a filed ticket by the rules in force."""
    ticket = queries.by_id(session, payload["ticket_id"])
    assigning.route_ticket(session, ticket, store.current(session), at=clock.now())

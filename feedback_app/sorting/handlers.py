"""What an assignment sets in motion here: a correction of routing is kept."""

from sqlalchemy.orm import Session

from feedback_app.catalogue import store
from feedback_app.core.outbox import Payload
from feedback_app.sorting.services import keep_correction
from feedback_app.tickets import queries


def assigned(session: Session, payload: Payload) -> None:
    """Keep it if a person chose another agency than routing's first."""
    if not payload["triage"]:
        ticket = queries.by_id(session, payload["ticket_id"])
        keep_correction(session, ticket, store.current(session), payload["agency_id"])

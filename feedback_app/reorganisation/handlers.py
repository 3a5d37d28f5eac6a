"""What the outbox sets in motion on reorganisations."""

from sqlalchemy.orm import Session

from feedback_app.core import clock
from feedback_app.core.outbox import Payload
from feedback_app.reorganisation.models import AppliedReorganisation
from feedback_app.reorganisation.services.applying import go_on


def tickets_left(session: Session, payload: Payload) -> None:
    """Move the next batch; as long as any are left, the next one is ordered with it."""
    go_on(session, session.get_one(AppliedReorganisation, payload["reorganisation_id"]), at=clock.now())

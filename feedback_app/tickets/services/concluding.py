"""A decision by the way that the agency has: sent at once where one person may, else drafted and handed in."""

from datetime import datetime

from sqlalchemy.orm import Session

from feedback_app.accounts.actor import Actor
from feedback_app.catalogue.store import Loaded
from feedback_app.tickets.models import Answer, Ticket
from feedback_app.tickets.services import answering, approving
from feedback_app.tickets.services.answering import Decision


def conclude_or_draft(
    session: Session,
    ticket: Ticket,
    decision: Decision,
    loaded: Loaded,
    *,
    by: Actor,
    at: datetime,
    cluster: str = "",
) -> Answer | None:
    """Send the decision, or hand a draft of it in to the agency's approvals; return what was sent, if it was.

    Args:
        cluster: the number of the cluster whose common answer it is.

    Raises:
        Forbidden, IllegalTransition: see ``moving.require``.
        Invalid: see ``answering.conclude``.
    """
    if answering.may_send(loaded, ticket, by):
        return answering.decide(session, ticket, decision, by=by, at=at)
    draft = approving.save(session, ticket, decision, by=by, at=at, cluster=cluster)
    approving.hand_in(session, ticket, draft, by=by, at=at)
    return None

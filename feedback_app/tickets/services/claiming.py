"""A guest's ticket joins an account: whoever has the tracking code may do everything with it anyway."""

from datetime import datetime

from sqlalchemy.orm import Session

from feedback_app.core import audit
from feedback_app.core.errors import NotFound
from feedback_app.tickets import queries
from feedback_app.tickets.policy import Owner


def claim(session: Session, tracking_hash: str, *, by: Owner, at: datetime) -> str:
    """Give the ticket of that tracking code to the enterprise; return its number. The code keeps working.

    Claiming one's own ticket again changes nothing.

    Raises:
        NotFound: no such ticket, or it is another enterprise's.
    """
    ticket = queries.tracked(session, tracking_hash)
    if ticket is None or ticket.enterprise_id not in {None, by.enterprise_id}:
        raise NotFound
    if ticket.enterprise_id is None:
        ticket.enterprise_id = by.enterprise_id
        audit.record(session, "ticket.claimed", at=at, actor_id=by.user_id, subject=ticket.code)
    return ticket.code

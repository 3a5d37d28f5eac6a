"""A line of the history and, in the same breath, the news of it to whoever must hear."""

from datetime import datetime
from typing import Any, Literal

from sqlalchemy.orm import Session

from feedback_app.core import outbox
from feedback_app.tickets.events import TicketNews
from feedback_app.tickets.models import Ticket
from feedback_app.tickets.timeline import Entry, tell

To = Literal["enterprise", "holder", "head", "province", "focal_point", "agency", "person"]


def announce(
    session: Session,
    ticket: Ticket,
    entry: Entry,
    to: To,
    *,
    at: datetime,
    whom: int | None = None,
    legal: bool = False,
    actor_id: int | None = None,
    agency_id: int | None = None,
    **data: Any,
) -> None:
    """Write the line and publish the news; see ``TicketNews`` for ``to``, ``whom`` and ``legal``."""
    tell(session, ticket, entry, at=at, actor_id=actor_id, agency_id=agency_id, **data)
    outbox.publish(session, TicketNews(ticket_id=ticket.id, entry=entry, to=to, whom=whom, legal=legal))

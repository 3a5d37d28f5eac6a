"""The tickets of the enterprise whose account is signed in."""

from typing import TYPE_CHECKING

from feedback_app.core.errors import NotFound
from feedback_app.tickets import queries
from feedback_app.tickets.models import Ticket
from feedback_app.tickets.policy import Owner
from feedback_app.web.identity import actor

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def enterprise_id() -> int:
    """Return the enterprise of the person who is signed in; behind the gate there is one.

    Raises:
        NotFound: there is none.
    """
    found = actor().enterprise_id
    if found is None:
        raise NotFound
    return found


def load(session: "Session", code: str, *, whole: bool = False) -> tuple[Ticket, Owner]:
    """Return the enterprise's own ticket.

    Raises:
        NotFound: it is not this enterprise's.
    """
    own = enterprise_id()
    ticket = queries.owned_by(session, own, code, whole=whole)
    return ticket, Owner(user_id=actor().user_id, enterprise_id=own)

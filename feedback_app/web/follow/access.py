"""What a guest may see: the tickets whose tracking code was typed in this browser a short while ago.

The signed cookie holds the keyed hash under which the ticket is found, never the code itself.
"""

from typing import TYPE_CHECKING

from flask import session as cookie

from feedback_app.core import clock
from feedback_app.core.errors import NotFound
from feedback_app.tickets import queries
from feedback_app.tickets.models import Ticket
from feedback_app.tickets.policy import Owner

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

HOURS = 4
MOST = 5  # tickets at a time: a cookie is small
KEY = "followed"


def grant(code: str, tracking_hash: str) -> None:
    """Let this browser see the ticket ``code`` for the next hours."""
    until = int(clock.now().timestamp()) + HOURS * 3600
    kept = {other: right for other, right in cookie.get(KEY, {}).items() if other != code}
    cookie[KEY] = dict(list(kept.items())[-(MOST - 1) :]) | {code: [tracking_hash, until]}


def load(session: "Session", code: str, *, whole: bool = False) -> tuple[Ticket, Owner]:
    """Return the ticket that this browser was granted.

    Raises:
        NotFound: it was granted none of that number, or no longer.
    """
    tracking_hash, until = cookie.get(KEY, {}).get(code, ("", 0))
    if until < clock.now().timestamp():
        raise NotFound(code)
    ticket = queries.tracked(session, tracking_hash, whole=whole)
    if ticket is None or ticket.code != code:
        raise NotFound(code)
    return ticket, Owner()

"""A hidden name: the agency asks, the filer alone decides."""

from datetime import datetime

from sqlalchemy.orm import Session

from feedback_app.accounts.actor import Actor
from feedback_app.tickets.coordination import ConsentRequest
from feedback_app.tickets.lifecycle import Act
from feedback_app.tickets.models import Ticket
from feedback_app.tickets.policy import Owner
from feedback_app.tickets.services.moving import require
from feedback_app.tickets.services.telling import announce
from feedback_app.tickets.timeline import Entry


def ask(
    session: Session, ticket: Ticket, *, by: Actor, text: str, at: datetime, seen_version: int | None = None
) -> ConsentRequest:
    """Ask the filer to show the name, saying what for; the clock does not notice.

    Raises:
        Forbidden, Conflict, IllegalTransition: see ``moving.require``.
    """
    require(by, Act.ASK_CONSENT, ticket, seen_version)
    request = ConsentRequest(agency_id=ticket.holder_id, text=text, asked_by_id=by.user_id, asked_at=at)
    ticket.consents.append(request)
    announce(
        session,
        ticket,
        Entry.CONSENT_ASKED,
        "enterprise",
        at=at,
        actor_id=by.user_id,
        agency_id=ticket.holder_id,
    )
    return request


def decide(session: Session, ticket: Ticket, *, by: Owner, granted: bool, at: datetime) -> None:
    """Show the name to the agencies from now on, or keep it hidden.

    Files that were withheld stay so until the focal point releases them: consent is about the name.

    Raises:
        Forbidden, IllegalTransition: see ``moving.require``.
    """
    require(by, Act.CONSENT, ticket)
    request = waiting(ticket)
    request.granted, request.decided_at = granted, at
    if granted:
        ticket.hide_identity = False
    entry = Entry.CONSENT_GIVEN if granted else Entry.CONSENT_REFUSED
    announce(session, ticket, entry, "holder", at=at, actor_id=by.user_id)


def waiting(ticket: Ticket) -> ConsentRequest:
    """Return the request that waits; ``policy`` has said that there is one."""
    return next(c for c in ticket.consents if c.granted is None)

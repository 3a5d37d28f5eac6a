"""A ticket that was filed under the wrong kind: the focal point puts it right, and its limit with it."""

from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from feedback_app.accounts.actor import Actor
from feedback_app.catalogue.packs import Kind
from feedback_app.catalogue.store import Loaded
from feedback_app.core import clock, outbox
from feedback_app.core.errors import Invalid
from feedback_app.core.i18n import language
from feedback_app.deadlines.errors import DeadlineError
from feedback_app.tickets import clocks
from feedback_app.tickets.events import TicketNews
from feedback_app.tickets.lifecycle import Act
from feedback_app.tickets.models import Message, Ticket
from feedback_app.tickets.services.moving import require
from feedback_app.tickets.services.telling import announce
from feedback_app.tickets.timeline import Entry

SAID = "reclassified"


def kinds(loaded: Loaded, ticket: Ticket) -> list[Kind]:
    """Return the kinds that the ticket may become: never one that has a confidential way of its own."""
    return [kind for kind in Kind if kind not in {ticket.kind, *loaded.catalogue.routing.sensitive_kinds}]


def preview(session: Session, ticket: Ticket, kind: str, *, on: date) -> date | None:
    """Return the due date as it would be; None while the clock is paused.

    Raises:
        Invalid: the profile has no limit for that kind, or what happened to the clock does not fit it.
    """
    try:
        return clocks.deadline_as(session, ticket, kind, on=on).due_on
    except DeadlineError as error:
        raise Invalid(error.text.in_language(language()), "kind") from None


def reclassify(
    session: Session,
    ticket: Ticket,
    kind: str,
    loaded: Loaded,
    *,
    reason: str,
    by: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> None:
    """Change the kind; the limit of the new one runs from receipt, and the enterprise is told why.

    Raises:
        Forbidden, Conflict, IllegalTransition: see ``moving.require``.
        Invalid: not a kind it may become, or its clock cannot be counted under that kind.
    """
    require(by, Act.RECLASSIFY, ticket, seen_version)
    if kind not in kinds(loaded, ticket):
        raise Invalid(_("Không thể đổi sang loại này."), "kind")
    preview(session, ticket, kind, on=clock.local_date(at))
    was, before = ticket.kind, ticket.due_on
    clocks.reclassify(session, ticket, kind, at=at)
    session.add(_why(ticket, reason, by, at))
    dates: dict[str, Any] = {"before": _iso(before), "after": _iso(ticket.due_on)}
    announce(
        session,
        ticket,
        Entry.RECLASSIFIED,
        "enterprise",
        legal=True,
        at=at,
        actor_id=by.user_id,
        was=was,
        kind=kind,
        **dates,
    )
    if ticket.holder_id is not None:
        outbox.publish(session, TicketNews(ticket_id=ticket.id, entry=Entry.RECLASSIFIED, to="holder"))


def _why(ticket: Ticket, reason: str, by: Actor, at: datetime) -> Message:
    told = {"text": reason.strip(), "author_id": by.user_id, "agency_id": None}
    return Message(ticket_id=ticket.id, kind=SAID, round=ticket.round, at=at, **told)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None

"""Objections: a department among equals may not overrule, so Văn phòng UBND tỉnh settles them, and that ends it."""

from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from feedback_app.accounts.actor import Actor
from feedback_app.core.errors import Invalid
from feedback_app.deadlines.events import EventKind
from feedback_app.tickets import clocks
from feedback_app.tickets.coordination import Objection
from feedback_app.tickets.facts import BY_THE_PROVINCE, lead_leg
from feedback_app.tickets.lifecycle import Act
from feedback_app.tickets.models import Ticket
from feedback_app.tickets.policy import Owner
from feedback_app.tickets.services import assigning
from feedback_app.tickets.services.moving import require
from feedback_app.tickets.services.telling import To, announce
from feedback_app.tickets.timeline import Entry

ASSIGNMENT, EXTENSION = "assignment", "extension"


def to_assignment(
    session: Session, ticket: Ticket, *, by: Actor, text: str, at: datetime, seen_version: int | None = None
) -> Objection:
    """Object to a provisional assignment.

    Raises:
        Forbidden, Conflict, IllegalTransition: see ``moving.require``.
    """
    require(by, Act.OBJECT, ticket, seen_version)
    objection = _objection(ASSIGNMENT, text, at)
    objection.agency_id, objection.raised_by_id = ticket.lead_id, by.user_id
    return _raise(session, ticket, objection, at)


def to_extension(session: Session, ticket: Ticket, *, by: Owner, text: str, at: datetime) -> Objection:
    """Object to the extension of the running round, as the enterprise.

    Raises:
        Forbidden, IllegalTransition: see ``moving.require``.
    """
    require(by, Act.OBJECT_EXTENSION, ticket)
    objection = _objection(EXTENSION, text, at)
    objection.raised_by_id = by.user_id
    approved = (r for r in ticket.head_requests if r.kind == "extension" and r.verdict == "approved")
    objection.request_id = next((r.id for r in approved if r.round == ticket.round), None)
    return _raise(session, ticket, objection, at)


def settle(
    session: Session,
    ticket: Ticket,
    *,
    by: Actor,
    uphold: bool,
    remarks: str,
    agency_id: int | None,
    at: datetime,
    seen_version: int | None = None,
) -> Objection:
    """Settle the objection that waits.

    Against an assignment: upheld, the ticket goes to ``agency_id``; dismissed, it stays; nobody returns it again.
    Against an extension: upheld, what is left of it falls away, and no day that has passed becomes late.

    Raises:
        Forbidden, Conflict, IllegalTransition: see ``moving.require``.
        Invalid: no reason, or no agency where one is needed.
    """
    require(by, Act.SETTLE, ticket, seen_version)
    if not remarks:
        raise Invalid(_("Vui lòng ghi lý do của quyết định."), "remarks")
    objection = waiting(ticket)
    objection.verdict = "upheld" if uphold else "dismissed"
    objection.remarks, objection.settled_by_id, objection.settled_at = remarks, by.user_id, at
    if objection.kind == ASSIGNMENT:
        _settle_assignment(session, ticket, by, uphold=uphold, remarks=remarks, agency_id=agency_id, at=at)
    elif uphold:
        clocks.record(ticket, EventKind.CURTAIL, at=at)
        clocks.recompute(session, ticket)
    to: To = "holder" if objection.kind == ASSIGNMENT else "enterprise"
    announce(
        session,
        ticket,
        Entry.OBJECTION_SETTLED,
        to,
        legal=True,
        at=at,
        actor_id=by.user_id,
        about=objection.kind,
        verdict=objection.verdict,
    )
    return objection


def waiting(ticket: Ticket) -> Objection:
    """Return the objection that waits; ``policy`` has said that there is one."""
    return next(o for o in ticket.objections if o.verdict is None)


def _objection(kind: str, text: str, at: datetime) -> Objection:
    return Objection(kind=kind, text=text, raised_at=at, remarks="")


def _raise(session: Session, ticket: Ticket, objection: Objection, at: datetime) -> Objection:
    ticket.objections.append(objection)
    session.flush()
    announce(
        session,
        ticket,
        Entry.OBJECTED,
        "province",
        at=at,
        actor_id=objection.raised_by_id,
        agency_id=objection.agency_id,
        about=objection.kind,
    )
    return objection


def _settle_assignment(
    session: Session,
    ticket: Ticket,
    by: Actor,
    *,
    uphold: bool,
    remarks: str,
    agency_id: int | None,
    at: datetime,
) -> None:
    if not uphold:
        leg = lead_leg(ticket)
        if leg is not None:
            leg.provisional, leg.rule = False, BY_THE_PROVINCE
        return
    if agency_id is None or agency_id == ticket.lead_id:
        raise Invalid(_("Vui lòng chọn cơ quan khác giải quyết phiếu này."), "agency")
    assigning.hand_to(session, ticket, agency_id, by=by, reason=remarks, at=at, rule=BY_THE_PROVINCE)

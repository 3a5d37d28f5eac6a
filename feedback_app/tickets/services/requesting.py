"""What needs the head of the agency: an extension, and a pause that comes late or a second time."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from feedback_app.accounts.actor import Actor, Function
from feedback_app.core import clock
from feedback_app.core.errors import Invalid
from feedback_app.deadlines.events import EventKind
from feedback_app.deadlines.profiles import extension_days
from feedback_app.tickets import clocks
from feedback_app.tickets.coordination import HeadRequest
from feedback_app.tickets.lifecycle import Act
from feedback_app.tickets.models import Ticket
from feedback_app.tickets.services import handling
from feedback_app.tickets.services.moving import require
from feedback_app.tickets.services.telling import announce
from feedback_app.tickets.timeline import Entry

EXTENSION, PAUSE = "extension", "pause"


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """Why and for how long: ``days`` in the unit of the ticket's limit."""

    reason_code: str
    text: str
    legal_basis: str
    days: int


def extend(
    session: Session,
    ticket: Ticket,
    *,
    by: Actor,
    extension: Extension,
    at: datetime,
    seen_version: int | None = None,
) -> HeadRequest:
    """Ask the head to extend the deadline once; a head who asks has decided.

    Raises:
        Forbidden, Conflict, IllegalTransition: see ``moving.require``.
        Invalid: the deadline has passed, the days are more than the profile allows, or it allows none.
    """
    require(by, Act.EXTEND, ticket, seen_version)
    _check_days(session, ticket, extension.days, at)
    request = _request(ticket, EXTENSION, by, extension.text, at)
    request.reason_code, request.legal_basis = extension.reason_code, extension.legal_basis
    request.days = extension.days
    return _ask(session, ticket, request, by, Entry.EXTENSION_ASKED, at)


def ask_enterprise(
    session: Session, ticket: Ticket, *, by: Actor, text: str, at: datetime, seen_version: int | None = None
) -> HeadRequest | None:
    """Ask the enterprise at once where an officer may, else ask the head first; return the request, if one was made.

    Raises:
        Forbidden, Conflict, IllegalTransition: see ``moving.require``.
    """
    require(by, Act.ASK, ticket, seen_version)
    if not needs_head(session, ticket, at):
        handling.put_question(session, ticket, by=by, text=text, at=at)
        return None
    return _ask(session, ticket, _request(ticket, PAUSE, by, text, at), by, Entry.PAUSE_ASKED, at)


def decide(
    session: Session,
    ticket: Ticket,
    *,
    by: Actor,
    approve: bool,
    remarks: str,
    at: datetime,
    seen_version: int | None = None,
) -> HeadRequest:
    """Approve or refuse what waits for the head; what is approved takes effect now.

    Raises:
        Forbidden, Conflict, IllegalTransition: see ``moving.require``.
        Invalid: refused without remarks, or the deadline has passed meanwhile.
    """
    require(by, Act.DECIDE_REQUEST, ticket, seen_version)
    request = waiting(ticket)
    if not approve and not remarks:
        raise Invalid(_("Vui lòng ghi lý do không đồng ý để người đề nghị biết."), "remarks")
    _settle(session, ticket, request, by, approve=approve, remarks=remarks, at=at)
    return request


def waiting(ticket: Ticket) -> HeadRequest:
    """Return the request that waits; ``policy`` has said that there is one."""
    return next(r for r in ticket.head_requests if r.verdict is None)


def needs_head(session: Session, ticket: Ticket, at: datetime) -> bool:
    """Say whether asking the enterprise now needs the head: after the first third of the clock, or once more."""
    profile = clocks.profile_of(session, ticket)
    pauses = sum(e.kind == EventKind.PAUSE and e.round == ticket.round for e in ticket.clock_events)
    if pauses >= profile.allowances.pauses_without_head:
        return True
    return not clocks.deadline(session, ticket).in_first_third(clock.local_date(at))


def most_days(session: Session, ticket: Ticket) -> int:
    """Return how many days the profile lets the running round be extended by; 0 where it allows none."""
    profile = clocks.profile_of(session, ticket)
    return extension_days(profile, ticket.kind, clocks.day_zero(ticket))


def _check_days(session: Session, ticket: Ticket, days: int, at: datetime) -> None:
    most = most_days(session, ticket)
    if most < 1:
        raise Invalid(_("Quy chế không cho gia hạn loại phản ánh này."), "days")
    if not 1 <= days <= most:
        raise Invalid(_("Chỉ được gia hạn từ 1 đến %(most)d ngày.", most=most), "days")
    if ticket.due_on is not None and clock.local_date(at) > ticket.due_on:
        raise Invalid(
            _("Phiếu đã quá hạn nên không gia hạn được nữa; vui lòng gửi thư xin lỗi và hẹn ngày."), "days"
        )


def _request(ticket: Ticket, kind: str, by: Actor, text: str, at: datetime) -> HeadRequest:
    return HeadRequest(
        kind=kind,
        round=ticket.round,
        agency_id=ticket.holder_id,
        text=text,
        reason_code="",
        legal_basis="",
        remarks="",
        asked_by_id=by.user_id,
        asked_at=at,
    )


def _ask(
    session: Session, ticket: Ticket, request: HeadRequest, by: Actor, entry: Entry, at: datetime
) -> HeadRequest:
    ticket.head_requests.append(request)
    session.flush()
    if by.holds(Function.AGENCY_HEAD, agency_id=ticket.holder_id):
        _settle(session, ticket, request, by, approve=True, remarks="", at=at)
        return request
    announce(session, ticket, entry, "head", at=at, actor_id=by.user_id, agency_id=ticket.holder_id)
    return request


def _settle(
    session: Session,
    ticket: Ticket,
    request: HeadRequest,
    by: Actor,
    *,
    approve: bool,
    remarks: str,
    at: datetime,
) -> None:
    request.verdict = "approved" if approve else "refused"
    request.remarks, request.decided_by_id, request.decided_at = remarks, by.user_id, at
    if not approve:
        entry = Entry.EXTENSION_REFUSED if request.kind == EXTENSION else Entry.PAUSE_REFUSED
        asked_by = request.asked_by_id
        announce(
            session,
            ticket,
            entry,
            "person",
            whom=asked_by,
            at=at,
            actor_id=by.user_id,
            agency_id=ticket.holder_id,
        )
    elif request.kind == EXTENSION:
        _extend(session, ticket, request, by, at)
    else:
        handling.put_question(session, ticket, by=by, text=request.text, at=at)


def _extend(session: Session, ticket: Ticket, request: HeadRequest, by: Actor, at: datetime) -> None:
    _check_days(session, ticket, request.days or 0, at)
    before = ticket.due_on
    clocks.record(ticket, EventKind.EXTEND, at=at, days=request.days, note=_("%(name)s duyệt", name=by.name))
    clocks.recompute(session, ticket)
    announce(
        session,
        ticket,
        Entry.EXTENDED,
        "enterprise",
        legal=True,
        at=at,
        actor_id=by.user_id,
        agency_id=ticket.holder_id,
        days=request.days,
        before=before.isoformat() if before else None,
        due_on=ticket.due_on.isoformat() if ticket.due_on else None,
        request=request.id,
    )

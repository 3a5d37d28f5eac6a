"""The ways up: to UBND tỉnh, whose document gives the matter to an owner; and to a ministry, while the clock stands.

A central vertical agency is not directed by the province: it is asked, and its own way up is its ministry.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from feedback_app.accounts.actor import Actor
from feedback_app.catalogue.packs.agencies import AgencyType
from feedback_app.catalogue.store import Loaded
from feedback_app.core import clock, outbox
from feedback_app.core.errors import Invalid
from feedback_app.core.files import TakenIn
from feedback_app.deadlines.events import EventKind
from feedback_app.deadlines.recorded import asked
from feedback_app.tickets import clocks, queries
from feedback_app.tickets.beyond import Referral
from feedback_app.tickets.events import TicketNews
from feedback_app.tickets.facts import BY_THE_PROVINCE
from feedback_app.tickets.lifecycle import Act, Status, working
from feedback_app.tickets.models import Ticket
from feedback_app.tickets.services import assigning
from feedback_app.tickets.services.attaching import attach
from feedback_app.tickets.services.handling import said
from feedback_app.tickets.services.moving import move, require
from feedback_app.tickets.services.telling import announce
from feedback_app.tickets.timeline import Entry

PROVINCE, MINISTRY = "province", "ministry"


class Document(StrEnum):
    """What answers a way up."""

    DIRECTIVE = "directive"
    CONCLUSION = "conclusion"
    REQUEST = "request"  # to a central vertical agency
    PETITION = "petition"  # the province went on to a ministry
    REPLY = "reply"  # of a ministry


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A signed document, as it stands on it."""

    number: str
    dated: date
    signer: str = ""
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Direction:
    """To whom the document of UBND tỉnh gives the matter, and by when."""

    kind: Document
    paper: Paper
    owner_id: int
    owner_due_on: date | None = None


def is_vertical(loaded: Loaded, agency_id: int | None, on: date) -> bool:
    """Say whether the agency belongs to a ministry's own line on that day: it is asked, not directed."""
    if agency_id is None:
        return False
    code = loaded.agency_codes[agency_id]
    living = (agency for agency in loaded.directory.active(on) if agency.code == code)
    return any(agency.type is AgencyType.CENTRAL_VERTICAL for agency in living)


def way_up(loaded: Loaded, ticket: Ticket, on: date) -> Act:
    """Return the act by which the holder takes the matter higher: its ministry, or UBND tỉnh."""
    if ticket.status == Status.AT_PROVINCE or is_vertical(loaded, ticket.holder_id, on):
        return Act.PETITION
    return Act.REPORT_UP


def report_up(
    session: Session,
    ticket: Ticket,
    loaded: Loaded,
    *,
    by: Actor,
    reason: str,
    at: datetime,
    seen_version: int | None = None,
) -> Referral:
    """Report a matter beyond the agency's authority to UBND tỉnh; Văn phòng UBND tỉnh has the ball, the lead stays.

    A report after the last day that the profile allows is taken all the same, and the history says that it came late.

    Raises:
        Forbidden, Conflict, IllegalTransition: see ``moving.require``.
        Invalid: a central vertical agency reports to its own ministry.
    """
    require(by, Act.REPORT_UP, ticket, seen_version)
    today = clock.local_date(at)
    if is_vertical(loaded, ticket.holder_id, today):
        raise Invalid(_("Cơ quan ngành dọc trung ương báo cáo bộ, ngành của mình."), "text")
    latest, from_id = latest_report(session, ticket), ticket.holder_id
    move(ticket, Status.AT_PROVINCE)
    office = loaded.agency_ids[loaded.directory.provincial_office(today).code]
    due_on = clocks.sub_deadline(session, ticket, "province", today)
    ticket.holder_id, ticket.handler_id = office, None
    assigning.start_leg(ticket, office, "province", at, due_on)
    row = _row(ticket, PROVINCE, from_id, by, reason, at)
    row.due_on = due_on
    late = latest is not None and today > latest
    announce(session, ticket, Entry.REPORTED_UP, "enterprise", at=at, **_who(by, from_id), late=late)
    outbox.publish(session, TicketNews(ticket_id=ticket.id, entry=Entry.REPORTED_UP, to="province"))
    return row


def latest_report(session: Session, ticket: Ticket) -> date | None:
    """Return the last day on which the matter is to be reported up: counted from when the answer was due."""
    return clocks.sub_deadline(session, ticket, "reporting", ticket.due_on) if ticket.due_on else None


def direct(
    session: Session,
    ticket: Ticket,
    loaded: Loaded,
    direction: Direction,
    *,
    by: Actor,
    at: datetime,
    file: TakenIn | None = None,
    seen_version: int | None = None,
) -> Referral:
    """Record the document of UBND tỉnh; the matter goes to the agency that it names, with the day that it names.

    Raises:
        Forbidden, Conflict, IllegalTransition: see ``moving.require``.
        Invalid: dated in the future, a day for the owner that has passed, or a central vertical agency directed.
    """
    require(by, Act.DIRECT, ticket, seen_version)
    today = clock.local_date(at)
    _check_direction(loaded, direction, today)
    row = waiting(ticket, PROVINCE) or _row(ticket, PROVINCE, ticket.lead_id, by, "", at)
    _answer(row, direction.kind, direction.paper, at)
    row.owner_id, row.owner_due_on = direction.owner_id, direction.owner_due_on
    _give(session, ticket, row, by, direction, at)
    _attach(session, ticket, file, at)
    announce(
        session,
        ticket,
        Entry.DIRECTED,
        "enterprise",
        legal=True,
        at=at,
        **_who(by, direction.owner_id),
        document=direction.kind,
    )
    outbox.publish(session, TicketNews(ticket_id=ticket.id, entry=Entry.DIRECTED, to="holder"))
    return row


def petition(
    session: Session,
    ticket: Ticket,
    loaded: Loaded,
    *,
    by: Actor,
    addressee: str,
    paper: Paper,
    at: datetime,
    seen_version: int | None = None,
) -> Referral:
    """Record the petition to a ministry; from here the province can do nothing more, so its clock stands.

    Raises:
        Forbidden, Conflict, IllegalTransition: see ``moving.require``.
        Invalid: dated in the future, or the matter is to be reported to UBND tỉnh first.
    """
    require(by, Act.PETITION, ticket, seen_version)
    today = clock.local_date(at)
    _check_dated(paper, today)
    if way_up(loaded, ticket, today) is not Act.PETITION:
        raise Invalid(_("Cơ quan của tỉnh báo cáo UBND tỉnh; UBND tỉnh kiến nghị bộ, ngành."), "addressee")
    reported = waiting(ticket, PROVINCE)
    if reported is not None:
        _answer(reported, Document.PETITION, paper, at)
    move(ticket, Status.AT_MINISTRY)
    clocks.record(ticket, EventKind.PAUSE, at=at, note=asked("ministry", addressee))
    clocks.recompute(session, ticket)
    row = _row(ticket, MINISTRY, ticket.holder_id, by, paper.text, at)
    row.addressee, row.letter_number, row.letter_date = addressee, paper.number, paper.dated
    announce(session, ticket, Entry.PETITIONED, "enterprise", legal=True, at=at, **_who(by, ticket.holder_id))
    return row


def watch(
    session: Session, ticket: Ticket, *, by: Actor, text: str, at: datetime, seen_version: int | None = None
) -> Referral:
    """Write down how the matter stands at the ministry; the enterprise reads it, and is told.

    Raises:
        Forbidden, Conflict, IllegalTransition: see ``moving.require``.
    """
    require(by, Act.WATCH, ticket, seen_version)
    row = _waiting_at_ministry(ticket)
    row.watched_on = clock.local_date(at)
    session.add(said(ticket, "watch", text, at=at, by=by))
    announce(session, ticket, Entry.WATCHED, "enterprise", at=at, **_who(by, ticket.holder_id))
    return row


def ministry_replied(
    session: Session,
    ticket: Ticket,
    *,
    by: Actor,
    paper: Paper,
    at: datetime,
    file: TakenIn | None = None,
    seen_version: int | None = None,
) -> Referral:
    """Record the ministry's reply; the clock runs on and the lead goes on with its work.

    Raises:
        Forbidden, Conflict, IllegalTransition: see ``moving.require``.
        Invalid: dated in the future.
    """
    require(by, Act.MINISTRY_REPLIED, ticket, seen_version)
    _check_dated(paper, clock.local_date(at))
    row = _waiting_at_ministry(ticket)
    _answer(row, Document.REPLY, paper, at)
    move(ticket, working(ticket.round))
    clocks.record(ticket, EventKind.RESUME, at=at)
    clocks.recompute(session, ticket)
    if ticket.lead_id is not None and ticket.lead_id != ticket.holder_id:
        _back_to_lead(session, ticket, at)
    _attach(session, ticket, file, at)
    announce(
        session,
        ticket,
        Entry.MINISTRY_REPLIED,
        "enterprise",
        legal=True,
        at=at,
        **_who(by, row.from_agency_id),
    )
    outbox.publish(session, TicketNews(ticket_id=ticket.id, entry=Entry.MINISTRY_REPLIED, to="holder"))
    return row


def waiting(ticket: Ticket, level: str) -> Referral | None:
    """Return the way up of that level that nothing has answered yet."""
    return next((r for r in ticket.referrals if r.level == level and r.answered_at is None), None)


def _waiting_at_ministry(ticket: Ticket) -> Referral:
    row = waiting(ticket, MINISTRY)
    if row is None:
        raise LookupError(f"{ticket.code} is at a ministry without a petition")
    return row


def _give(
    session: Session, ticket: Ticket, row: Referral, by: Actor, direction: Direction, at: datetime
) -> None:
    """Give the ticket to the owner: back to the lead, or to another lead by the province's word.

    Whoever is directed cannot return it; whoever is only asked can.
    """
    if direction.owner_id == ticket.lead_id:
        move(ticket, working(ticket.round))
        _back_to_lead(session, ticket, at)
    else:
        reason = _("Theo văn bản số %(number)s của UBND tỉnh.", number=direction.paper.number)
        assigning.hand_to(session, ticket, direction.owner_id, by=by, reason=reason, at=at)
    leg = ticket.assignments[-1]
    leg.due_on = row.owner_due_on
    leg.rule = "" if direction.kind is Document.REQUEST else BY_THE_PROVINCE


def _back_to_lead(session: Session, ticket: Ticket, at: datetime) -> None:
    """Give the ball back to the lead, and to the officer who took the matter up if that one still answers there."""
    lead_id = ticket.lead_id
    if lead_id is None:
        raise LookupError(f"{ticket.code} has no lead to go back to")
    ticket.holder_id, ticket.handler_id = lead_id, None
    assigning.start_leg(ticket, lead_id, "lead", at)
    able = {user.id for user in queries.who_answer(session, ticket, clock.local_date(at))}
    took_up = (r.by_id for r in reversed(ticket.referrals) if r.level == PROVINCE)
    ticket.handler_id = next((user_id for user_id in took_up if user_id in able), None)


def _row(ticket: Ticket, level: str, from_id: int | None, by: Actor, reason: str, at: datetime) -> Referral:
    row = Referral(
        level=level, from_agency_id=from_id or ticket.holder_id, reason=reason, by_id=by.user_id, at=at
    )
    row.addressee = row.letter_number = row.number = row.signer = row.text = ""
    ticket.referrals.append(row)
    return row


def _answer(row: Referral, kind: Document, paper: Paper, at: datetime) -> None:
    row.document, row.number, row.dated = kind, paper.number, paper.dated
    row.signer, row.text, row.answered_at = paper.signer, paper.text, at


def _attach(session: Session, ticket: Ticket, file: TakenIn | None, at: datetime) -> None:
    if file is not None:
        attach(session, ticket, file, origin="document", at=at)


def _check_direction(loaded: Loaded, direction: Direction, today: date) -> None:
    _check_dated(direction.paper, today)
    if direction.owner_due_on is not None and direction.owner_due_on < today:
        raise Invalid(_("Ngày giao phải hoàn thành không thể ở trước ngày hôm nay."), "owner_due_on")
    requested = direction.kind is Document.REQUEST
    if requested == is_vertical(loaded, direction.owner_id, today):
        return
    if requested:
        raise Invalid(
            _("Cơ quan của tỉnh được chỉ đạo; công văn đề nghị dành cho ngành dọc trung ương."), "kind"
        )
    raise Invalid(
        _("Cơ quan ngành dọc trung ương được đề nghị, không bị chỉ đạo: vui lòng chọn công văn đề nghị."),
        "kind",
    )


def _check_dated(paper: Paper, today: date) -> None:
    if paper.dated > today:
        raise Invalid(_("Ngày văn bản không thể sau ngày hôm nay."), "dated")


def _who(by: Actor, agency_id: int | None) -> dict[str, int | None]:
    return {"actor_id": by.user_id, "agency_id": agency_id}

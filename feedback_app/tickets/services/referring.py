"""The way up to UBND tỉnh, whose document gives the matter to an owner.

A central vertical agency is not directed by the province: it is asked, and its own way up is its ministry.
"""

from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from feedback_app.accounts.actor import Actor
from feedback_app.catalogue.store import Loaded
from feedback_app.core import clock, outbox
from feedback_app.core.errors import Invalid
from feedback_app.core.files import TakenIn
from feedback_app.tickets import clocks
from feedback_app.tickets.beyond import Referral
from feedback_app.tickets.events import TicketNews
from feedback_app.tickets.facts import BY_THE_PROVINCE
from feedback_app.tickets.lifecycle import Act, Status, working
from feedback_app.tickets.models import Ticket
from feedback_app.tickets.services import assigning
from feedback_app.tickets.services.moving import move, require
from feedback_app.tickets.services.telling import announce
from feedback_app.tickets.services.ways_up import (
    PROVINCE,
    Document,
    Paper,
    answer,
    back_to_lead,
    check_dated,
    is_vertical,
    keep_paper,
    new_row,
    waiting,
    who,
)
from feedback_app.tickets.timeline import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Direction:
    """To whom the document of UBND tỉnh gives the matter, and by when."""

    kind: Document
    paper: Paper
    owner_id: int
    owner_due_on: date | None = None


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
    row = new_row(ticket, PROVINCE, from_id, by, reason, at)
    row.due_on = due_on
    late = latest is not None and today > latest
    announce(session, ticket, Entry.REPORTED_UP, "enterprise", at=at, **who(by, from_id), late=late)
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
    row = waiting(ticket, PROVINCE) or new_row(ticket, PROVINCE, ticket.lead_id, by, "", at)
    answer(row, direction.kind, direction.paper, at)
    row.owner_id, row.owner_due_on = direction.owner_id, direction.owner_due_on
    _give(session, ticket, row, by, direction, at)
    keep_paper(session, ticket, file, at)
    announce(
        session,
        ticket,
        Entry.DIRECTED,
        "enterprise",
        legal=True,
        at=at,
        **who(by, direction.owner_id),
        document=direction.kind,
    )
    outbox.publish(session, TicketNews(ticket_id=ticket.id, entry=Entry.DIRECTED, to="holder"))
    return row


def _give(
    session: Session, ticket: Ticket, row: Referral, by: Actor, direction: Direction, at: datetime
) -> None:
    """Give the ticket to the owner: back to the lead, or to another lead by the province's word.

    Whoever is directed cannot return it; whoever is only asked can.
    """
    if direction.owner_id == ticket.lead_id:
        move(ticket, working(ticket.round))
        back_to_lead(session, ticket, at)
    else:
        reason = _("Theo văn bản số %(number)s của UBND tỉnh.", number=direction.paper.number)
        assigning.hand_to(session, ticket, direction.owner_id, by=by, reason=reason, at=at)
    leg = ticket.assignments[-1]
    leg.due_on = row.owner_due_on
    leg.rule = "" if direction.kind is Document.REQUEST else BY_THE_PROVINCE


def _check_direction(loaded: Loaded, direction: Direction, today: date) -> None:
    check_dated(direction.paper, today)
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

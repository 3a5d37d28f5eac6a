"""The way up to a ministry: the petition, the monthly look, the reply; meanwhile the clock of the province stands."""

from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from feedback_app.accounts.actor import Actor
from feedback_app.catalogue.store import Loaded
from feedback_app.core import clock, outbox
from feedback_app.core.errors import Invalid
from feedback_app.core.files import TakenIn
from feedback_app.deadlines.events import EventKind
from feedback_app.deadlines.recorded import asked
from feedback_app.tickets import clocks, queries
from feedback_app.tickets.beyond import Referral
from feedback_app.tickets.events import TicketNews
from feedback_app.tickets.lifecycle import Act, Status, working
from feedback_app.tickets.models import Ticket
from feedback_app.tickets.services.handling import said
from feedback_app.tickets.services.moving import move, require
from feedback_app.tickets.services.telling import announce
from feedback_app.tickets.services.ways_up import (
    MINISTRY,
    PROVINCE,
    Document,
    Paper,
    answer,
    back_to_lead,
    check_dated,
    keep_paper,
    new_row,
    waiting,
    way_up,
    who,
)
from feedback_app.tickets.timeline import Entry


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
    check_dated(paper, today)
    if way_up(loaded, ticket, today) is not Act.PETITION:
        raise Invalid(_("Cơ quan của tỉnh báo cáo UBND tỉnh; UBND tỉnh kiến nghị bộ, ngành."), "addressee")
    reported = waiting(ticket, PROVINCE)
    if reported is not None:
        answer(reported, Document.PETITION, paper, at)
    move(ticket, Status.AT_MINISTRY)
    clocks.record(ticket, EventKind.PAUSE, at=at, note=asked("ministry", addressee))
    clocks.recompute(session, ticket)
    row = new_row(ticket, MINISTRY, ticket.holder_id, by, paper.text, at)
    row.addressee, row.letter_number, row.letter_date = addressee, paper.number, paper.dated
    announce(session, ticket, Entry.PETITIONED, "enterprise", legal=True, at=at, **who(by, ticket.holder_id))
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
    announce(session, ticket, Entry.WATCHED, "enterprise", at=at, **who(by, ticket.holder_id))
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
    check_dated(paper, clock.local_date(at))
    row = _waiting_at_ministry(ticket)
    answer(row, Document.REPLY, paper, at)
    move(ticket, working(ticket.round))
    clocks.record(ticket, EventKind.RESUME, at=at)
    clocks.recompute(session, ticket)
    if ticket.lead_id is not None and ticket.lead_id != ticket.holder_id:
        back_to_lead(session, ticket, at)
    keep_paper(session, ticket, file, at)
    announce(
        session,
        ticket,
        Entry.MINISTRY_REPLIED,
        "enterprise",
        legal=True,
        at=at,
        **who(by, row.from_agency_id),
    )
    outbox.publish(session, TicketNews(ticket_id=ticket.id, entry=Entry.MINISTRY_REPLIED, to="holder"))
    return row


def _waiting_at_ministry(ticket: Ticket) -> Referral:
    row = waiting(ticket, MINISTRY)
    if row is None:
        raise LookupError(f"{ticket.code} is at a ministry without a petition")
    return row


def at_ministries(
    session: Session, actor: Actor, *, leader: bool = False, size: int = 200
) -> list[tuple[Referral, Ticket, bool]]:
    """Return what waits for a ministry, what was looked at longest ago first, and whether the reader sees the ticket.

    ``leader``: as far as leaders follow it, else as far as the reader may see the ticket.
    """
    visible = queries.visible_to(actor)
    query = select(Referral, Ticket, visible).join(Ticket, Ticket.id == Referral.ticket_id)
    query = query.where(
        Referral.level == MINISTRY, Referral.answered_at.is_(None), Ticket.status == Status.AT_MINISTRY
    )
    last = func.coalesce(Referral.watched_on, Referral.letter_date)
    scope = queries.open_to_leaders(actor) if leader else visible
    rows = session.execute(query.where(scope).order_by(last, Referral.id).limit(size))
    return [(row[0], row[1], row[2]) for row in rows]

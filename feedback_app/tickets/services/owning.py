"""What the enterprise does with its ticket: reply, rate, ask for a new look, withdraw."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from feedback_app.catalogue.store import Loaded
from feedback_app.core import clock, outbox
from feedback_app.core.errors import IllegalTransition
from feedback_app.core.files import TakenIn
from feedback_app.core.security import new_code
from feedback_app.deadlines.events import EventKind
from feedback_app.tickets import clocks
from feedback_app.tickets.events import EnterpriseReplied, TicketClosed, TicketDisputed, TicketNews
from feedback_app.tickets.lifecycle import Act, Status, working
from feedback_app.tickets.models import Attachment, Message, Rating, Ticket
from feedback_app.tickets.policy import Owner
from feedback_app.tickets.services.assigning import start_leg
from feedback_app.tickets.services.handling import said
from feedback_app.tickets.services.moving import move, require
from feedback_app.tickets.services.telling import announce
from feedback_app.tickets.timeline import Entry, tell

LAST_ROUND_OF_THE_AGENCY = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The two questions on the ticket: was it answered, is it solved in practice (yes, partly, no)."""

    answered: bool
    solved: str
    comment: str = ""


def reply(
    session: Session, ticket: Ticket, *, by: Owner, text: str, at: datetime, files: Sequence[TakenIn] = ()
) -> Message:
    """Give the agency what it asked for, with files that were taken in; the clock goes on.

    Files of a filer who hides the name wait for the focal point to release them.

    Raises:
        Forbidden, IllegalTransition: see ``moving.require``.
    """
    require(by, Act.REPLY, ticket)
    move(ticket, working(ticket.round))
    clocks.record(ticket, EventKind.RESUME, at=at)
    clocks.recompute(session, ticket)
    message = said(ticket, "reply", text, at=at)
    session.add(message)
    session.flush()
    session.add_all(_attached(ticket, message, file, at) for file in files)
    tell(session, ticket, Entry.REPLIED, at=at, actor_id=by.user_id)
    outbox.publish(session, EnterpriseReplied(ticket_id=ticket.id))
    return message


def end_waiting(session: Session, ticket: Ticket, *, at: datetime) -> None:
    """Let the clock go on though the enterprise sent nothing, and tell it so; one that moved on is left alone."""
    if ticket.status != Status.NEED_INFO:
        return
    move(ticket, working(ticket.round))
    clocks.record(ticket, EventKind.RESUME, at=at)
    clocks.recompute(session, ticket)
    announce(session, ticket, Entry.RESUMED, "enterprise", legal=True, at=at, agency_id=ticket.holder_id)
    outbox.publish(session, TicketNews(ticket_id=ticket.id, entry=Entry.RESUMED, to="holder"))


def rate(session: Session, ticket: Ticket, *, by: Owner, verdict: Verdict, at: datetime) -> None:
    """Answer the two questions and close the ticket.

    Raises:
        Forbidden, IllegalTransition: see ``moving.require``.
    """
    require(by, Act.RATE, ticket)
    _keep(session, ticket, verdict, at)
    move(ticket, Status.CLOSED)
    ticket.closed_on = clock.local_date(at)
    ticket.close_reason = "rated"
    tell(session, ticket, Entry.RATED, at=at, actor_id=by.user_id, round=ticket.round, solved=verdict.solved)
    outbox.publish(session, TicketClosed(ticket_id=ticket.id, reason="rated"))


def dispute(
    session: Session,
    ticket: Ticket,
    loaded: Loaded,
    *,
    by: Owner,
    verdict: Verdict,
    reason: str,
    others_answer: bool,
    at: datetime,
) -> None:
    """Ask for a new look: a new round, a new clock, and never the author of the answer.

    Args:
        others_answer: whether somebody else of the lead agency may answer; if not, the round goes to
            Văn phòng UBND tỉnh.

    Raises:
        Forbidden, IllegalTransition: see ``moving.require``.
    """
    require(by, Act.DISPUTE, ticket)
    _keep(session, ticket, verdict, at)
    _new_round(session, ticket, loaded, Entry.DISPUTED, by=by, reason=reason, stays=others_answer, at=at)


def reopen(
    session: Session,
    ticket: Ticket,
    loaded: Loaded,
    *,
    by: Owner,
    reason: str,
    others_answer: bool,
    at: datetime,
) -> None:
    """Open a closed ticket again, within the profile's days of its closing: a new round, and never the same author.

    Raises:
        Forbidden, IllegalTransition: see ``moving.require``; IllegalTransition too where the days are over.
    """
    require(by, Act.REOPEN, ticket)
    if not may_reopen(session, ticket, clock.local_date(at)):
        raise IllegalTransition(Act.REOPEN)
    ticket.closed_on = ticket.close_reason = None
    _new_round(session, ticket, loaded, Entry.REOPENED, by=by, reason=reason, stays=others_answer, at=at)


def may_reopen(session: Session, ticket: Ticket, today: date) -> bool:
    """Say whether the closing lies no longer back than the profile lets a ticket be opened again."""
    if ticket.closed_on is None or ticket.status != Status.CLOSED:
        return False
    last = clocks.sub_deadline(session, ticket, "reopening", ticket.closed_on)
    return last is not None and today <= last


def _new_round(
    session: Session,
    ticket: Ticket,
    loaded: Loaded,
    entry: Entry,
    *,
    by: Owner,
    reason: str,
    stays: bool,
    at: datetime,
) -> None:
    """Begin a round; the second look is the agency's, what comes after it Văn phòng UBND tỉnh's."""
    move(ticket, Status.REVIEW)
    ticket.round += 1
    ticket.answered_on = ticket.handler_id = None
    clocks.restart(session, ticket, at=at)
    session.add(said(ticket, "dispute", reason, at=at))
    tell(session, ticket, entry, at=at, actor_id=by.user_id, round=ticket.round)
    if not stays or ticket.round > LAST_ROUND_OF_THE_AGENCY:
        pass_up(session, ticket, loaded, at=at)
    if entry is Entry.DISPUTED:
        outbox.publish(session, TicketDisputed(ticket_id=ticket.id))
    else:
        outbox.publish(session, TicketNews(ticket_id=ticket.id, entry=entry, to="holder"))
    outbox.publish(session, TicketNews(ticket_id=ticket.id, entry=entry, to="head"))


def withdraw(session: Session, ticket: Ticket, *, by: Owner, at: datetime) -> None:
    """Take the filing back, wherever it is on its way; it stays on record, and who works on it is told.

    Raises:
        Forbidden, IllegalTransition: see ``moving.require``.
    """
    require(by, Act.WITHDRAW, ticket)
    move(ticket, Status.WITHDRAWN)
    ticket.closed_on = clock.local_date(at)
    ticket.close_reason = "withdrawn"
    clocks.record(ticket, EventKind.STOP, at=at)
    for draft in ticket.drafts:
        if draft.state != "issued":
            draft.state = "dropped"
    announce(session, ticket, Entry.WITHDRAWN, "holder", at=at, actor_id=by.user_id)
    for opinion in ticket.opinions:
        if opinion.given_on is None:
            news = TicketNews(ticket_id=ticket.id, entry=Entry.WITHDRAWN, to="agency", whom=opinion.agency_id)
            outbox.publish(session, news)
    outbox.publish(session, TicketClosed(ticket_id=ticket.id, reason="withdrawn"))


def _attached(ticket: Ticket, message: Message, file: TakenIn, at: datetime) -> Attachment:
    return Attachment(
        public_id=new_code(),
        ticket_id=ticket.id,
        message_id=message.id,
        origin="reply",
        name=file.name,
        media_type=file.media_type,
        size=file.size,
        storage_key=file.key,
        cleaned=file.cleaned,
        released=not ticket.hide_identity,
        at=at,
    )


def _keep(session: Session, ticket: Ticket, verdict: Verdict, at: datetime) -> None:
    session.add(
        Rating(
            ticket_id=ticket.id,
            round=ticket.round,
            answered=verdict.answered,
            solved=verdict.solved,
            comment=verdict.comment,
            at=at,
            on=clock.local_date(at),
        )
    )


def pass_up(session: Session, ticket: Ticket, loaded: Loaded, *, at: datetime) -> None:
    """Hand the round to the coordinating office where nobody of the agency can go on.

    To the Inspectorate, where the report is about that office.
    """
    today = clock.local_date(at)
    concerned = {row.agency_id for row in ticket.concerned}
    offices = (loaded.directory.provincial_office(today), loaded.directory.inspectorate(today))
    ids = [loaded.agency_ids[office.code] for office in offices]
    ticket.holder_id = next((i for i in ids if i not in concerned and i != ticket.lead_id), ids[0])
    start_leg(ticket, ticket.holder_id, "province", at)
    tell(session, ticket, Entry.PASSED_UP, at=at, agency_id=ticket.holder_id)

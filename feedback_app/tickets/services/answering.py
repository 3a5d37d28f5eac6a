"""The answer: text, legal references, and the signed letter with the number the clerk's register gave it."""

from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from feedback_app.accounts.actor import Actor, Function
from feedback_app.catalogue import store
from feedback_app.catalogue.store import Loaded
from feedback_app.core import clock, outbox
from feedback_app.core.errors import Forbidden, Invalid
from feedback_app.deadlines.events import EventKind
from feedback_app.tickets import clocks
from feedback_app.tickets.events import TicketAnswered, TicketClosed
from feedback_app.tickets.lifecycle import Act, Status
from feedback_app.tickets.models import Answer, Ticket
from feedback_app.tickets.services.moving import move, require
from feedback_app.tickets.timeline import Entry, tell


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """The signed letter: number, date and signer as they stand on it, or nothing at all."""

    number: str = ""
    dated: date | None = None
    signer: str = ""

    def complete(self) -> bool:
        """Say whether all three or none are given: half a reference helps nobody."""
        given = (bool(self.number), self.dated is not None, bool(self.signer))
        return all(given) or not any(given)


def may_send(loaded: Loaded, ticket: Ticket, person: Actor) -> bool:
    """Say whether ``person`` holds a function of the last step of the holding agency's approval chain."""
    if ticket.holder_id is None:
        return False
    chain = loaded.catalogue.approvals.chain_for(loaded.agency_codes[ticket.holder_id])
    functions = [Function(code) for code in chain.steps[-1].functions]
    return person.holds(*functions, agency_id=ticket.holder_id)


def answer(
    session: Session,
    ticket: Ticket,
    *,
    by: Actor,
    text: str,
    legal_refs: str,
    letter: Letter,
    at: datetime,
    seen_version: int | None = None,
) -> Answer:
    """Send the agency's answer to the enterprise; the clock of this round stops.

    Raises:
        Forbidden, Conflict, IllegalTransition: see ``moving.require``; Forbidden too where ``may_send`` says no.
        Invalid: the letter's reference is incomplete, or dated in the future.
    """
    require(by, Act.ANSWER, ticket, seen_version)
    if not may_send(store.current(session), ticket, by):
        raise Forbidden(Act.ANSWER)
    _check(letter, clock.local_date(at))
    move(ticket, Status.ANSWERED)
    ticket.answered_on = clock.local_date(at)
    ticket.handler_id = ticket.handler_id or by.user_id
    clocks.record(ticket, EventKind.STOP, at=at)
    row = Answer(
        round=ticket.round,
        agency_id=ticket.holder_id,
        author_id=by.user_id,
        text=text,
        legal_refs=legal_refs,
        letter_number=letter.number,
        letter_date=letter.dated,
        letter_signer=letter.signer,
        at=at,
        on=ticket.answered_on,
    )
    ticket.answers.append(row)
    session.flush()
    tell(
        session,
        ticket,
        Entry.ANSWERED,
        at=at,
        actor_id=by.user_id,
        agency_id=ticket.holder_id,
        round=ticket.round,
    )
    outbox.publish(session, TicketAnswered(ticket_id=ticket.id, round=ticket.round))
    return row


def close_unrated(session: Session, ticket: Ticket, *, at: datetime) -> None:
    """Close an answered ticket that nobody rated in time; one that moved on is left alone."""
    if ticket.status != Status.ANSWERED:
        return
    move(ticket, Status.CLOSED)
    ticket.closed_on = clock.local_date(at)
    ticket.close_reason = "unrated"
    tell(session, ticket, Entry.CLOSED, at=at, reason="unrated")
    outbox.publish(session, TicketClosed(ticket_id=ticket.id, reason="unrated"))


def _check(letter: Letter, today: date) -> None:
    if not letter.complete():
        raise Invalid(
            _("Vui lòng ghi đủ số, ngày và người ký của văn bản trả lời, hoặc để trống cả ba mục."),
            "letter_number",
        )
    if letter.dated is not None and letter.dated > today:
        raise Invalid(_("Ngày ký văn bản không thể sau ngày hôm nay."), "letter_date")

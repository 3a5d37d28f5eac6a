"""The decision of a round: an answer, a refusal, a way elsewhere, a rule to be changed; with the signed letter.

The letter's number is the one the clerk's register gave it; it is never made up here.
"""

from dataclasses import dataclass, field
from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from feedback_app.accounts.actor import Actor, Function
from feedback_app.catalogue import store
from feedback_app.catalogue.packs.approvals import ApprovalChain
from feedback_app.catalogue.store import Loaded
from feedback_app.core import clock, outbox
from feedback_app.core.errors import Forbidden, Invalid
from feedback_app.deadlines.events import EventKind
from feedback_app.tickets import clocks
from feedback_app.tickets.drafting import Apology
from feedback_app.tickets.events import TicketAnswered, TicketClosed, TicketNews
from feedback_app.tickets.lifecycle import Act, Status
from feedback_app.tickets.models import Answer, Ticket
from feedback_app.tickets.reasons import REDIRECT_TARGETS, REJECT_REASONS
from feedback_app.tickets.services.moving import move, require
from feedback_app.tickets.timeline import Entry, tell

ACT_OF = {
    Status.ANSWERED: Act.ANSWER,
    Status.REJECTED: Act.REJECT,
    Status.REDIRECTED: Act.REDIRECT,
    Status.POLICY_BACKLOG: Act.PROPOSE_CHANGE,
}
ENTRY_OF = {
    Status.ANSWERED: Entry.ANSWERED,
    Status.REJECTED: Entry.REJECTED,
    Status.REDIRECTED: Entry.REDIRECTED,
    Status.POLICY_BACKLOG: Entry.PUT_ON_BACKLOG,
}
REASONS = {Status.REJECTED: REJECT_REASONS, Status.REDIRECTED: REDIRECT_TARGETS}


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What the agency decides; ``reason_code`` of a refusal or of the way elsewhere; ``apology`` if it comes late."""

    text: str
    outcome: Status = Status.ANSWERED
    legal_refs: str = ""
    reason_code: str = ""
    apology: str = ""
    letter: Letter = field(default_factory=Letter)


def chain_of(loaded: Loaded, ticket: Ticket) -> ApprovalChain | None:
    """Return the approval chain of the agency that has the ball."""
    if ticket.holder_id is None:
        return None
    return loaded.catalogue.approvals.chain_for(loaded.agency_codes[ticket.holder_id])


def may_send(loaded: Loaded, ticket: Ticket, person: Actor) -> bool:
    """Say whether ``person`` may answer in one step: the holder's chain has one, and it is the person's."""
    chain = chain_of(loaded, ticket)
    return chain is not None and chain.direct and holds_step(person, chain, 0, ticket.holder_id)


def holds_step(person: Actor, chain: ApprovalChain, step: int, agency_id: int | None) -> bool:
    """Say whether ``person`` holds a function of that step in the agency."""
    return person.holds(*(Function(code) for code in chain.steps[step].functions), agency_id=agency_id)


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
    apology: str = "",
) -> Answer:
    """Send the agency's answer in one step; see ``decide``."""
    decision = Decision(text=text, legal_refs=legal_refs, letter=letter, apology=apology)
    return decide(session, ticket, decision, by=by, at=at, seen_version=seen_version)


def decide(
    session: Session,
    ticket: Ticket,
    decision: Decision,
    *,
    by: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> Answer:
    """Send the agency's decision to the enterprise in one step; the clock of this round stops.

    Raises:
        Forbidden, Conflict, IllegalTransition: see ``moving.require``; Forbidden too where ``may_send`` says no,
            except in triage, where no approval chain applies yet.
        Invalid: see ``conclude``.
    """
    require(by, ACT_OF[decision.outcome], ticket, seen_version)
    if ticket.status != Status.TRIAGE and not may_send(store.current(session), ticket, by):
        raise Forbidden(ACT_OF[decision.outcome])
    return conclude(session, ticket, decision, author_id=by.user_id, at=at)


def conclude(
    session: Session,
    ticket: Ticket,
    decision: Decision,
    *,
    author_id: int,
    at: datetime,
    signed_by_id: int | None = None,
    sent_by_id: int | None = None,
) -> Answer:
    """Write the decision, once it is known that it may be sent.

    Raises:
        Invalid: the letter's reference is incomplete or dated in the future, a refusal or a way elsewhere names no
            reason, or it comes late without a word of apology.
    """
    today = clock.local_date(at)
    check(decision, today)
    _apologise(ticket, decision, author_id, at)
    move(ticket, decision.outcome)
    ticket.answered_on = today
    ticket.handler_id = ticket.handler_id or author_id
    clocks.record(ticket, EventKind.STOP, at=at)
    row = _row(ticket, decision, author_id, signed_by_id, at)
    ticket.answers.append(row)
    session.flush()
    tell(
        session,
        ticket,
        ENTRY_OF[decision.outcome],
        at=at,
        actor_id=sent_by_id or author_id,
        agency_id=ticket.holder_id,
        round=ticket.round,
        reason=decision.reason_code,
    )
    outbox.publish(session, _event(ticket, decision.outcome))
    return row


def needs_apology(ticket: Ticket, today: date) -> bool:
    """Say whether an answer given today must carry a letter of apology: it is late, and none was sent in this round."""
    late = ticket.due_on is not None and today > ticket.due_on
    return late and not any(a.round == ticket.round for a in ticket.apologies)


def close_unrated(session: Session, ticket: Ticket, *, at: datetime) -> None:
    """Close a decision that nobody rated in time; a ticket that moved on or waits for a rule is left alone."""
    if ticket.status not in {Status.ANSWERED, Status.REJECTED, Status.REDIRECTED}:
        return
    move(ticket, Status.CLOSED)
    ticket.closed_on = clock.local_date(at)
    ticket.close_reason = "unrated"
    tell(session, ticket, Entry.CLOSED, at=at, reason="unrated")
    outbox.publish(session, TicketClosed(ticket_id=ticket.id, reason="unrated"))


def check(decision: Decision, today: date) -> None:
    """Refuse a decision that says too little.

    Raises:
        Invalid: see ``conclude``.
    """
    letter, known = decision.letter, REASONS.get(decision.outcome)
    if known is not None and decision.reason_code not in known:
        raise Invalid(_("Vui lòng chọn lý do."), "reason_code")
    if not letter.complete():
        raise Invalid(
            _("Vui lòng ghi đủ số, ngày và người ký của văn bản trả lời, hoặc để trống cả ba mục."),
            "letter_number",
        )
    if letter.dated is not None and letter.dated > today:
        raise Invalid(_("Ngày ký văn bản không thể sau ngày hôm nay."), "letter_date")


def _event(ticket: Ticket, outcome: Status) -> outbox.Event:
    if outcome is Status.ANSWERED:
        return TicketAnswered(ticket_id=ticket.id, round=ticket.round)
    return TicketNews(ticket_id=ticket.id, entry=ENTRY_OF[outcome], to="enterprise", legal=True)


def _apologise(ticket: Ticket, decision: Decision, author_id: int, at: datetime) -> None:
    if not needs_apology(ticket, clock.local_date(at)):
        return
    if not decision.apology.strip():
        raise Invalid(_("Phiếu đã quá hạn: câu trả lời phải kèm lời xin lỗi doanh nghiệp."), "apology")
    ticket.apologies.append(
        Apology(
            round=ticket.round,
            agency_id=ticket.holder_id,
            text=decision.apology.strip(),
            new_date=None,
            by_id=author_id,
            at=at,
        )
    )


def _row(
    ticket: Ticket, decision: Decision, author_id: int, signed_by_id: int | None, at: datetime
) -> Answer:
    return Answer(
        round=ticket.round,
        agency_id=ticket.holder_id,
        author_id=author_id,
        outcome=decision.outcome,
        reason_code=decision.reason_code,
        signed_by_id=signed_by_id,
        text=decision.text,
        legal_refs=decision.legal_refs,
        letter_number=decision.letter.number,
        letter_date=decision.letter.dated,
        letter_signer=decision.letter.signer,
        at=at,
        on=clock.local_date(at),
    )

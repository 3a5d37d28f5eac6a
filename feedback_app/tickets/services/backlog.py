"""The policy backlog: rules that ought to change, each with a number, an owner and a public status."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from feedback_app.accounts.actor import Actor
from feedback_app.catalogue.store import Loaded
from feedback_app.core import audit, clock, outbox
from feedback_app.core.errors import Conflict, Forbidden, Invalid, NotFound
from feedback_app.core.numbers import next_number
from feedback_app.tickets import queries
from feedback_app.tickets.beyond import PolicyProposal, ProposalTicket
from feedback_app.tickets.events import ProposalDecided, TicketClosed
from feedback_app.tickets.lifecycle import Act, Status
from feedback_app.tickets.models import Answer, Ticket
from feedback_app.tickets.policy import ANSWERING, COORDINATING_OFFICES
from feedback_app.tickets.services.answering import Decision
from feedback_app.tickets.services.concluding import conclude_or_draft
from feedback_app.tickets.services.moving import move, require
from feedback_app.tickets.services.telling import announce
from feedback_app.tickets.timeline import Entry

STATUSES = ("noted", "studied", "submitted", "changed", "declined")
DECIDED = {"changed": "rule_changed", "declined": "rule_declined"}
BATCH = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """What is proposed: the rule concerned, and who follows the proposal."""

    title: str
    rule: str
    owner_id: int


@dataclass(frozen=True, slots=True)
class Listed:
    """A proposal and how many tickets ask for it."""

    proposal: PolicyProposal
    tickets: int


def propose(
    session: Session,
    ticket: Ticket,
    loaded: Loaded,
    decision: Decision,
    proposed: Proposed | str,
    *,
    by: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> bool:
    """Put the ticket on the backlog, under a new proposal or (``proposed`` is its number) under one there is.

    Returns whether the enterprise was told at once; else a draft waits for the agency's approvals.

    Raises:
        Forbidden, Conflict, IllegalTransition: see ``moving.require``.
        Invalid: no such proposal, or it was decided; and see ``answering.conclude``.
    """
    require(by, Act.PROPOSE_CHANGE, ticket, seen_version)
    known = _open(session, proposed) if isinstance(proposed, str) else _new(session, ticket, proposed, by, at)
    link = session.get(ProposalTicket, ticket.id)
    if link is None:
        session.add(ProposalTicket(ticket_id=ticket.id, proposal_id=known.id))
    else:
        link.proposal_id = known.id
    session.flush()
    return conclude_or_draft(session, ticket, decision, loaded, by=by, at=at) is not None


def change(
    session: Session,
    proposal: PolicyProposal,
    *,
    status: str,
    public_note: str,
    owner_id: int,
    by: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> None:
    """Change owner, public status and public note; when the rule has changed or will not, every enterprise is told.

    Raises:
        Forbidden: neither of the coordinating offices nor of the owner.
        Conflict: somebody changed it meanwhile.
        Invalid: no such status, decided already, or decided without a word.
    """
    if not may_change(by, proposal):
        raise Forbidden("backlog")
    if seen_version is not None and seen_version != proposal.version:
        raise Conflict("backlog")
    _check(proposal, status, public_note)
    deciding = status in DECIDED and proposal.status not in DECIDED
    proposal.status, proposal.public_note, proposal.owner_id = status, public_note, owner_id
    audit.record(session, "backlog.changed", at=at, actor_id=by.user_id, subject=proposal.code, status=status)
    if deciding:
        proposal.decided_at = at
        outbox.publish(session, ProposalDecided(proposal_id=proposal.id))


def may_change(by: Actor, proposal: PolicyProposal) -> bool:
    """Say whether the person keeps this proposal."""
    return by.holds(*COORDINATING_OFFICES) or proposal.owner_id in by.agency_ids(ANSWERING)


def tell_decided(session: Session, proposal_id: int, *, after: int, at: datetime) -> None:
    """Tell the enterprises of a batch of linked tickets, and close those that waited for the rule."""
    proposal = session.get_one(PolicyProposal, proposal_id)
    query = select(ProposalTicket.ticket_id).where(
        ProposalTicket.proposal_id == proposal_id, ProposalTicket.ticket_id > after
    )
    ids = session.scalars(query.order_by(ProposalTicket.ticket_id).limit(BATCH)).all()
    for ticket_id in ids:
        _tell(session, queries.by_id(session, ticket_id), proposal, at)
    if len(ids) == BATCH:
        outbox.publish(session, ProposalDecided(proposal_id=proposal_id, after=ids[-1]))


def one(session: Session, code: str) -> PolicyProposal:
    """Return the proposal with that number. Raises NotFound."""
    found = session.scalars(select(PolicyProposal).where(PolicyProposal.code == code)).first()
    if found is None:
        raise NotFound(code)
    return found


def of_ticket(session: Session, ticket_id: int) -> PolicyProposal | None:
    """Return the proposal that the ticket asks for."""
    query = select(PolicyProposal).join(ProposalTicket, ProposalTicket.proposal_id == PolicyProposal.id)
    return session.scalars(query.where(ProposalTicket.ticket_id == ticket_id)).first()


def tickets_of(session: Session, actor: Actor, proposal_id: int) -> Sequence[Ticket]:
    """Return the linked tickets that the reader may see, newest first, two hundred at most."""
    query = select(Ticket).join(ProposalTicket, ProposalTicket.ticket_id == Ticket.id)
    query = query.where(ProposalTicket.proposal_id == proposal_id, queries.visible_to(actor))
    return session.scalars(query.order_by(Ticket.id.desc()).limit(200)).all()


def undecided(session: Session) -> Sequence[PolicyProposal]:
    """Return the proposals under which a ticket may still be put, newest first."""
    query = select(PolicyProposal).where(PolicyProposal.status.not_in(DECIDED))
    return session.scalars(query.order_by(PolicyProposal.id.desc())).all()


def by_status(session: Session) -> dict[str, int]:
    """Return how many proposals stand in each status."""
    query = select(PolicyProposal.status, func.count()).group_by(PolicyProposal.status)
    return dict(session.execute(query).all())


def listed(session: Session, *, public: bool = False) -> list[Listed]:
    """Return the proposals, newest first, with the tickets that were answered so; ``public``: only those with any."""
    decided = select(Answer.ticket_id).where(Answer.outcome == Status.POLICY_BACKLOG)
    counted = (
        select(ProposalTicket.proposal_id, func.count().label("number"))
        .where(ProposalTicket.ticket_id.in_(decided))
        .group_by(ProposalTicket.proposal_id)
        .subquery()
    )
    query = select(PolicyProposal, counted.c.number)
    query = query.join(counted, counted.c.proposal_id == PolicyProposal.id, isouter=not public)
    rows = session.execute(query.order_by(PolicyProposal.id.desc()))
    return [Listed(proposal, number or 0) for proposal, number in rows]


def _new(session: Session, ticket: Ticket, proposed: Proposed, by: Actor, at: datetime) -> PolicyProposal:
    if not proposed.title or not proposed.rule:
        raise Invalid(
            _("Vui lòng ghi tên kiến nghị và quy định cần sửa, hoặc chọn kiến nghị đã có."), "title"
        )
    year = clock.local_date(at).year
    row = PolicyProposal(
        code=f"KNSĐ-{year}-{next_number(session, f'proposal_{year}'):04d}",
        title=proposed.title,
        rule=proposed.rule,
        field=ticket.field,
        owner_id=proposed.owner_id,
        status="noted",
        public_note="",
        by_id=by.user_id,
        at=at,
    )
    session.add(row)
    session.flush()
    audit.record(
        session, "backlog.proposed", at=at, actor_id=by.user_id, subject=row.code, ticket=ticket.code
    )
    return row


def _open(session: Session, code: str) -> PolicyProposal:
    found = session.scalars(select(PolicyProposal).where(PolicyProposal.code == code)).first()
    if found is None or found.status in DECIDED:
        raise Invalid(_("Kiến nghị này không có hoặc đã có kết quả."), "existing")
    return found


def _check(proposal: PolicyProposal, status: str, public_note: str) -> None:
    if status not in STATUSES:
        raise Invalid(_("Vui lòng chọn tình trạng."), "status")
    if proposal.status in DECIDED and status != proposal.status:
        raise Invalid(_("Kiến nghị đã có kết quả và doanh nghiệp đã được báo; không đổi lại được."), "status")
    if status in DECIDED and not public_note.strip():
        raise Invalid(_("Vui lòng ghi công khai kết quả: văn bản nào, vì sao."), "public_note")


def _tell(session: Session, ticket: Ticket, proposal: PolicyProposal, at: datetime) -> None:
    if ticket.status == Status.WITHDRAWN:
        return
    if ticket.status == Status.POLICY_BACKLOG:
        move(ticket, Status.CLOSED)
        ticket.closed_on, ticket.close_reason = clock.local_date(at), DECIDED[proposal.status]
        outbox.publish(session, TicketClosed(ticket_id=ticket.id, reason=ticket.close_reason))
    told: dict[str, Any] = {"code": proposal.code, "outcome": proposal.status}
    announce(session, ticket, Entry.RULE_CHANGED, "enterprise", at=at, agency_id=proposal.owner_id, **told)

"""A decision on its way: drafted, approved step by step, numbered by the clerk, sent."""

from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from feedback_app.accounts.actor import Actor, Function
from feedback_app.catalogue import store
from feedback_app.catalogue.packs.approvals import ApprovalChain
from feedback_app.core import clock
from feedback_app.core.errors import Conflict, Forbidden, Invalid
from feedback_app.tickets import queries
from feedback_app.tickets.drafting import AnswerDraft, Approval
from feedback_app.tickets.lifecycle import Act, Status
from feedback_app.tickets.models import Answer, Assignment, Ticket
from feedback_app.tickets.services import answering
from feedback_app.tickets.services.answering import Decision, Letter
from feedback_app.tickets.services.moving import require
from feedback_app.tickets.services.telling import announce
from feedback_app.tickets.timeline import Entry, tell

LIVE = ("writing", "approving", "returned")


def live_draft(ticket: Ticket) -> AnswerDraft | None:
    """Return the draft that is being written, approved or was returned."""
    return next((d for d in ticket.drafts if d.state in LIVE and d.round == ticket.round), None)


def save(
    session: Session,
    ticket: Ticket,
    decision: Decision,
    *,
    by: Actor,
    at: datetime,
    seen_draft: int | None = None,
    seen_version: int | None = None,
    cluster: str = "",
) -> AnswerDraft:
    """Keep what was written, without handing it in; ``cluster``: whose common answer it is.

    Raises:
        Forbidden, Conflict, IllegalTransition: see ``moving.require``; Conflict too where the draft has changed since
            its version ``seen_draft``.
    """
    require(by, Act.DRAFT, ticket, seen_version)
    draft = live_draft(ticket)
    if draft is None:
        draft = AnswerDraft(
            round=ticket.round,
            agency_id=ticket.holder_id,
            chain=_chain(session, ticket).model_dump(mode="json"),
            state="writing",
        )
        ticket.drafts.append(draft)
    elif seen_draft is not None and seen_draft != draft.version:
        raise Conflict(Act.DRAFT)
    draft.author_id, draft.at = by.user_id, at
    draft.outcome, draft.reason_code = decision.outcome, decision.reason_code
    draft.text, draft.legal_refs, draft.apology = decision.text, decision.legal_refs, decision.apology
    draft.details = {"cluster": cluster} if cluster else {}
    session.flush()
    return draft


def hand_in(session: Session, ticket: Ticket, draft: AnswerDraft, *, by: Actor, at: datetime) -> None:
    """Hand the draft in to the first step; from here on its words stand until somebody returns it.

    Raises:
        Forbidden, IllegalTransition: see ``moving.require``.
        Invalid: it says too little, or comes late without an apology.
    """
    require(by, Act.DRAFT, ticket)
    today = clock.local_date(at)
    answering.check(_decision(draft), today)
    if answering.needs_apology(ticket, today) and not draft.apology.strip():
        raise Invalid(_("Phiếu đã quá hạn: dự thảo phải kèm lời xin lỗi doanh nghiệp."), "apology")
    draft.state, draft.step, draft.chain = "approving", 0, _chain(session, ticket).model_dump(mode="json")
    _begin_leg(ticket, at, by)
    announce(session, ticket, Entry.DRAFTED, "holder", at=at, actor_id=by.user_id, agency_id=ticket.holder_id)


def approve(
    session: Session,
    ticket: Ticket,
    *,
    by: Actor,
    verdict: bool,
    remarks: str,
    at: datetime,
    seen_version: int | None = None,
) -> AnswerDraft:
    """Approve the step that is awaited, or return the draft to its author with remarks.

    Raises:
        Forbidden, Conflict, IllegalTransition: see ``moving.require``; Forbidden too where the step is not the
            person's, or the author would approve although somebody else could.
        Invalid: returned without remarks.
    """
    require(by, Act.APPROVE, ticket, seen_version)
    draft = awaited(ticket)
    if not may_approve(session, ticket, by):
        raise Forbidden(Act.APPROVE)
    if not verdict and not remarks:
        raise Invalid(_("Vui lòng ghi ý kiến để người soạn sửa dự thảo."), "remarks")
    _note(session, draft, by, verdict=verdict, remarks=remarks, at=at)
    if verdict:
        draft.step += 1
        tell(
            session,
            ticket,
            Entry.APPROVED,
            at=at,
            actor_id=by.user_id,
            agency_id=ticket.holder_id,
            step=draft.step,
        )
        return draft
    draft.state, draft.step = "returned", 0
    _end_leg(ticket, at)
    author = draft.author_id
    announce(
        session,
        ticket,
        Entry.DRAFT_RETURNED,
        "person",
        whom=author,
        at=at,
        actor_id=by.user_id,
        agency_id=ticket.holder_id,
    )
    return draft


def issue(
    session: Session,
    ticket: Ticket,
    *,
    by: Actor,
    letter: Letter,
    at: datetime,
    seen_version: int | None = None,
) -> Answer:
    """Enter number, date and signer as they stand on the signed letter, and send the approved decision.

    Raises:
        Forbidden, Conflict, IllegalTransition: see ``moving.require``; Forbidden too while a step is missing or the
            last one is not the person's.
        Invalid: number, date or signer is missing.
    """
    require(by, Act.ISSUE, ticket, seen_version)
    draft = awaited(ticket)
    if not may_issue(ticket, by):
        raise Forbidden(Act.ISSUE)
    if not letter.number:
        raise Invalid(_("Vui lòng ghi số, ngày và người ký đúng như trên văn bản."), "letter_number")
    signed_by = session.scalar(queries.last_approver(draft.id))
    draft.state = "issued"
    _end_leg(ticket, at)
    row = answering.conclude(
        session,
        ticket,
        _decision(draft, letter),
        author_id=draft.author_id,
        signed_by_id=signed_by,
        sent_by_id=by.user_id,
        at=at,
    )
    if common := draft.details.get("cluster"):
        told_together(session, ticket, common, by=by, at=at)
    return row


def told_together(session: Session, ticket: Ticket, cluster: str, *, by: Actor, at: datetime) -> None:
    """Write into the history that the answer is the common one of a cluster."""
    who = {"actor_id": by.user_id, "agency_id": ticket.holder_id}
    tell(session, ticket, Entry.ANSWERED_TOGETHER, at=at, **who, cluster=cluster, round=ticket.round)


def awaited(ticket: Ticket) -> AnswerDraft:
    """Return the draft in approval; ``policy`` has said that there is one."""
    return next(d for d in ticket.drafts if d.state == "approving")


def may_approve(session: Session, ticket: Ticket, person: Actor) -> bool:
    """Say whether the awaited step approves and is this person's; one's own draft only where nobody else could."""
    draft = next((d for d in ticket.drafts if d.state == "approving"), None)
    if draft is None:
        return False
    chain = ApprovalChain.model_validate(draft.chain)
    if draft.step >= len(chain.steps) - 1:
        return False
    if not answering.holds_step(person, chain, draft.step, draft.agency_id):
        return False
    functions = [Function(code) for code in chain.steps[draft.step].functions]
    return person.user_id != draft.author_id or not queries.others_hold(
        session, draft.agency_id, functions, person.user_id, clock.today()
    )


def may_issue(ticket: Ticket, person: Actor) -> bool:
    """Say whether only the last step is missing and it is this person's."""
    draft = next((d for d in ticket.drafts if d.state == "approving"), None)
    if draft is None:
        return False
    chain = ApprovalChain.model_validate(draft.chain)
    last = len(chain.steps) - 1
    return draft.step == last and answering.holds_step(person, chain, last, draft.agency_id)


def _decision(draft: AnswerDraft, letter: Letter | None = None) -> Decision:
    return Decision(
        outcome=Status(draft.outcome),
        text=draft.text,
        legal_refs=draft.legal_refs,
        reason_code=draft.reason_code,
        apology=draft.apology,
        letter=letter or Letter(),
    )


def _chain(session: Session, ticket: Ticket) -> ApprovalChain:
    chain = answering.chain_of(store.current(session), ticket)
    if chain is None or chain.direct:
        raise Forbidden(Act.DRAFT)
    return chain


def _note(
    session: Session, draft: AnswerDraft, by: Actor, *, verdict: bool, remarks: str, at: datetime
) -> None:
    row: dict[str, Any] = {"step": draft.step, "by_id": by.user_id, "remarks": remarks, "at": at}
    session.add(Approval(draft_id=draft.id, verdict="approved" if verdict else "returned", **row))


def _begin_leg(ticket: Ticket, at: datetime, by: Actor) -> None:
    ticket.assignments.append(
        Assignment(
            agency_id=ticket.holder_id,
            part="approval",
            round=ticket.round,
            started_at=at,
            started_on=clock.local_date(at),
            by_id=by.user_id,
            candidates={},
        )
    )


def _end_leg(ticket: Ticket, at: datetime) -> None:
    for leg in ticket.assignments:
        if leg.part == "approval" and leg.ended_on is None:
            leg.ended_on = clock.local_date(at)

"""What stands beside the main state on the ticket's page: opinions asked, what waits for the head or the province."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from feedback_app.accounts.actor import Actor
from feedback_app.core import clock
from feedback_app.core.clock import local_date
from feedback_app.core.i18n import language
from feedback_app.tickets import queries
from feedback_app.tickets.drafting import AnswerDraft
from feedback_app.tickets.lifecycle import Status
from feedback_app.tickets.models import Ticket
from feedback_app.tickets.reasons import EXTENSION_REASONS, OUTCOMES, REDIRECT_TARGETS, REJECT_REASONS
from feedback_app.tickets.services.approving import LIVE
from feedback_app.web.catalogue import loaded
from feedback_app.web.presenting import agency_name

Files = Callable[[int], list[Any]]


@dataclass(frozen=True, slots=True)
class OpinionView:
    """One agency's opinion: what it was asked, by when, and what it said."""

    agency: str
    ours: bool
    question: str
    due_on: date
    given_on: date | None
    late: bool
    text: str
    files: list[Any]


@dataclass(frozen=True, slots=True)
class RequestView:
    """What was asked of the head, and what became of it."""

    kind: str
    reason: str
    text: str
    days: int | None
    at: datetime
    verdict: str | None
    remarks: str


@dataclass(frozen=True, slots=True)
class ObjectionView:
    kind: str
    who: str
    text: str
    at: datetime
    verdict: str | None
    remarks: str


@dataclass(frozen=True, slots=True)
class DraftView:
    """A draft with what was decided on each of its steps."""

    outcome: str
    reason: str
    text: str
    law: list[str]
    state: str
    step: int
    steps: list[str]
    remarks: list[tuple[str, str, str, datetime]]  # who, verdict, remarks, when


@dataclass(frozen=True, slots=True)
class ApologyView:
    agency: str
    text: str
    new_date: date | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Beside:
    """All of it; empty lists where there is nothing."""

    opinions: Sequence[OpinionView]
    requests: Sequence[RequestView]
    objections: Sequence[ObjectionView]
    provisional: bool

    def __bool__(self) -> bool:
        return bool(self.opinions or self.requests or self.objections or self.provisional)


def beside(ticket: Ticket, actor: Actor, files: Files) -> Beside:
    """Return what stands beside the state; ``files`` gives those of a message by its id."""
    return Beside(
        opinions=_opinions(ticket, actor, files),
        requests=[
            RequestView(
                r.kind,
                str(EXTENSION_REASONS.get(r.reason_code, "")),
                r.text,
                r.days,
                r.asked_at,
                r.verdict,
                r.remarks,
            )
            for r in ticket.head_requests
        ],
        objections=[
            ObjectionView(
                o.kind,
                agency_name(loaded(), o.agency_id, local_date(o.raised_at)),
                o.text,
                o.raised_at,
                o.verdict,
                o.remarks,
            )
            for o in ticket.objections
        ],
        provisional=any(a.provisional and a.ended_on is None for a in ticket.assignments),
    )


def _opinions(ticket: Ticket, actor: Actor, files: Files) -> list[OpinionView]:
    said = {message.id: message.text for message in ticket.messages if message.kind == "opinion"}
    own, today = actor.agency_ids(), clock.today()
    return [
        OpinionView(
            agency=agency_name(loaded(), o.agency_id, local_date(o.asked_at)),
            ours=o.agency_id in own,
            question=o.question,
            due_on=o.due_on,
            given_on=o.given_on,
            late=(o.given_on or today) > o.due_on,
            text=said.get(o.message_id or 0, ""),
            files=files(o.message_id) if o.message_id else [],
        )
        for o in ticket.opinions
    ]


def drafts_of(session: Any, ticket: Ticket) -> list[DraftView]:
    """Return the drafts of the running round that were not issued yet, with what was said of them."""
    drafts = [d for d in ticket.drafts if d.round == ticket.round and d.state in LIVE]
    if not drafts:
        return []
    told = queries.approvals_of(session, [draft.id for draft in drafts])
    return [_draft(draft, told.get(draft.id, [])) for draft in drafts]


def apologies_of(ticket: Ticket) -> list[ApologyView]:
    """Return the letters of apology, oldest first."""
    return [
        ApologyView(agency_name(loaded(), a.agency_id, local_date(a.at)), a.text, a.new_date, a.at)
        for a in ticket.apologies
    ]


def _draft(draft: AnswerDraft, told: list[tuple[str, str, str, datetime]]) -> DraftView:
    notes = [step["note"]["en" if language() == "en" else "vi"] for step in draft.chain["steps"]]
    return DraftView(
        outcome=str(OUTCOMES[Status(draft.outcome)]),
        reason=str({**REJECT_REASONS, **REDIRECT_TARGETS}.get(draft.reason_code, "")),
        text=draft.text,
        law=[line.strip() for line in draft.legal_refs.splitlines() if line.strip()],
        state=draft.state,
        step=draft.step,
        steps=notes,
        remarks=told,
    )

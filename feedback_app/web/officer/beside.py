"""What stands beside the main state on the ticket's page: opinions asked, what waits for the head or the province."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from feedback_app.accounts.actor import Actor
from feedback_app.core import clock
from feedback_app.core.clock import local_date
from feedback_app.tickets.models import Ticket
from feedback_app.tickets.reasons import EXTENSION_REASONS
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

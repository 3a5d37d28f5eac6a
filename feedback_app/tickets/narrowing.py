"""What narrows a queue beside its part: words, state, field, area, who has it; all of them at once."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, select, text, true, union
from sqlalchemy.orm import Session, aliased

from feedback_app.accounts.actor import Actor, Function
from feedback_app.tickets.coordination import HeadRequest, Opinion
from feedback_app.tickets.drafting import AnswerDraft
from feedback_app.tickets.lifecycle import Status
from feedback_app.tickets.models import Ticket
from feedback_app.tickets.policy import ANSWERING, HANDLING
from feedback_app.tickets.search import finding

HELD_OPEN = text("held.clock IN ('open', 'paused')")  # as the partial index of the queue says it
NOBODY = 0  # as a handler: tickets that nobody handles


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What narrows the list; ``areas`` holds an area and all within it, ``handler_id`` may be ``NOBODY``."""

    words: str = ""
    status: Status | None = None
    field: str = ""
    areas: tuple[str, ...] = ()
    handler_id: int | None = None
    holder_id: int | None = None  # the agency that has the ball


def narrowed(session: Session, actor: Actor, by: Filters, clocks: tuple[str, ...]) -> ColumnElement[bool]:
    """Return the condition that a ticket, whose clock is one of ``clocks``, passes every filter."""
    conditions: list[ColumnElement[bool]] = []
    if by.words.strip():
        conditions.append(finding.mentioning(session, actor, by.words, clocks))
    if by.status is not None:
        conditions.append(Ticket.status == by.status)
    if by.field:
        conditions.append(Ticket.field == by.field)
    if by.areas:
        conditions.append(Ticket.area.in_(by.areas))
    if by.handler_id is not None:
        conditions.append(_handled_by(by.handler_id))
    if by.holder_id is not None:
        conditions.append(Ticket.holder_id == by.holder_id)
    return and_(true(), *conditions)


def waiting_for(session: Session, actor: Actor) -> ColumnElement[bool]:
    """Return the condition that the next step on a ticket is this person's.

    What one handles, unless a draft of it lies with others; what waits for one as head, for one's approval or number,
    and the opinions asked of one's agency.
    """
    own, headed = actor.agency_ids(HANDLING), actor.agency_ids({Function.AGENCY_HEAD})
    held = aliased(Ticket, name="held")
    with_others = exists().where(AnswerDraft.ticket_id == held.id, AnswerDraft.state == "approving")
    mine = select(held.id).where(
        held.holder_id.in_(own),
        held.handler_id == actor.user_id,
        HELD_OPEN,
        held.clock == "open",
        ~with_others,
    )
    asked = select(Opinion.ticket_id).where(
        Opinion.agency_id.in_(actor.agency_ids(ANSWERING)), Opinion.given_on.is_(None)
    )
    to_decide = select(HeadRequest.ticket_id).where(
        HeadRequest.agency_id.in_(headed), HeadRequest.verdict.is_(None)
    )
    # ids first: an OR over the tickets themselves would be looked for among all that are open in the province
    drafts = select(AnswerDraft.ticket_id).where(AnswerDraft.ticket_id.in_(_drafts(session, actor)))
    return Ticket.id.in_(union(mine, asked, to_decide, drafts))


def _handled_by(handler_id: int) -> ColumnElement[bool]:
    return Ticket.handler_id.is_(None) if handler_id == NOBODY else Ticket.handler_id == handler_id


def _drafts(session: Session, actor: Actor) -> list[int]:
    """Return the tickets of which a draft waits for this person's step."""
    query = select(AnswerDraft).where(
        AnswerDraft.state == "approving", AnswerDraft.agency_id.in_(actor.agency_ids(HANDLING))
    )
    return [draft.ticket_id for draft in session.scalars(query) if _awaits(draft, actor)]


def _awaits(draft: AnswerDraft, actor: Actor) -> bool:
    steps = draft.chain["steps"]
    functions = [Function(code) for code in steps[draft.step]["functions"]]
    own_to_approve = draft.author_id == actor.user_id and draft.step < len(steps) - 1
    return actor.holds(*functions, agency_id=draft.agency_id) and not own_to_approve

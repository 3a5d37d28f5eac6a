"""What is read of proposals: each with its ticket as far as the reader may see it, and how far its answer is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session

from feedback_app.accounts.actor import Actor
from feedback_app.core.errors import NotFound
from feedback_app.dialogues.models import Meeting, MeetingProposal
from feedback_app.dialogues.rules import Handling, Kind, Readiness, State, is_ready
from feedback_app.tickets.drafting import AnswerDraft
from feedback_app.tickets.lifecycle import DECIDED, OPEN, Status
from feedback_app.tickets.models import Ticket
from feedback_app.tickets.policy import ANSWERING
from feedback_app.tickets.queries import visible_to

ANSWERED = DECIDED | {Status.CLOSED}


@dataclass(frozen=True, slots=True)
class Row:
    """A proposal with its ticket as far as it concerns the meeting; ``seen``: this reader may open the ticket."""

    proposal: MeetingProposal
    code: str
    title: str
    field: str
    status: str
    lead_id: int | None
    readiness: Readiness
    seen: bool


def belonging(meeting: Meeting) -> ColumnElement[bool]:
    """Return the condition that a proposal is this meeting's: its own, or sent to it from the provincial one."""
    return or_(MeetingProposal.meeting_id == meeting.id, MeetingProposal.sectoral_id == meeting.id)


def readiness_of() -> ColumnElement[str]:
    """Return, as SQL, how far the answer to a proposal is: by the ticket and its draft, nothing of our own."""
    live = and_(AnswerDraft.ticket_id == Ticket.id, AnswerDraft.round == Ticket.round)
    approving = exists().where(live, AnswerDraft.state == "approving")
    writing = exists().where(live, AnswerDraft.state.in_(("writing", "returned")))
    return case(
        (Ticket.status.in_(ANSWERED), Readiness.ANSWERED),
        (approving, Readiness.IN_APPROVAL),
        (writing, Readiness.DRAFTED),
        else_=Readiness.NOTHING,
    )


def _rows(actor: Actor) -> Select[*tuple[Any, ...]]:
    columns = (Ticket.code, Ticket.title, Ticket.field, Ticket.status, Ticket.lead_id)
    query = select(MeetingProposal, *columns, readiness_of(), visible_to(actor))
    return query.join(Ticket, Ticket.id == MeetingProposal.ticket_id)


def _row(found: Sequence[Any]) -> Row:
    proposal, code, title, field, status, lead_id, readiness, seen = found
    shown = title if seen else ""
    return Row(
        proposal, code if seen else "", shown, field, status, lead_id, Readiness(readiness), bool(seen)
    )


def proposals(
    session: Session,
    actor: Actor,
    meeting: Meeting,
    *,
    unclassified: bool = False,
    after: int = 0,
    size: int = 50,
) -> list[Row]:
    """Return proposals whose tickets the reader may see, in the order in which they came, those beyond ``after``."""
    query = _rows(actor).where(belonging(meeting), visible_to(actor), MeetingProposal.id > after)
    if unclassified:
        query = query.where(MeetingProposal.handling == "")
    return [_row(found) for found in session.execute(query.order_by(MeetingProposal.id).limit(size))]


def proposal(session: Session, actor: Actor, meeting: Meeting, proposal_id: int) -> Row:
    """Return one proposal of the meeting whose ticket the reader may see. Raises NotFound."""
    query = _rows(actor).where(belonging(meeting), visible_to(actor), MeetingProposal.id == proposal_id)
    found = session.execute(query).first()
    if found is None:
        raise NotFound(str(proposal_id))
    return _row(found)


def number_of(session: Session, meeting: Meeting) -> dict[str, int]:
    """Return how many proposals there are by handling ("" for those not classified)."""
    query = (
        select(MeetingProposal.handling, func.count())
        .where(belonging(meeting))
        .group_by(MeetingProposal.handling)
    )
    return dict(session.execute(query).all())


def own_of_enterprise(session: Session, enterprise_id: int, meeting: Meeting) -> Sequence[Ticket]:
    """Return the tickets of an enterprise that are proposals of the meeting."""
    query = select(Ticket).join(MeetingProposal, MeetingProposal.ticket_id == Ticket.id)
    query = query.where(MeetingProposal.meeting_id == meeting.id, Ticket.enterprise_id == enterprise_id)
    return session.scalars(query.order_by(Ticket.id)).all()


def to_join(session: Session, enterprise_id: int, meeting: Meeting, size: int = 50) -> Sequence[Ticket]:
    """Return open tickets of an enterprise that can be raised at the meeting: not sensitive, not there yet."""
    there = select(MeetingProposal.ticket_id).where(MeetingProposal.meeting_id == meeting.id)
    query = select(Ticket).where(
        Ticket.enterprise_id == enterprise_id,
        Ticket.status.in_(OPEN),
        Ticket.sensitive.is_(False),
        Ticket.id.not_in(there),
    )
    return session.scalars(query.order_by(Ticket.id.desc()).limit(size)).all()


@dataclass(frozen=True, slots=True)
class Owed:
    """How far one agency is with its answers before the day; ``missing`` are those still owed."""

    agency_id: int | None
    all: int
    answered: int
    drafted: int
    missing: int


def replies_by_agency(session: Session, meeting: Meeting) -> list[Owed]:
    """Return how far the agencies are, those that owe most first; proposals sent to a sectoral dialogue are its own."""
    readiness = readiness_of()
    query = select(Ticket.lead_id, MeetingProposal.handling, readiness, func.count())
    query = query.join(Ticket, Ticket.id == MeetingProposal.ticket_id).where(
        belonging(meeting), MeetingProposal.settled_at.is_(None)
    )
    counted: dict[int | None, list[int]] = {}
    for lead_id, handling, how_far, number in session.execute(
        query.group_by(Ticket.lead_id, MeetingProposal.handling, readiness)
    ):
        if handling == Handling.SECTORAL and meeting.kind == Kind.PROVINCIAL:
            continue
        all_, answered, drafted, missing = counted.setdefault(lead_id, [0, 0, 0, 0])
        ready = is_ready(handling, Readiness(how_far))
        counted[lead_id] = [
            all_ + number,
            answered + number * (how_far == Readiness.ANSWERED),
            drafted + number * (ready and how_far != Readiness.ANSWERED),
            missing + number * (not ready),
        ]
    owed = [Owed(agency_id, *numbers) for agency_id, numbers in counted.items()]
    return sorted(owed, key=lambda o: (-o.missing, -o.all, o.agency_id or 0))


def own_replies(session: Session, actor: Actor, today: date) -> list[tuple[Row, Meeting]]:
    """Return the proposals of meetings to come that the reader's agencies lead and have not prepared yet."""
    query = (
        _rows(actor)
        .add_columns(Meeting)
        .join(Meeting, Meeting.id == func.coalesce(MeetingProposal.sectoral_id, MeetingProposal.meeting_id))
    )
    query = query.where(
        Ticket.lead_id.in_(actor.agency_ids(ANSWERING)),
        Meeting.state == State.CALLED,
        Meeting.held_on >= today,
        MeetingProposal.settled_at.is_(None),
        MeetingProposal.handling != "",
        Ticket.status.not_in(ANSWERED),
        visible_to(actor),
    )
    rows = session.execute(query.order_by(Meeting.replies_on, MeetingProposal.id).limit(200)).all()
    return [(_row(found[:-1]), found[-1]) for found in rows]

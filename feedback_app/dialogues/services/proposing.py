"""A proposal becomes a ticket of the ordinary kind, or joins one that is there; after the closing day only a ticket."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from feedback_app.accounts.actor import Actor
from feedback_app.catalogue.packs import Kind
from feedback_app.catalogue.store import Loaded
from feedback_app.core import clock
from feedback_app.core.errors import Conflict, NotFound
from feedback_app.core.inserting import insert_missing
from feedback_app.core.numbers import next_number
from feedback_app.dialogues import proposals
from feedback_app.dialogues.models import Meeting, MeetingProposal
from feedback_app.dialogues.rules import Act, State, takes_proposals
from feedback_app.dialogues.services.requiring import record, require
from feedback_app.intake import codes, suggesting
from feedback_app.routing.decide import route
from feedback_app.routing.matter import Matter
from feedback_app.tickets.models import Ticket
from feedback_app.tickets.policy import Owner
from feedback_app.tickets.services import recognising
from feedback_app.tickets.services.opening import FiledBy, Filing, open_ticket

CHANNEL = "dialogue"
FORM, TABLE, RECOGNISED = "form", "table", "recognised"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """What somebody asks to be talked about; ``secret`` makes sending it twice one ticket."""

    secret: str
    by: FiledBy
    title: str
    body: str
    field: str = ""
    hide_identity: bool = False
    publish_consent: bool = False
    went_on: bool = False  # warned that it reads like an accusation, and sent it all the same


@dataclass(frozen=True, slots=True)
class Sent:
    """The ticket by its submission; ``late``: the call had closed, it is no part of the meeting."""

    submission: str
    late: bool


def propose(
    session: Session,
    meeting: Meeting,
    told: Proposed,
    loaded: Loaded,
    *,
    owner: Owner | None,
    at: datetime,
    prefix: str,
) -> Sent:
    """File a proposal as a ticket that the worker routes as any other.

    Raises:
        Conflict: the same form is being sent by another request.
    """
    late = not takes_proposals(State(meeting.state), meeting.closes_on, clock.local_date(at))
    filing = _filing(session, meeting, told, loaded, owner, at, late=late)
    try:
        with session.begin_nested():
            ticket = open_ticket(session, filing, loaded, at=at, prefix=prefix)
    except IntegrityError:
        raise Conflict from None
    if not late:
        link(session, meeting, [ticket.id], origin=FORM, at=at)
    record(session, "proposed", meeting, None, at, ticket=ticket.code, late=late)
    return Sent(filing.submission, late)


def join(session: Session, meeting: Meeting, code: str, *, owner: Owner, by: Actor, at: datetime) -> None:
    """Raise an own ticket that is open at the meeting: no second ticket, no second clock.

    Raises:
        Forbidden, IllegalTransition: the meeting takes no proposals.
        NotFound: the call has closed, or there is no such open ticket of this enterprise.
    """
    require(by, Act.PROPOSE, meeting)
    if not takes_proposals(State(meeting.state), meeting.closes_on, clock.local_date(at)):
        raise NotFound(code)
    found = proposals.to_join(session, owner.enterprise_id or 0, meeting)
    ticket = next((ticket for ticket in found if ticket.code == code), None)
    if ticket is None:
        raise NotFound(code)
    today = clock.local_date(at)
    recognising.note(session, ticket, CHANNEL, _next_code(session, meeting), today, by, at)
    link(session, meeting, [ticket.id], origin=RECOGNISED, at=at)
    record(session, "joined", meeting, by, at, ticket=ticket.code)


def link(session: Session, meeting: Meeting, ticket_ids: list[int], *, origin: str, at: datetime) -> int:
    """Make the tickets proposals of the meeting; return how many were none of it before."""
    rows = [
        {
            "meeting_id": meeting.id,
            "ticket_id": ticket_id,
            "origin": origin,
            "heading": "",
            "competence": "",
            "handling": "",
            "settled_note": "",
            "at": at,
            "version": 1,
        }
        for ticket_id in ticket_ids
    ]
    return len(insert_missing(session, MeetingProposal, rows, MeetingProposal.id))


def is_late(session: Session, submission: str, meeting: Meeting) -> bool:
    """Say whether the filing is no proposal of the meeting, since it came after the closing day."""
    query = (
        select(func.count()).select_from(MeetingProposal).join(Ticket, Ticket.id == MeetingProposal.ticket_id)
    )
    query = query.where(Ticket.submission == submission, MeetingProposal.meeting_id == meeting.id)
    return not session.scalar(query)


def guessed(text: str, loaded: Loaded, on: date) -> str:
    """Return the kind that the words suggest."""
    return suggesting.guessed_kind(text, loaded.catalogue, on)


def _filing(
    session: Session,
    meeting: Meeting,
    told: Proposed,
    loaded: Loaded,
    owner: Owner | None,
    at: datetime,
    *,
    late: bool,
) -> Filing:
    kind = _kind(told, loaded, clock.local_date(at))
    text = f"{told.title}\n{told.body}"
    field = told.field or route(Matter(kind=kind, text=text), loaded.catalogue, clock.local_date(at)).field
    enterprise_id = owner.enterprise_id if owner is not None else None
    return Filing(
        submission=codes.submission(told.secret),
        kind=kind,
        field=field,
        title=told.title,
        body=told.body,
        by=told.by,
        hide_identity=told.hide_identity,
        publish_consent=told.publish_consent,
        accusation="went_on" if told.went_on else None,
        channel="web" if late else CHANNEL,
        channel_code="" if late else _next_code(session, meeting),
        enterprise_id=enterprise_id,
        user_id=owner.user_id if owner is not None else None,
        tracking_hash=None if enterprise_id else codes.tracking_hash(codes.tracking_code(told.secret)),
    )


def _kind(told: Proposed, loaded: Loaded, on: date) -> Kind:
    """Return the kind that the words suggest; a public meeting is no place for a sensitive one."""
    kind = Kind(guessed(f"{told.title}\n{told.body}", loaded, on))
    return Kind.OBSTACLE if kind in loaded.catalogue.routing.sensitive_kinds else kind


def _next_code(session: Session, meeting: Meeting) -> str:
    return f"{meeting.code}/{next_number(session, f'dialogue_proposal_{meeting.id}'):04d}"

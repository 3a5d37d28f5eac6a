"""Meetings: those concerned hear of the call, the invitation, another day, the conclusions, and of what they owe.

A letter names the meeting, its day and how much there is; never a ticket's text, never who else proposed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from feedback_app.accounts.actor import Function
from feedback_app.accounts.models import User
from feedback_app.catalogue.packs.ladder import Group
from feedback_app.core import clock
from feedback_app.core.outbox import Payload
from feedback_app.dialogues.models import Meeting, MeetingItem, MeetingProposal
from feedback_app.dialogues.proposals import readiness_of
from feedback_app.dialogues.rules import ItemState, Kind, Readiness, State
from feedback_app.notifications import people, reaching
from feedback_app.notifications.owed import by_person
from feedback_app.notifications.reaching import Occasion
from feedback_app.notifications.rules import Channel, Letter
from feedback_app.notifications.services import dispatch
from feedback_app.tickets.models import Filer, Ticket

STAFF = (Function.OFFICER, Function.AGENCY_HEAD)
CALLED, CONCLUDED = "called", "concluded"


@dataclass(frozen=True, slots=True)
class Due:
    """An item, or an answer before a meeting, that an agency owes."""

    id: int
    agency_id: int
    code: str


def news(session: Session, payload: Payload) -> None:
    """Tell whom the news of a meeting concerns: agencies always, those who proposed from the invitation on."""
    meeting = session.get_one(Meeting, payload["meeting_id"])
    what = payload["what"]
    key = f"{what}:{meeting.id}:{payload['number']}"
    inside = _occasion(key, meeting, what, inside=True)
    reaching.reach_accounts(session, inside, _staff(session, meeting, what))
    if what != CALLED:
        _tell_proposers(session, meeting, _occasion(key, meeting, what, inside=False))


def reminded(session: Session, payload: Payload) -> None:
    """Tell whom the rung addresses of what is still owed, one mail a person."""
    owed = _still_owed(session, payload)
    groups = [Group(group) for group in payload["groups"]]
    lines = by_person(session, owed, groups)
    wished = reaching.wishes(session, [person.user.id for person, _dues in lines])
    messages = [
        reaching.to_account(_reminder(payload, dues), person.user, Channel.MAIL)
        for person, dues in lines
        if wished[person.user.id].mail and wished[person.user.id].digest
    ]
    dispatch(session, messages)


def _staff(session: Session, meeting: Meeting, what: str) -> list[User]:
    """Return the people of the agencies concerned; of a call for the whole province, the heads of all agencies."""
    wide = meeting.kind != Kind.SECTORAL
    concerned = people.staff(session, _agencies(session, meeting))
    found = [p for id_ in _agencies(session, meeting) for p in concerned.holding(STAFF, id_)]
    if wide:
        found += people.leaders(session)
    if wide and what == CALLED:
        found += people.holding(session, Function.AGENCY_HEAD)
    return list({person.user.id: person.user for person in found}.values())


def _agencies(session: Session, meeting: Meeting) -> set[int]:
    """Return the chair, who leads a proposal's ticket, who owns an item."""
    leads = select(Ticket.lead_id).join(MeetingProposal, MeetingProposal.ticket_id == Ticket.id)
    leads = leads.where(MeetingProposal.meeting_id == meeting.id, Ticket.lead_id.is_not(None))
    owners = select(MeetingItem.owner_id).where(MeetingItem.meeting_id == meeting.id)
    return {meeting.chair_id, *session.scalars(leads), *session.scalars(owners)} - {None}


def _tell_proposers(session: Session, meeting: Meeting, occasion: Occasion) -> None:
    """Write to each enterprise's accounts, and to each contact that was left, once however much was proposed."""
    query = select(Ticket).join(MeetingProposal, MeetingProposal.ticket_id == Ticket.id)
    query = query.where(MeetingProposal.meeting_id == meeting.id).options(joinedload(Ticket.filer))
    told: set[str] = set()
    for ticket in session.scalars(query.order_by(Ticket.id)):
        users = people.of_enterprise(session, ticket)
        if users:
            reaching.reach_accounts(session, occasion, users)
        elif _contact(ticket.filer) and _contact(ticket.filer) not in told:
            told.add(_contact(ticket.filer))
            own = Occasion(f"{occasion.key}:{ticket.id}", occasion.letter, occasion.data)
            reaching.reach_filer(session, own, ticket, ticket.filer)


def _contact(filer: Filer) -> str:
    return (filer.email or filer.phone).strip().lower()


def _occasion(key: str, meeting: Meeting, what: str, *, inside: bool) -> Occasion:
    data: dict[str, Any] = {
        "what": what,
        "meeting": meeting.code,
        "title": meeting.title,
        "day": f"{meeting.held_on:%d/%m/%Y}",
        "hour": meeting.hour,
        "place": meeting.place,
        "closes": f"{meeting.closes_on:%d/%m/%Y}",
        "inside": inside,
    }
    return Occasion(key, Letter.DIALOGUE, data, quiet=True)


def _still_owed(session: Session, payload: Payload) -> list[Due]:
    if payload["subject"] == "item":
        query = select(MeetingItem.id, MeetingItem.owner_id, Meeting.code)
        query = query.join(Meeting, Meeting.id == MeetingItem.meeting_id)
        query = query.where(MeetingItem.id.in_(payload["ids"]), MeetingItem.state == ItemState.OPEN)
        return _dues(session.execute(query.order_by(MeetingItem.id)))
    where = Meeting.id == func.coalesce(MeetingProposal.sectoral_id, MeetingProposal.meeting_id)
    replies = select(MeetingProposal.id, Ticket.lead_id, Meeting.code).join(Meeting, where)
    replies = replies.join(Ticket, Ticket.id == MeetingProposal.ticket_id).where(
        MeetingProposal.id.in_(payload["ids"]),
        Meeting.state == State.CALLED,
        Ticket.lead_id.is_not(None),
        readiness_of() != Readiness.ANSWERED,
    )
    return _dues(session.execute(replies.order_by(MeetingProposal.id)))


def _dues(rows: Iterable[Any]) -> list[Due]:
    return [Due(*row) for row in rows]


def _reminder(payload: Payload, dues: list[Due]) -> Occasion:
    distance = payload["distance"]
    data = {
        "what": payload["subject"],
        "meeting": dues[0].code,
        "late": distance > 0,
        "today": distance == 0,
        "count": len(dues),
        "inside": True,
    }
    key = f"{payload['subject']}:{payload['rung']}:{clock.today()}:{min(due.id for due in dues)}"
    return Occasion(key, Letter.DIALOGUE, data, quiet=True)

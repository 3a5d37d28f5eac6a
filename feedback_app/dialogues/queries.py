"""What is read of meetings: lists by pages, one meeting for its reader, proposals, items."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session, selectinload

from feedback_app.accounts.actor import Actor
from feedback_app.core.errors import NotFound
from feedback_app.dialogues import policy
from feedback_app.dialogues.models import ItemEvidence, ItemReport, Meeting, MeetingConclusion, MeetingItem
from feedback_app.dialogues.policy import MeetingFacts
from feedback_app.dialogues.rules import PUBLIC, ItemState, Kind, State
from feedback_app.tickets.policy import ANSWERING

Key = tuple[date, int]  # the last row of the page before


def facts_of(meeting: Meeting, item: MeetingItem | None = None) -> MeetingFacts:
    owner_id = item.owner_id if item is not None else None
    return MeetingFacts(Kind(meeting.kind), State(meeting.state), meeting.chair_id, owner_id)


def page_of(
    session: Session, actor: Actor | None, *, after: Key | None = None, size: int = 20
) -> Sequence[Meeting]:
    """Return meetings by day, the latest first, those below ``after``; what is only planned is for staff."""
    query = select(Meeting)
    if actor is None or not actor.holds(*policy.INSIDERS):
        query = query.where(Meeting.state.in_(PUBLIC))
    if after is not None:
        query = query.where(tuple_(Meeting.held_on, Meeting.id) < after)
    return session.scalars(query.order_by(Meeting.held_on.desc(), Meeting.id.desc()).limit(size)).all()


def meeting(session: Session, actor: Actor | None, code: str) -> Meeting:
    """Return the meeting with its changes and conclusion, if the reader may know of it. Raises NotFound."""
    shown = (selectinload(Meeting.changes), selectinload(Meeting.conclusion))
    found = session.scalars(select(Meeting).where(Meeting.code == code).options(*shown)).first()
    if found is None or not (found.state in PUBLIC or (actor and actor.holds(*policy.INSIDERS))):
        raise NotFound(code)
    return found


def calls(session: Session, today: date) -> Sequence[Meeting]:
    """Return the meetings that take proposals today, the one that closes first at the top."""
    query = select(Meeting).where(Meeting.state == State.CALLED, Meeting.closes_on >= today)
    return session.scalars(query.order_by(Meeting.closes_on, Meeting.id)).all()


def provincial_to_come(session: Session, today: date) -> Sequence[Meeting]:
    """Return the provincial dialogues that a sectoral one can still precede."""
    query = select(Meeting).where(
        Meeting.kind == Kind.PROVINCIAL,
        Meeting.held_on > today,
        Meeting.state.in_((State.PLANNED, State.CALLED)),
    )
    return session.scalars(query.order_by(Meeting.held_on)).all()


def sectoral_of(session: Session, meeting_id: int) -> Sequence[Meeting]:
    """Return the sectoral dialogues before a provincial one, in the order of their days."""
    query = select(Meeting).where(Meeting.parent_id == meeting_id)
    return session.scalars(query.order_by(Meeting.held_on, Meeting.id)).all()


def previous(session: Session, meeting: Meeting) -> Meeting | None:
    """Return the concluded meeting of the same kind and, of sectoral ones, the same chair, that came before."""
    query = select(Meeting).where(
        Meeting.kind == meeting.kind,
        Meeting.state == State.CONCLUDED,
        tuple_(Meeting.held_on, Meeting.id) < (meeting.held_on, meeting.id),
    )
    if meeting.kind == Kind.SECTORAL:
        query = query.where(Meeting.chair_id == meeting.chair_id)
    shown = selectinload(Meeting.conclusion)
    return session.scalars(query.options(shown).order_by(Meeting.held_on.desc(), Meeting.id.desc())).first()


def items_of(session: Session, meeting: Meeting) -> Sequence[MeetingItem]:
    """Return the items of a meeting in the order in which they were written."""
    return session.scalars(
        select(MeetingItem).where(MeetingItem.meeting_id == meeting.id).order_by(MeetingItem.id)
    ).all()


def issued_items(
    session: Session, *, after: int | None = None, size: int = 50
) -> Sequence[tuple[MeetingItem, Meeting]]:
    """Return all issued items of all meetings, the newest first, those with an id below ``after``."""
    query = (
        select(MeetingItem, Meeting)
        .join(Meeting, Meeting.id == MeetingItem.meeting_id)
        .where(MeetingItem.issued_at.is_not(None))
    )
    if after is not None:
        query = query.where(MeetingItem.id < after)
    return [(row[0], row[1]) for row in session.execute(query.order_by(MeetingItem.id.desc()).limit(size))]


def item(session: Session, actor: Actor, item_id: int) -> tuple[MeetingItem, Meeting]:
    """Return an item with its reports and evidence, for staff. Raises NotFound."""
    whole = selectinload(MeetingItem.reports).selectinload(ItemReport.files)
    query = (
        select(MeetingItem, Meeting)
        .join(Meeting, Meeting.id == MeetingItem.meeting_id)
        .where(MeetingItem.id == item_id)
    )
    found = session.execute(query.options(whole)).first()
    if found is None or not actor.holds(*policy.INSIDERS):
        raise NotFound(str(item_id))
    return found[0], found[1]


def own_items(session: Session, actor: Actor) -> Sequence[tuple[MeetingItem, Meeting]]:
    """Return the running items of the reader's own agencies, the nearest day first."""
    query = select(MeetingItem, Meeting).join(Meeting, Meeting.id == MeetingItem.meeting_id)
    query = query.where(
        MeetingItem.owner_id.in_(actor.agency_ids(ANSWERING)),
        MeetingItem.issued_at.is_not(None),
        MeetingItem.state != ItemState.DONE,
    )
    return [(row[0], row[1]) for row in session.execute(query.order_by(MeetingItem.due_on, MeetingItem.id))]


def to_confirm(session: Session) -> Sequence[tuple[MeetingItem, Meeting]]:
    """Return the items that their owners reported as done, oldest first."""
    query = select(MeetingItem, Meeting).join(Meeting, Meeting.id == MeetingItem.meeting_id)
    query = query.where(MeetingItem.state == ItemState.REPORTED).order_by(MeetingItem.due_on, MeetingItem.id)
    return [(row[0], row[1]) for row in session.execute(query)]


def evidence(session: Session, actor: Actor, public_id: str) -> ItemEvidence:
    """Return a file of a report, for staff. Raises NotFound."""
    found = session.scalars(select(ItemEvidence).where(ItemEvidence.public_id == public_id)).first()
    if found is None or not actor.holds(*policy.INSIDERS):
        raise NotFound(public_id)
    return found


def signed_file(session: Session, actor: Actor | None, public_id: str) -> MeetingConclusion:
    """Return the conclusion whose file this is: for everybody where it is public, else for staff. Raises NotFound."""
    found = session.scalars(select(MeetingConclusion).where(MeetingConclusion.public_id == public_id)).first()
    inside = actor is not None and actor.holds(*policy.INSIDERS)
    if found is None or not (found.is_public or inside):
        raise NotFound(public_id)
    return found


def by_id(session: Session, meeting_id: int | None) -> Meeting | None:
    """Return the meeting of that id, ``None`` for none."""
    return session.get(Meeting, meeting_id) if meeting_id is not None else None

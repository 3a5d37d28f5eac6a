"""Items of conclusions and answers before a meeting climb the ladder of the regulation in force, each rung once."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from feedback_app.catalogue.packs.ladder import Delivery
from feedback_app.core import audit, outbox
from feedback_app.core.inserting import insert_missing
from feedback_app.deadlines.calendar import WorkCalendar
from feedback_app.dialogues.events import DuesReminded
from feedback_app.dialogues.models import DueReminder, Meeting, MeetingItem, MeetingProposal
from feedback_app.dialogues.proposals import readiness_of
from feedback_app.dialogues.rules import Handling, ItemState, Readiness, State
from feedback_app.escalation.rules import Window, list_day
from feedback_app.tickets.models import Ticket

ITEM, REPLY = "item", "reply"


def remind_some(
    session: Session,
    subject: str,
    window: Window,
    calendar: WorkCalendar,
    *,
    size: int,
    at: datetime,
    today: date,
) -> int:
    """Tell at most ``size`` dues of the subject that have reached the rung and are not told it yet; return how many.

    The rung of the weekly list waits for its day; what is late stays true until then.
    """
    rung = window.rung
    weekly = rung.delivery is Delivery.WEEKLY and rung.weekday is not None
    if weekly and rung.weekday is not None and list_day(rung.weekday, today, calendar) != today:
        return 0
    found = session.scalars(DUES[subject](window).limit(size)).all()
    rows = [{"subject": subject, "subject_id": id_, "rung": rung.code, "at": at} for id_ in found]
    new = insert_missing(session, DueReminder, rows, DueReminder.subject_id)
    if new:
        groups, ids = tuple(str(group) for group in rung.groups), tuple(sorted(new))
        outbox.publish(session, DuesReminded(rung.code, rung.distance, groups, subject, ids))
        where = f"dialogue-rung/{rung.code}"
        audit.record(
            session, "dialogue.reminded", at=at, actor_id=None, subject=where, what=subject, ids=list(ids)
        )
    return len(found)


def _items(window: Window) -> Select[int]:
    query = select(MeetingItem.id).where(
        MeetingItem.state == ItemState.OPEN, MeetingItem.issued_at.is_not(None)
    )
    return _unreminded(query, ITEM, MeetingItem.id, MeetingItem.due_on, window)


def _replies(window: Window) -> Select[int]:
    """Return the query for proposals whose agency owes an answer, or a draft, before the day of a called meeting."""
    where = Meeting.id == func.coalesce(MeetingProposal.sectoral_id, MeetingProposal.meeting_id)
    query = (
        select(MeetingProposal.id).join(Meeting, where).join(Ticket, Ticket.id == MeetingProposal.ticket_id)
    )
    readiness = readiness_of()
    owed = (readiness == Readiness.NOTHING) | (
        (MeetingProposal.handling == Handling.WRITTEN) & (readiness != Readiness.ANSWERED)
    )
    query = query.where(
        Meeting.state == State.CALLED,
        MeetingProposal.handling != "",
        MeetingProposal.settled_at.is_(None),
        owed,
    )
    return _unreminded(query, REPLY, MeetingProposal.id, Meeting.replies_on, window)


def _unreminded(
    query: Select[int],
    subject: str,
    key: InstrumentedAttribute[int],
    day: InstrumentedAttribute[date],
    window: Window,
) -> Select[Any]:
    told = exists().where(
        DueReminder.subject == subject, DueReminder.subject_id == key, DueReminder.rung == window.rung.code
    )
    query = query.where(day <= window.until, ~told)
    if window.after is not None:
        query = query.where(day > window.after)
    return query.order_by(day, key)


DUES: dict[str, Callable[[Window], Select[Any]]] = {ITEM: _items, REPLY: _replies}

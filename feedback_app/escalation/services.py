"""Reminding: a rung goes into the ledger, into the tickets' histories, and is published; all set by set."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from feedback_app.catalogue.packs.ladder import Delivery, Rung, RunningClock
from feedback_app.core import outbox
from feedback_app.core.inserting import insert_missing
from feedback_app.escalation import queries
from feedback_app.escalation.events import TicketsReminded
from feedback_app.escalation.models import Reminder, WeeklyList
from feedback_app.escalation.queries import Course, Due, Key, Listed
from feedback_app.escalation.rules import Window
from feedback_app.escalation.telling import tell_reached

LATEST = timedelta(days=7)  # a weekly list that was missed is made up for until the next is due
PARAMETERS = 5000  # in one statement


def remind_some(
    session: Session,
    course: Course,
    window: Window,
    clock: RunningClock,
    *,
    after: Key | None,
    size: int,
    at: datetime,
) -> Key | None:
    """Remind of at most ``size`` clocks that follow ``after``; return where to go on, ``None`` at the end.

    Two runs at once remind once: the second finds the rung recorded. Nothing is locked that people work on.
    """
    found = queries.unreminded(session, course, window, clock, after=after, size=size)
    reminded = _recorded(session, found, window.rung, clock, at)
    if reminded:
        _tell(session, reminded, window.rung, at)
    return found[-1].key() if len(found) == size else None


def list_of_the_week(session: Session, on: date, today: date, at: datetime) -> list[Listed] | None:
    """Return what belongs on the list that is due ``on``, and note that it was made.

    ``None``: it was made already, or is older than a week.
    """
    row = {"on": on, "at": at}
    if today - on >= LATEST or not insert_missing(session, WeeklyList, [row], WeeklyList.on):
        return None
    listed = queries.on_weekly_lists(session)
    new = [entry.reminder_id for entry in listed if entry.listed_on is None]
    for part in queries.batched(new, PARAMETERS):
        session.execute(update(Reminder).where(Reminder.id.in_(part)).values(listed_on=on))
    return listed


def _recorded(
    session: Session, found: Sequence[Due], rung: Rung, clock: RunningClock, at: datetime
) -> list[Due]:
    """Write the rung into the ledger; return those for which it was not there before."""
    weekly = rung.delivery is Delivery.WEEKLY
    rows = [
        {
            "ticket_id": due.ticket_id,
            "round": due.round,
            "leg_id": due.leg_id,
            "rung": rung.code,
            "weekly": weekly,
            "at": at,
        }
        for due in found
    ]
    if clock is RunningClock.CASE:
        new = set(insert_missing(session, Reminder, rows, Reminder.ticket_id))
        return [due for due in found if due.ticket_id in new]
    new = set(insert_missing(session, Reminder, rows, Reminder.leg_id))
    return [due for due in found if due.leg_id in new]


def _tell(session: Session, reminded: Sequence[Due], rung: Rung, at: datetime) -> None:
    entry_ids = tell_reached(session, reminded, rung, at=at)
    if rung.delivery is not Delivery.WEEKLY:
        groups = tuple(rung.groups)
        event = TicketsReminded(rung.distance, groups, rung.delivery, tuple(entry_ids))
        outbox.publish(session, event)

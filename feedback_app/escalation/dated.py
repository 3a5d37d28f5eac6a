"""What has a day of its own beside the clocks: the monthly look at a ministry, and commitments.

Each is told once, by the same ledger as the rungs of the ladder.
"""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback_app.core import clock
from feedback_app.core.inserting import insert_missing
from feedback_app.deadlines.calendar import WorkCalendar
from feedback_app.escalation.models import CASE, Reminder
from feedback_app.escalation.rules import distance
from feedback_app.tickets import queries
from feedback_app.tickets.beyond import Commitment, Referral
from feedback_app.tickets.lifecycle import Status
from feedback_app.tickets.models import Ticket
from feedback_app.tickets.services.telling import announce
from feedback_app.tickets.timeline import Entry

STEPS = (1, 0, -2)  # working days after the day of a commitment on which it is told, the most pressing first
LONGEST_AHEAD = 40  # calendar days that surely hold two working days, Tết and all


def a_month_after(day: date) -> date:
    """Return the same day of the next month, or that month's last day."""
    year, month = day.year + day.month // 12, day.month % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def watches(session: Session, *, after: int, size: int) -> Sequence[tuple[Referral, Ticket]]:
    """Return petitions that wait for a ministry, with their tickets, in order of their ids."""
    query = select(Referral, Ticket).join(Ticket, Ticket.id == Referral.ticket_id)
    query = query.where(Referral.level == "ministry", Referral.answered_at.is_(None), Referral.id > after)
    query = query.where(Ticket.status == Status.AT_MINISTRY)
    return [(row[0], row[1]) for row in session.execute(query.order_by(Referral.id).limit(size))]


def commitments(session: Session, today: date, *, after: int, size: int) -> Sequence[Commitment]:
    """Return open commitments whose day is near or past, in order of their ids."""
    near = date.fromordinal(today.toordinal() + LONGEST_AHEAD)
    query = select(Commitment).where(
        Commitment.state == "open", Commitment.due_on <= near, Commitment.id > after
    )
    return session.scalars(query.order_by(Commitment.id).limit(size)).all()


def remind_of_watch(session: Session, referral: Referral, ticket: Ticket, *, at: datetime) -> bool:
    """Remind the holder that a month has passed since the last look; return whether that was news."""
    last = referral.watched_on or clock.local_date(referral.at)
    due_on = a_month_after(last)
    if clock.local_date(at) < due_on or not _first(session, ticket, f"watch:{due_on}", at):
        return False
    whole = queries.by_id(session, ticket.id)
    announce(
        session, whole, Entry.WATCH_DUE, "agency", whom=whole.holder_id, at=at, agency_id=whole.holder_id
    )
    return True


def remind_of_commitment(
    session: Session, commitment: Commitment, calendar: WorkCalendar, *, at: datetime
) -> bool:
    """Remind the agency two working days before, on the day, and the day after; return whether that was news."""
    off = distance(commitment.due_on, clock.local_date(at), calendar)
    step = next((step for step in STEPS if off >= step), None)
    ticket = queries.by_id(session, commitment.ticket_id)
    if step is None or not _first(session, ticket, f"promise:{commitment.id}:{step}", at):
        return False
    agency_id = commitment.agency_id
    announce(
        session, ticket, Entry.PROMISE_DUE, "agency", whom=agency_id, at=at, agency_id=agency_id, step=step
    )
    return True


def _first(session: Session, ticket: Ticket, rung: str, at: datetime) -> bool:
    """Write the reminder into the ledger; say whether it was not there before."""
    row = {"ticket_id": ticket.id, "round": 0, "leg_id": CASE, "rung": rung, "weekly": False, "at": at}
    return bool(insert_missing(session, Reminder, [row], Reminder.ticket_id))

"""RQ entry points on tickets."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback_app.catalogue import store
from feedback_app.catalogue.packs import Catalogue, Kind
from feedback_app.catalogue.packs.regulation import Step
from feedback_app.core import clock
from feedback_app.core.db import db, unit_of_work
from feedback_app.deadlines.calendar import ONE_DAY, work_calendar
from feedback_app.deadlines.events import EventKind
from feedback_app.deadlines.profiles import profile_for, steps_for
from feedback_app.tickets import clocks, queries
from feedback_app.tickets.lifecycle import Status
from feedback_app.tickets.models import Ticket
from feedback_app.tickets.search import index
from feedback_app.tickets.services import owning
from feedback_app.tickets.services.answering import close_unrated as close

BATCH = 200


def close_unrated() -> int:
    """Close the answers that nobody rated within the profile's time; return how many."""
    closed = 0
    while ids := _unrated_ids():
        with unit_of_work() as session:
            for ticket_id in ids:
                close(session, queries.by_id(session, ticket_id), at=clock.now())
        closed += len(ids)
        db.session.close()
    return closed


def _unrated_ids() -> list[int]:
    """Return tickets answered so long ago that the last day for rating has passed."""
    session = db.session()
    last = last_unrated_day(store.current(session).catalogue, clock.today())
    query = select(Ticket.id).where(Ticket.clock == "answered", Ticket.answered_on <= last)
    return list(session.scalars(query.order_by(Ticket.answered_on).limit(BATCH)))


def last_unrated_day(catalogue: Catalogue, today: date) -> date:
    """Return the newest day of an answer whose time for rating is over ``today``."""
    profile = profile_for(catalogue, today)
    limit = next(s for s in steps_for(profile, Kind.OBSTACLE, today) if s.step is Step.RATE)
    calendar = work_calendar(catalogue)
    day = today
    while calendar.add_working_days(day, limit.value) >= today:
        day -= ONE_DAY
    return day


def end_waiting() -> int:
    """Let the clocks go on whose enterprises sent nothing within the profile's time; return how many."""
    ended, after = 0, 0
    while ids := _waiting_ids(after):
        for ticket_id in ids:
            with unit_of_work() as session:
                ticket = queries.by_id(session, ticket_id)
                if _waited_enough(session, ticket):
                    owning.end_waiting(session, ticket, at=clock.now())
                    ended += 1
        after = ids[-1]
        db.session.close()
    return ended


def _waiting_ids(after: int) -> list[int]:
    query = select(Ticket.id).where(
        Ticket.clock == "paused", Ticket.status == Status.NEED_INFO, Ticket.id > after
    )
    return list(db.session().scalars(query.order_by(Ticket.id).limit(BATCH)))


def _waited_enough(session: Session, ticket: Ticket) -> bool:
    """Say whether the last day on which the enterprise could reply in time has passed."""
    last = max(event.on for event in ticket.clock_events if event.kind == EventKind.PAUSE)
    due = clocks.sub_deadline(session, ticket, "waiting", last)
    return due is not None and due < clock.today()


def write_down_changes() -> int:
    """Write down for the search what changed since the last minute; return how many tickets."""
    return index.catch_up(clock.now())


def refresh_word_shares() -> int:
    """Count anew how common words are; return how many common ones there are."""
    return index.refresh_shares()

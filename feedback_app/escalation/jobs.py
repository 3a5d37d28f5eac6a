"""RQ entry points of escalation."""

import logging
from datetime import timedelta

from feedback_app.catalogue import store
from feedback_app.catalogue.packs.ladder import RunningClock
from feedback_app.core import clock
from feedback_app.core.db import db, unit_of_work
from feedback_app.deadlines.calendar import WorkCalendar, work_calendar
from feedback_app.escalation import dated, queries, services
from feedback_app.escalation.queries import Course, Key
from feedback_app.escalation.rules import Window, windows
from feedback_app.tickets.queries import by_id
from feedback_app.tickets.services import assigning

log = logging.getLogger(__name__)
ROUTED_WITHIN = timedelta(hours=1)
BATCH = 500  # clocks per transaction: nobody who files waits long for the lock, memory stays flat


def remind(size: int = BATCH) -> None:
    """Remind of every clock that has reached a rung; what an earlier run missed is made up for.

    What nobody has yet is given to somebody first: a sensitive report without a holder would be seen by nobody.
    """
    give_what_nobody_has(size)
    loaded = store.current(db.session())
    calendar, courses = work_calendar(loaded.catalogue), queries.courses(db.session(), loaded)
    db.session.close()
    for course in courses:
        for window in windows(clock.today(), calendar, course.ladder.rungs):
            for running in window.rung.clocks:
                _work_through(course, window, running, size)


def give_what_nobody_has(size: int = BATCH) -> None:
    """Route again what was not routed within an hour; where the rules fail, people sort it."""
    before, after = clock.now() - ROUTED_WITHIN, 0
    while ids := queries.unrouted(db.session(), before, after=after, size=size):
        db.session.close()
        for ticket_id in ids:
            _give(ticket_id)
        after = ids[-1]
    db.session.close()


def _give(ticket_id: int) -> None:
    for way in (assigning.route_ticket, assigning.leave_to_people):
        try:
            with unit_of_work() as session:
                ticket = by_id(session, ticket_id)
                way(session, ticket, store.current(session), at=clock.now())
            return
        except (
            Exception
        ):  # whatever is wrong with one ticket, it must not be without anybody, nor stop the others
            log.exception("ticket %s: %s failed", ticket_id, way.__name__)
            db.session.close()


def _work_through(course: Course, window: Window, running: RunningClock, size: int) -> None:
    key: Key | None = None
    while True:
        with unit_of_work() as session:
            key = services.remind_some(session, course, window, running, after=key, size=size, at=clock.now())
        db.session.close()
        if key is None:
            return


def remind_dated(size: int = BATCH) -> int:
    """Remind of the monthly looks at ministries and of commitments; return how many reminders that made."""
    calendar = work_calendar(store.current(db.session()).catalogue)
    return _looks(size) + _commitments(calendar, size)


def _looks(size: int) -> int:
    told, after = 0, 0
    while True:
        with unit_of_work() as session:
            rows = dated.watches(session, after=after, size=size)
            told += sum(dated.remind_of_watch(session, row, ticket, at=clock.now()) for row, ticket in rows)
            after = rows[-1][0].id if rows else 0
        db.session.close()
        if not rows:
            return told


def _commitments(calendar: WorkCalendar, size: int) -> int:
    told, after = 0, 0
    while True:
        with unit_of_work() as session:
            rows = dated.commitments(session, clock.today(), after=after, size=size)
            told += sum(dated.remind_of_commitment(session, row, calendar, at=clock.now()) for row in rows)
            after = rows[-1].id if rows else 0
        db.session.close()
        if not rows:
            return told

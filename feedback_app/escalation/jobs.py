"""RQ entry points of escalation."""

from feedback_app.catalogue import store
from feedback_app.catalogue.packs.ladder import RunningClock
from feedback_app.core import clock
from feedback_app.core.db import db, unit_of_work
from feedback_app.deadlines.calendar import WorkCalendar, work_calendar
from feedback_app.escalation import dated, queries, services
from feedback_app.escalation.queries import Course, Key
from feedback_app.escalation.rules import Window, windows

BATCH = 500  # clocks per transaction: nobody who files waits long for the lock, memory stays flat


def remind(size: int = BATCH) -> None:
    """Remind of every clock that has reached a rung; what an earlier run missed is made up for."""
    loaded = store.current(db.session())
    calendar, courses = work_calendar(loaded.catalogue), queries.courses(db.session(), loaded)
    db.session.close()
    for course in courses:
        for window in windows(clock.today(), calendar, course.ladder.rungs):
            for running in window.rung.clocks:
                _work_through(course, window, running, size)


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

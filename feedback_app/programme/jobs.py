"""RQ entry point of the programme."""

from feedback_app.catalogue import store
from feedback_app.core import clock
from feedback_app.core.db import db, unit_of_work
from feedback_app.deadlines.calendar import work_calendar
from feedback_app.escalation import queries as escalation
from feedback_app.escalation.rules import windows
from feedback_app.programme.services import climbing, owing

BATCH = 500


def follow(size: int = BATCH) -> None:
    """Write down which reports are owed, pass on those of agencies that ended, and remind; on a day off of nothing."""
    today = clock.today()
    with unit_of_work() as session:
        loaded = store.current(session)
        owing.open_due(session, loaded, today)
        owing.pass_on(session, loaded, today, clock.now())
        ladder, calendar = escalation.ladder_on(session, loaded, today), work_calendar(loaded.catalogue)
    db.session.close()
    if not calendar.is_working(today):
        return
    for window in windows(today, calendar, ladder.rungs):
        found = size
        while found == size:
            with unit_of_work() as session:
                found = climbing.remind_some(
                    session, window, calendar, size=size, at=clock.now(), today=today
                )
            db.session.close()

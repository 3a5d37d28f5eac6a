"""RQ entry point of the closing of periods."""

from feedback_app.catalogue import store
from feedback_app.closing import reminding
from feedback_app.core import clock
from feedback_app.core.db import db, unit_of_work
from feedback_app.deadlines.calendar import work_calendar


def remind_silent() -> int:
    """Remind agencies that have not spoken of their figures; on a day off of nothing. Return how many there are."""
    today = clock.today()
    if not work_calendar(store.current(db.session()).catalogue).is_working(today):
        return 0
    db.session.close()
    with unit_of_work() as session:
        return reminding.remind_silent(session, today, clock.now())

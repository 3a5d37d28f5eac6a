"""RQ entry point of meetings."""

from typing import Any

from feedback_app.catalogue import store
from feedback_app.core import clock
from feedback_app.core.db import db, unit_of_work
from feedback_app.deadlines.calendar import work_calendar
from feedback_app.dialogues.services import climbing, passing
from feedback_app.escalation import queries as escalation
from feedback_app.escalation.rules import windows

BATCH = 500


def follow(size: int = BATCH) -> None:
    """Pass on what agencies that ended owed, and remind of items and answers; on a day off of nothing."""
    today = clock.today()
    with unit_of_work() as session:
        loaded = store.current(session)
        passing.pass_on(session, loaded, today, clock.now())
        ladder, calendar = escalation.ladder_on(session, loaded, today), work_calendar(loaded.catalogue)
    db.session.close()
    if not calendar.is_working(today):
        return
    for window in windows(today, calendar, ladder.rungs):
        for subject in climbing.DUES:
            found = size
            while found == size:
                with unit_of_work() as session:
                    given: dict[str, Any] = {"size": size, "at": clock.now(), "today": today}
                    found = climbing.remind_some(session, subject, window, calendar, **given)
                db.session.close()

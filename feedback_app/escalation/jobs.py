"""RQ entry points of escalation."""

from feedback_app.catalogue import store
from feedback_app.core import clock
from feedback_app.core.db import db, unit_of_work
from feedback_app.deadlines.calendar import work_calendar
from feedback_app.escalation import services
from feedback_app.escalation.queries import Key
from feedback_app.escalation.rules import Window, windows

BATCH = 200  # tickets per transaction: nobody who files waits long for the lock, memory stays flat


def remind(size: int = BATCH) -> None:
    """Remind of every ticket that has reached a rung; what an earlier run missed is made up for."""
    calendar = work_calendar(store.current(db.session()).catalogue)
    db.session.close()
    for window in windows(clock.today(), calendar):
        _work_through(window, size)


def _work_through(window: Window, size: int) -> None:
    key: Key | None = None
    while True:
        with unit_of_work() as session:
            key = services.remind_some(session, window, after=key, size=size, at=clock.now())
        db.session.close()
        if key is None:
            return

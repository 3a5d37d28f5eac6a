"""RQ entry points of the brief."""

from feedback_app.briefing.services import weighing, writing
from feedback_app.catalogue import store
from feedback_app.core import clock
from feedback_app.core.db import db, unit_of_work
from feedback_app.core.faults import point
from feedback_app.deadlines.calendar import work_calendar


def weigh() -> None:
    """Weigh what each obstacle costs; the lock is held only to write it down."""
    calendar = work_calendar(store.current(db.session()).catalogue)
    before, window = weighing.windows(calendar, clock.today())
    lost = weighing.weighed(db.session(), before, window)
    with unit_of_work() as session:
        weighing.replace(session, lost, window[-1])
    db.session.close()


def write() -> bool:
    """Write the brief of this morning; False on a day off, and where it stands already."""
    loaded = store.current(db.session())
    is_working = work_calendar(loaded.catalogue).is_working(clock.today())
    db.session.close()
    if not is_working:
        return False
    with unit_of_work() as session:
        written = writing.write(session, loaded, clock.now())
        point("brief-chosen")
    point("brief-written")
    db.session.close()
    return written

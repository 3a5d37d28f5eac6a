"""RQ entry point of the monitor."""

from feedback_app.catalogue import store
from feedback_app.core import clock
from feedback_app.core.db import db, unit_of_work
from feedback_app.monitor import services


def look() -> None:
    """Look for the signals in the window that ended yesterday; the lock is held only to write what was found."""
    loaded = store.current(db.session())
    looking = services.looking_on(loaded, clock.today())
    counts = services.found(db.session(), loaded, looking)
    with unit_of_work() as session:
        services.replace(session, counts, loaded, looking, clock.now())
    db.session.close()

"""The month before last is frozen, and two reports are asked for: one of it, one of the last month as a draft."""

from sqlalchemy.orm import Session

from feedback_app.accounts.actor import Actor, Function, Held
from feedback_app.catalogue import store
from feedback_app.closing import freezing
from feedback_app.core import clock
from feedback_app.reports.services import asking
from feedback_app.statistics.periods import containing


def ask(session: Session, user_id: int) -> None:
    """Freeze and ask; a worker, or whoever loads the sample, makes the reports. ``user_id``: who asked."""
    at, loaded = clock.now(), store.current(session)
    office = loaded.directory.focal_point(clock.today()).code
    by = Actor(user_id, "", (Held(Function.FOCAL_POINT, loaded.agency_ids[office], office),))
    last = containing(clock.today()).previous()
    freezing.freeze(session, last.previous(), by_id=user_id, at=at, early=True)
    for period in (last.previous(), last):
        asking.ask(session, period, "", by=by, at=at)

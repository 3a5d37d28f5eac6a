"""RQ entry point of the pulses."""

import structlog
from sqlalchemy import select

from feedback_app.catalogue import store
from feedback_app.core import clock
from feedback_app.core.db import db, unit_of_work
from feedback_app.core.errors import Conflict
from feedback_app.pulses.models import PulseRound
from feedback_app.pulses.rules import is_over
from feedback_app.pulses.services import closing, drawing

log = structlog.get_logger()


def tend() -> None:
    """Close the quarters that are over; draw this quarter's sample when it is the time for it."""
    today = clock.today()
    open_ = select(PulseRound.quarter).where(PulseRound.closed_on.is_(None))
    over = [quarter for quarter in db.session().scalars(open_) if is_over(quarter, today)]
    for quarter in over:
        with unit_of_work() as session:
            closing.close(session, session.get_one(PulseRound, quarter), at=clock.now())
    try:
        with unit_of_work() as session:
            drawing.draw(session, store.current(session), at=clock.now())
    except Conflict:
        return  # this quarter has its sample
    except drawing.NotDrawn as not_drawn:
        log.info("nobody was invited", reason=not_drawn.reason)

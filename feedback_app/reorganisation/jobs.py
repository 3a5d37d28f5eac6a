"""RQ entry points on reorganisations."""

from feedback_app.core import clock
from feedback_app.core.db import db
from feedback_app.reorganisation import queries
from feedback_app.reorganisation.finishing import finish


def carry_out_due() -> None:
    """Carry out what is due of every reorganisation, also for tickets that were reopened since."""
    for id_ in queries.begun(db.session(), clock.today()):
        finish(id_)

"""RQ entry points on reorganisations."""

from feedback_app.core import clock
from feedback_app.core.db import db, unit_of_work
from feedback_app.reorganisation import queries
from feedback_app.reorganisation.models import AppliedReorganisation
from feedback_app.reorganisation.services.applying import carry_out


def carry_out_due() -> None:
    """Carry out what is due of every reorganisation, also for tickets that were reopened since; one batch a time."""
    for id_ in queries.begun(db.session(), clock.today()):
        finish(id_)


def finish(id_: int) -> None:
    """Carry one out to its end, each batch in a transaction of its own, from where it stopped."""
    done = False
    while not done:
        with unit_of_work() as session:
            done = carry_out(session, session.get_one(AppliedReorganisation, id_), at=clock.now())

"""A reorganisation carried out to its end, cut into short transactions so that nobody who files has to wait for it."""

from feedback_app.core import clock
from feedback_app.core.db import unit_of_work
from feedback_app.reorganisation.models import AppliedReorganisation
from feedback_app.reorganisation.services.applying import carry_out


def finish(id_: int) -> None:
    """Carry one out to its end, each batch in a transaction of its own, from where it stopped."""
    done = False
    while not done:
        with unit_of_work() as session:
            done = carry_out(session, session.get_one(AppliedReorganisation, id_), at=clock.now())

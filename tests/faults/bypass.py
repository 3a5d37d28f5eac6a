"""What the tutorials do: enqueue the work after the commit, with no row to remember it. It loses tickets."""

from feedback_app.core.db import db, unit_of_work
from feedback_app.core.faults import point
from feedback_app.core.outbox import OutboxDelivery
from feedback_app.tickets import handlers

NAME = "tests.faults.bypass.route"
POINT = "before-commit:bypass"


def forget_deliveries() -> None:
    """Take away the rows that would save the ticket."""
    with unit_of_work() as session:
        session.query(OutboxDelivery).delete()
    db.session.remove()


def route(ticket_id: int) -> None:
    with unit_of_work() as session:
        handlers.route(session, {"ticket_id": ticket_id})
        session.flush()
        point(POINT)

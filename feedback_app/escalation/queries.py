"""Which tickets a rung has not been recorded for."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import exists, select, text, tuple_
from sqlalchemy.orm import Session, load_only

from feedback_app.escalation.models import Reminder
from feedback_app.escalation.rules import Window
from feedback_app.tickets.models import Ticket

Key = tuple[date, int]
# written out, not bound, so that both databases see that the partial index by due date fits
RUNNING = text("ticket.clock IN ('open', 'paused') AND ticket.clock = 'open'")


def unreminded(session: Session, window: Window, after: Key | None, size: int) -> Sequence[Ticket]:
    """Return running tickets within ``window`` that lack its rung, in order of due date and id.

    A paused or answered ticket is not running. Rows that somebody works on this moment are passed over
    (where the database locks rows): the next run finds them.
    """
    recorded = exists().where(
        Reminder.ticket_id == Ticket.id, Reminder.round == Ticket.round, Reminder.rung == window.rung.code
    )
    query = select(Ticket).where(RUNNING, Ticket.due_on <= window.until, ~recorded)
    if window.after is not None:
        query = query.where(Ticket.due_on > window.after)
    if after is not None:
        query = query.where(tuple_(Ticket.due_on, Ticket.id) > after)
    query = query.order_by(Ticket.due_on, Ticket.id).limit(size).with_for_update(skip_locked=True, of=Ticket)
    needed = load_only(Ticket.code, Ticket.round, Ticket.due_on, Ticket.holder_id)
    return session.scalars(query.options(needed)).all()

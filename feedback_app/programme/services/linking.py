"""Obstacles linked to a task by hand, beside those of its fields."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from feedback_app.accounts.actor import Actor
from feedback_app.catalogue.store import Loaded
from feedback_app.core import audit, clock
from feedback_app.core.errors import Forbidden
from feedback_app.core.inserting import insert_missing
from feedback_app.programme import policy, queries
from feedback_app.programme.models import ProgrammeObstacle
from feedback_app.tickets.queries import handled_by


def link(session: Session, task: int, code: str, loaded: Loaded, *, by: Actor, at: datetime) -> None:
    """Say that the task shows up in that ticket; a second time does nothing.

    Raises:
        Forbidden: ``by`` neither leads the task nor is of a coordinating office, or the report is sensitive.
        NotFound: the ticket does not exist for this reader.
    """
    _require(task, loaded, by, at)
    ticket = handled_by(session, by, code)
    if ticket.sensitive:
        raise Forbidden
    row = {"task": task, "ticket_id": ticket.id, "by_id": by.user_id, "at": at}
    if insert_missing(session, ProgrammeObstacle, [row], ProgrammeObstacle.ticket_id):
        audit.record(session, "programme.linked", at=at, actor_id=by.user_id, subject=code, task=task)


def unlink(session: Session, task: int, code: str, loaded: Loaded, *, by: Actor, at: datetime) -> None:
    """Take the link back. Raises Forbidden, NotFound as ``link``."""
    _require(task, loaded, by, at)
    ticket = handled_by(session, by, code)
    link_of = (ProgrammeObstacle.task == task) & (ProgrammeObstacle.ticket_id == ticket.id)
    session.execute(delete(ProgrammeObstacle).where(link_of))
    audit.record(session, "programme.unlinked", at=at, actor_id=by.user_id, subject=code, task=task)


def _require(task: int, loaded: Loaded, by: Actor, at: datetime) -> None:
    leads = queries.leading_ids(loaded, clock.local_date(at)).get(task, frozenset())
    if not (by.holds(*policy.LINKING_ANY) or leads & policy.reports_for(by)):
        raise Forbidden

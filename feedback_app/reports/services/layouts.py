"""Layouts of reports: one is sent in and looked at, put in force, or given up for the shipped one."""

import hashlib
from datetime import datetime

from sqlalchemy.orm import Session

from feedback_app.accounts.actor import Actor, Function
from feedback_app.core import audit
from feedback_app.core.errors import Conflict, Forbidden, NotFound
from feedback_app.reports import queries
from feedback_app.reports.models import ReportLayout


def send_in(session: Session, content: bytes, name: str, *, by: Actor, at: datetime) -> ReportLayout:
    """Write a layout that was examined down as a new version, not in force yet. Raises Forbidden."""
    _administrator(by)
    row = ReportLayout(
        name=name, content=content, sha256=hashlib.sha256(content).hexdigest(), by_id=by.user_id, at=at
    )
    session.add(row)
    session.flush()
    audit.record(session, "report_layout.sent", at=at, actor_id=by.user_id, subject=str(row.version))
    return row


def put_in_force(session: Session, version: int, *, by: Actor, at: datetime) -> None:
    """Let reports be made by that version from now on; reports that are made already keep theirs.

    Raises:
        Forbidden. NotFound: no such version. Conflict: it is in force.
    """
    _administrator(by)
    row = session.get(ReportLayout, version)
    if row is None or row.content is None:
        raise NotFound(str(version))
    if queries.layout_in_force(session)[0] == version:
        raise Conflict
    row.in_force_at, row.in_force_by_id = at, by.user_id
    audit.record(session, "report_layout.in_force", at=at, actor_id=by.user_id, subject=str(version))


def back_to_shipped(session: Session, *, by: Actor, at: datetime) -> None:
    """Let reports be made by the shipped layout again. Raises Forbidden, Conflict (it is in force)."""
    _administrator(by)
    if queries.layout_in_force(session)[0] == 0:
        raise Conflict
    session.add(
        ReportLayout(
            name="", by_id=by.user_id, at=at, in_force_at=at, in_force_by_id=by.user_id, content=None
        )
    )
    audit.record(session, "report_layout.shipped", at=at, actor_id=by.user_id, subject="0")


def _administrator(by: Actor) -> None:
    if not by.holds(Function.ADMINISTRATOR):
        raise Forbidden

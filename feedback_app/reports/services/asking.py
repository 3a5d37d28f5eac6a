"""Somebody asks for a report; a worker makes it."""

import secrets
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from feedback_app.accounts.actor import Actor
from feedback_app.core import audit
from feedback_app.core.errors import Conflict, Forbidden
from feedback_app.reports import building, policy, queries
from feedback_app.reports.models import Report
from feedback_app.reports.states import State
from feedback_app.statistics import queries as statistics
from feedback_app.statistics.periods import Period


def ask(session: Session, period: Period, agency: str, *, by: Actor, at: datetime) -> Report:
    """Return the report on ``period``: one that says the same already, else a new one that a worker will make.

    A period that is not frozen gives a draft, marked as one on every page.

    Raises:
        Forbidden: not a reader of that agency's reports. Conflict: the period has no figures.
    """
    if not policy.reads(by, agency):
        raise Forbidden
    figures = statistics.figures(session, period)
    if figures is None:
        raise Conflict(_("Kỳ này chưa có số liệu: kỳ chưa bắt đầu hoặc chưa có phiếu nào."))
    version, _layout = queries.layout_in_force(session)
    known = queries.alike(session, period.code, agency, figures.snapshot, version)
    if known is not None and _still_says_all(session, known, period):
        return known
    row = Report(
        public_id=secrets.token_hex(16),
        period=period.code,
        agency=agency,
        snapshot=figures.snapshot,
        layout=version,
        state=State.ASKED,
        by_id=by.user_id,
        asked_at=at,
    )
    session.add(row)
    session.flush()
    audit.record(
        session,
        "report.asked",
        at=at,
        actor_id=by.user_id,
        subject=period.code,
        agency=agency,
        layout=version,
    )
    return row


def _still_says_all(session: Session, row: Report, period: Period) -> bool:
    """Say whether no period that it would be compared with has been frozen since."""
    return row.state != State.DONE or row.content["sources"] == list(building.sources(session, period))


def again(session: Session, row: Report, *, by: Actor, at: datetime) -> None:
    """Let a report that could not be made be tried anew. Raises Forbidden, Conflict (it has not failed)."""
    if not policy.reads(by, row.agency):
        raise Forbidden
    if row.state != State.FAILED:
        raise Conflict
    row.state, row.step, row.error, row.started_at = State.ASKED, 0, "", None
    audit.record(
        session, "report.asked_again", at=at, actor_id=by.user_id, subject=row.period, agency=row.agency
    )

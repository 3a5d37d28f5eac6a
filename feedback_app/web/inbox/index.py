"""The lines of one person's inbox, newest first."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from feedback_app.accounts.actor import Audience
from feedback_app.core import clock
from feedback_app.core.db import db, unit_of_work
from feedback_app.notifications import queries, services
from feedback_app.notifications.labels import Sign, line, sign_of
from feedback_app.notifications.models import Notification
from feedback_app.programme import queries as reports
from feedback_app.programme.policy import reports_for
from feedback_app.web.identity import actor
from feedback_app.web.inbox import blueprint
from feedback_app.web.numbers import number

SIZE = 30
SOON = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Line:
    """One line; ``href`` leads to the ticket among the reader's own pages."""

    at: datetime
    text: str
    sign: Sign
    href: str
    unread: bool


@blueprint.get("")
def index() -> str:
    before = number(request.args, "before")
    found = queries.inbox(db.session(), actor(), before=before, size=SIZE + 1)
    shown = found[:SIZE]
    return render_template(
        "inbox/index.html",
        lines=[_line(row) for row in shown],
        newest=shown[0].id if shown else 0,
        any_unread=any(row.read_at is None for row in shown),
        older=shown[-1].id if len(found) > SIZE else None,
        first=before is None,
        programme=_programme() if before is None else (0, 0),
        layout="layouts/portal.html" if _is_enterprise() else "layouts/staff.html",
    )


@blueprint.post("")
def mark_read() -> Response:
    up_to = number(request.form, "up_to") or 0
    with unit_of_work() as session:
        services.mark_read(session, actor().user_id, up_to, clock.now())
    return redirect(url_for("inbox.index"))


def _line(row: Notification) -> Line:
    code = row.ticket.code
    page = "enterprise.ticket" if _is_enterprise() else "officer.ticket"
    return Line(
        row.at, line(row.kind, code), sign_of(row.kind), url_for(page, code=code), row.read_at is None
    )


def _programme() -> tuple[int, int]:
    """Return how many reports on the action programme the reader's agencies owe soon, and how many are late.

    They follow from no ticket, so they are no lines; they stand here until they are handed in.
    """
    if not reports_for(actor()):
        return 0, 0
    today = clock.today()
    due = [report.due_on for report in reports.owed_until(db.session(), actor(), today + SOON)]
    return sum(day >= today for day in due), sum(day < today for day in due)


def _is_enterprise() -> bool:
    return Audience.ENTERPRISE in actor().audiences() and Audience.OFFICER not in actor().audiences()

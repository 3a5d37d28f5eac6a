"""The inspectorate's desk. The agencies that a report is about are named here and nowhere else."""

from collections import Counter
from dataclasses import dataclass

from flask import render_template, request, url_for

from feedback_app.core import clock
from feedback_app.core.db import db
from feedback_app.core.errors import NotFound
from feedback_app.deadlines.calendar import work_calendar
from feedback_app.tickets import queries, reports
from feedback_app.tickets.labels import STATUSES, Meta
from feedback_app.tickets.lifecycle import Status
from feedback_app.tickets.models import Ticket
from feedback_app.web import presenting
from feedback_app.web.catalogue import loaded
from feedback_app.web.days import Chip
from feedback_app.web.identity import actor
from feedback_app.web.inspectorate import blueprint

SIZE = 50


@dataclass(frozen=True, slots=True)
class Report:
    """One report of the list; ``about`` names the agencies that the filer named."""

    code: str
    title: str
    href: str
    kind: str
    about: list[str]
    status: Meta
    chip: Chip


@blueprint.get("/")
def index() -> str:
    session = db.session()
    found = reports.running(session, actor(), after=_after(), size=SIZE + 1)
    counted: Counter[str] = Counter()
    for (_kind, status), number in reports.counts(session, actor()).items():
        counted[status] += number
    return render_template(
        "inspectorate/index.html",
        reports=[_report(ticket) for ticket in found[:SIZE]],
        counts=[(STATUSES[status], counted[status]) for status in Status if counted[status]],
        next_code=found[SIZE - 1].code if len(found) > SIZE else None,
        first="after" not in request.args,
    )


def _after() -> Ticket | None:
    """Return the last report of the page before, if the reader may see it."""
    code = request.args.get("after")
    try:
        return queries.handled_by(db.session(), actor(), code) if code else None
    except NotFound:
        return None


def _report(ticket: Ticket) -> Report:
    return Report(
        code=ticket.code,
        title=ticket.title,
        href=url_for("officer.ticket", code=ticket.code),
        kind=presenting.kind_name(loaded(), ticket.kind),
        about=[presenting.agency_name(loaded(), c.agency_id) for c in ticket.concerned if c.named],
        status=presenting.status_meta(ticket.status),
        chip=presenting.deadline_view(ticket, work_calendar(loaded().catalogue), clock.today()),
    )

"""The enterprise's tickets, newest first."""

from dataclasses import dataclass
from datetime import date

from flask import render_template, request

from feedback_app.core import clock
from feedback_app.core.db import db
from feedback_app.deadlines.calendar import work_calendar
from feedback_app.tickets import queries
from feedback_app.tickets.labels import Meta
from feedback_app.tickets.lifecycle import MEANING, Ball, Status
from feedback_app.tickets.models import Ticket
from feedback_app.web import presenting
from feedback_app.web.catalogue import loaded
from feedback_app.web.days import Chip
from feedback_app.web.enterprise import blueprint
from feedback_app.web.enterprise.access import enterprise_id
from feedback_app.web.numbers import number

SIZE = 20


@dataclass(frozen=True, slots=True)
class Row:
    """One ticket of the list; ``ours``: the enterprise has to move."""

    code: str
    title: str
    sent_on: date
    agency: str
    status: Meta
    chip: Chip
    ours: bool


@blueprint.get("")
def index() -> str:
    before = number(request.args, "before")
    found = queries.of_enterprise(db.session(), enterprise_id(), before=before, size=SIZE + 1)
    rows = [_row(ticket) for ticket in found[:SIZE]]
    older = found[SIZE - 1].id if len(found) > SIZE else None
    return render_template("enterprise/index.html", rows=rows, older=older, first=before is None)


def _row(ticket: Ticket) -> Row:
    return Row(
        code=ticket.code,
        title=ticket.title,
        sent_on=ticket.received_on,
        agency=presenting.agency_name(loaded(), ticket.lead_id),
        status=presenting.status_meta(ticket.status),
        chip=presenting.deadline_view(ticket, work_calendar(loaded().catalogue), clock.today()),
        ours=MEANING[Status(ticket.status)].ball is Ball.ENTERPRISE,
    )

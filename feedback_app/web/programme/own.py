"""What the reader's own agency leads and coordinates, and what it owes."""

from flask import render_template

from feedback_app.core import clock
from feedback_app.core.db import db
from feedback_app.programme import policy, queries
from feedback_app.web.catalogue import loaded
from feedback_app.web.identity import actor
from feedback_app.web.presenting.programme import TaskView, report_view, task_view
from feedback_app.web.programme import blueprint


@blueprint.get("/")
def index() -> str:
    own, found = policy.reports_for(actor()), queries.own_reports(db.session(), actor())
    leads = queries.leading_ids(loaded(), clock.today())
    beside = queries.coordinating_ids(loaded(), clock.today())
    names = {number: _view(number, leads[number], beside[number]) for number in leads}
    return render_template(
        "programme/index.html",
        owed=[report_view(loaded(), r, files=False) for r in found if r.reported_at is None],
        given=[report_view(loaded(), r, files=False) for r in reversed(found) if r.reported_at],
        tasks=names,
        led=[names[number] for number in sorted(leads) if own & leads[number]],
        coordinated=[names[number] for number in sorted(beside) if own & beside[number]],
    )


def _view(number: int, leads: frozenset[int], beside: frozenset[int]) -> TaskView:
    return task_view(loaded(), number, leads, beside)

"""The board of the action programme, one task, and the evidence, for the coordinating offices and the leadership."""

from flask import Response, abort, render_template, request

from feedback_app.core import clock, files
from feedback_app.core.db import db
from feedback_app.programme import queries
from feedback_app.programme.labels import STATES
from feedback_app.programme.policy import reports_for
from feedback_app.web.catalogue import loaded
from feedback_app.web.identity import actor
from feedback_app.web.leadership import blueprint
from feedback_app.web.leadership.programme_rows import Standing, rows, total
from feedback_app.web.presenting.programme import report_view, sub_indices, task_view

PATH = "/chuong-trinh-hanh-dong"
LATE = "qua-han"


@blueprint.get(PATH)
def programme() -> str:
    session, today = db.session(), clock.today()
    wanted = (request.args.get("chi_so", ""), request.args.get("tinh_trang", ""))
    all_rows = rows(session, loaded(), actor(), today)
    names = sub_indices(loaded())
    shown = [row for row in all_rows if _fits(row, *wanted)]
    groups = [(number, names[number], [r for r in shown if r.task.sub_index == number]) for number in names]
    return render_template(
        "leadership/programme.html",
        groups=[group for group in groups if group[2]],
        total=total(all_rows),
        pack=loaded().catalogue.programme,
        wanted=wanted,
        sub_indices=[("", ""), *names.items()],
        states=[(state.value, str(label)) for state, label in STATES.items()],
        year=today.year,
        opens=bool(reports_for(actor())),
    )


@blueprint.get(PATH + "/nhiem-vu/<int:number>")
def programme_task(number: int) -> str:
    session, today = db.session(), clock.today()
    leads = queries.leading_ids(loaded(), today).get(number)
    if leads is None:
        abort(404)
    beside = queries.coordinating_ids(loaded(), today)[number]
    return render_template(
        "programme/task.html",
        task=task_view(loaded(), number, leads, beside),
        reports=[report_view(loaded(), r) for r in queries.reports_of(session, actor(), task=number)],
        obstacles=[],
        number_behind=queries.number_of_obstacles(session, actor(), loaded(), [number])[number],
        file_page="leadership.programme_file",
        links=False,
        form=None,
    )


@blueprint.get(PATH + "/tep/<public_id>")
def programme_file(public_id: str) -> Response:
    found = queries.evidence(db.session(), actor(), public_id)
    return files.download(found.storage_key, found.name, found.media_type)


def _fits(row: Standing, sub_index: str, state: str) -> bool:
    if sub_index and str(row.task.sub_index) != sub_index:
        return False
    return not state or (bool(row.overdue) if state == LATE else bool(row.states.get(state)))

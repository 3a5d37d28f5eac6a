"""One task: what the programme says, the reports that the reader may read, the obstacles in which it shows."""

from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from feedback_app.core import clock
from feedback_app.core.db import db, unit_of_work
from feedback_app.core.errors import NotFound
from feedback_app.programme import policy, queries
from feedback_app.programme.services import linking
from feedback_app.web.catalogue import loaded
from feedback_app.web.forms import FlaskForm
from feedback_app.web.identity import actor
from feedback_app.web.intake.fields import Line
from feedback_app.web.presenting import field_name
from feedback_app.web.presenting.programme import report_view, task_view
from feedback_app.web.programme import blueprint


class LinkForm(FlaskForm):
    code = Line(_l("Số phiếu"), required=_l("Xin nhập số phiếu."), longest=40)


@blueprint.get("/nhiem-vu/<int:number>")
def task(number: int) -> str:
    return _page(number, LinkForm(formdata=None))


@blueprint.post("/nhiem-vu/<int:number>/phieu")
def link(number: int) -> str | Response:
    form = LinkForm()
    if form.validate_on_submit():
        try:
            with unit_of_work() as session:
                code = (form.code.data or "").upper()
                linking.link(session, _known(number), code, loaded(), by=actor(), at=clock.now())
        except NotFound:
            form.code.errors = [_("Không có phiếu này, hoặc Ông/Bà không được xem phiếu này.")]
        else:
            flash(_("Đã gắn phiếu với nhiệm vụ."), "success")
            return redirect(url_for("programme.task", number=number))
    return _page(number, form)


@blueprint.post("/nhiem-vu/<int:number>/phieu/<code>/go")
def unlink(number: int, code: str) -> Response:
    with unit_of_work() as session:
        linking.unlink(session, _known(number), code, loaded(), by=actor(), at=clock.now())
    flash(_("Đã gỡ phiếu khỏi nhiệm vụ."), "success")
    return redirect(url_for("programme.task", number=number))


def _page(number: int, form: LinkForm) -> str:
    session, today = db.session(), clock.today()
    _known(number)
    leads = queries.leading_ids(loaded(), today)[number]
    beside = queries.coordinating_ids(loaded(), today)[number]
    given: dict[str, Any] = {
        "task": task_view(loaded(), number, leads, beside),
        "reports": [report_view(loaded(), r) for r in queries.reports_of(session, actor(), task=number)],
        "obstacles": queries.obstacles(session, actor(), loaded(), number),
        "number_behind": queries.number_of_obstacles(session, actor(), loaded(), [number])[number],
        "field_name": lambda code: field_name(loaded(), code),
        "own": policy.reports_for(actor()),
        "links": actor().holds(*policy.LINKING_ANY) or bool(leads & policy.reports_for(actor())),
    }
    return render_template("programme/task.html", form=form, file_page="programme.file", **given)


def _known(number: int) -> int:
    """Return the number of a task there is; 404 for any other."""
    if number not in {task.number for task in loaded().catalogue.programme.tasks}:
        abort(404)
    return number

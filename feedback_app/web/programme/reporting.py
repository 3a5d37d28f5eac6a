"""A report is written or corrected, evidence is added; evidence is given out to those who may read it."""

from flask import Response, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from werkzeug.wrappers import Response as AnyResponse
from wtforms import HiddenField, RadioField
from wtforms.validators import InputRequired

from feedback_app.core import clock, files
from feedback_app.core.db import db, unit_of_work
from feedback_app.core.errors import Conflict, Forbidden, Invalid
from feedback_app.core.files import MOST_MEGABYTES, Refused, TakenIn
from feedback_app.programme import policy, queries
from feedback_app.programme.labels import STATES
from feedback_app.programme.models import ProgrammeReport
from feedback_app.programme.rules import State
from feedback_app.programme.services import reporting
from feedback_app.web.catalogue import loaded
from feedback_app.web.forms import FlaskForm
from feedback_app.web.identity import actor
from feedback_app.web.intake.fields import Prose
from feedback_app.web.presenting.programme import report_view, task_view
from feedback_app.web.programme import blueprint
from feedback_app.web.uploads import keep, taken_in

LONGEST = 8000


class ReportForm(FlaskForm):
    """What the agency says of one period."""

    state = RadioField(_l("Tình trạng nhiệm vụ"), validators=[InputRequired(_l("Xin chọn tình trạng."))])
    text = Prose(
        _l("Kết quả trong kỳ"),
        required=_l("Xin nêu kết quả thực hiện trong kỳ."),
        longest=LONGEST,
        description=_l("Việc đã làm, số liệu chính, số và ngày văn bản. Không ghi nội dung mật."),
    )
    hindrance = Prose(
        _l("Khó khăn, kiến nghị"), longest=LONGEST, description=_l("Cần ghi khi nhiệm vụ chậm tiến độ.")
    )
    evidence = FileField(_l("Tài liệu minh chứng"))
    seen_version = HiddenField()


@blueprint.route("/bao-cao/<int:report_id>", methods=["GET", "POST"])
def report(report_id: int) -> str | AnyResponse:
    row = queries.report(db.session(), actor(), report_id)
    if row.agency_id not in policy.reports_for(actor()):
        raise Forbidden
    form = _form(row)
    if form.validate_on_submit():
        try:
            with taken_in(form.evidence.data or None, only_pdf=False) as file:
                _write(report_id, form, file)
        except Refused as refused:
            form.evidence.errors = [refused.reason]
        except Invalid as wrong:
            form[wrong.field or "text"].errors = [wrong.message]
        except Conflict as late:
            form.form_errors.append(late.message)
        else:
            flash(_("Đã ghi báo cáo."), "success")
            return redirect(url_for("programme.index"))
    return render_template(
        "programme/report.html",
        form=form,
        report=report_view(loaded(), row),
        task=task_view(loaded(), row.task, {row.agency_id}, ()),
        most_mb=MOST_MEGABYTES,
    )


@blueprint.get("/tep/<public_id>")
def file(public_id: str) -> Response:
    """Return evidence as a download; of another agency's report it does not exist."""
    found = queries.evidence(db.session(), actor(), public_id)
    return files.download(found.storage_key, found.name, found.media_type)


def _form(row: ProgrammeReport) -> ReportForm:
    told = {"state": row.state, "text": row.text, "hindrance": row.hindrance, "seen_version": row.version}
    form = ReportForm(data=told)
    form.state.choices = [(state.value, str(label)) for state, label in STATES.items()]
    return form


def _write(report_id: int, form: ReportForm, file: TakenIn | None) -> None:
    seen, at = form.seen_version.data or "", clock.now()
    with unit_of_work() as session:
        row = queries.report(session, actor(), report_id)
        reporting.report_on(
            session,
            row,
            state=State(form.state.data),
            text=form.text.data or "",
            hindrance=form.hindrance.data or "",
            seen_version=int(seen) if seen.isascii() and seen.isdigit() else 0,
            by=actor(),
            at=at,
        )
        if file is not None:
            keep(file)
            reporting.add_evidence(session, row, file, by=actor(), at=at)

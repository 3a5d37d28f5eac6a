"""One item of the conclusions: its owner reports with evidence, the focal point confirms or gives it back."""

from typing import Any

from flask import Response, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from werkzeug.wrappers import Response as Answer
from wtforms import BooleanField, RadioField, SelectChoice
from wtforms.validators import InputRequired

from feedback_app.core import clock, files
from feedback_app.core.db import db, unit_of_work
from feedback_app.core.errors import Conflict, Invalid
from feedback_app.core.files import MOST_MEGABYTES, Refused, TakenIn
from feedback_app.dialogues import queries
from feedback_app.dialogues.models import Meeting, MeetingItem
from feedback_app.dialogues.policy import open_to
from feedback_app.dialogues.queries import facts_of
from feedback_app.dialogues.rules import Act, ItemState
from feedback_app.dialogues.services import concluding, following
from feedback_app.web.catalogue import loaded
from feedback_app.web.forms import FlaskForm
from feedback_app.web.identity import actor
from feedback_app.web.intake.fields import Prose
from feedback_app.web.meetings import blueprint
from feedback_app.web.meetings.sharing import blame
from feedback_app.web.presenting.dialogues import item_view, meeting_view
from feedback_app.web.presenting.names import agency_name
from feedback_app.web.uploads import keep, taken_in

LONGEST = 4000
YES, NO = "yes", "no"


class ReportForm(FlaskForm):
    text = Prose(
        _l("Kết quả thực hiện"),
        required=_l("Xin nêu kết quả thực hiện."),
        longest=LONGEST,
        description=_l("Việc đã làm, số và ngày văn bản. Không nêu tên doanh nghiệp."),
    )
    done = BooleanField(_l("Đã hoàn thành, đề nghị xác nhận"))
    evidence = FileField(_l("Tài liệu minh chứng"))


class DecideForm(FlaskForm):
    verdict = RadioField(
        _l("Xác nhận"),
        choices=[SelectChoice(YES, _l("Đã hoàn thành")), SelectChoice(NO, _l("Chưa, trả lại cơ quan"))],
        validators=[InputRequired(_l("Xin chọn."))],
    )
    remarks = Prose(_l("Nhận xét"), longest=LONGEST, description=_l("Cần ghi khi trả lại."))


@blueprint.get("/viec/<int:item_id>")
def item(item_id: int) -> str:
    return _page(item_id, ReportForm(formdata=None), DecideForm(formdata=None))


@blueprint.post("/viec/<int:item_id>/bao-cao")
def report(item_id: int) -> str | Answer:
    queries.item(db.session(), actor(), item_id)
    form = ReportForm()
    if form.validate_on_submit():
        try:
            with taken_in(form.evidence.data or None, only_pdf=False) as file:
                _report(item_id, form, file)
        except Refused as refused:
            form.evidence.errors = [refused.reason]
        except Conflict as late:
            form.form_errors.append(late.message)
        else:
            flash(_("Đã ghi báo cáo."), "success")
            return redirect(url_for("meetings.item", item_id=item_id))
    return _page(item_id, form, DecideForm(formdata=None))


@blueprint.post("/viec/<int:item_id>/xac-nhan")
def decide(item_id: int) -> str | Answer:
    queries.item(db.session(), actor(), item_id)
    form = DecideForm()
    if form.validate_on_submit():
        try:
            with unit_of_work() as session:
                row, meeting = queries.item(session, actor(), item_id)
                given: dict[str, Any] = {"remarks": form.remarks.data or "", "by": actor(), "at": clock.now()}
                following.decide(session, meeting, row, confirmed=form.verdict.data == YES, **given)
        except Invalid as wrong:
            blame(form, wrong)
        except Conflict as late:
            form.form_errors.append(late.message)
        else:
            flash(_("Đã ghi ý kiến của cơ quan đầu mối."), "success")
            return redirect(url_for("meetings.item", item_id=item_id))
    return _page(item_id, ReportForm(formdata=None), form)


@blueprint.get("/tep/<public_id>")
def evidence(public_id: str) -> Response:
    found = queries.evidence(db.session(), actor(), public_id)
    return files.download(found.storage_key, found.name, found.media_type)


def _page(item_id: int, form: ReportForm, decide_form: DecideForm) -> str:
    row, meeting = queries.item(db.session(), actor(), item_id)
    acts = open_to(actor(), facts_of(meeting, row))
    ticket = concluding.ticket_codes(db.session(), [row], actor()).get(row.ticket_id or 0)
    return render_template(
        "meetings/item.html",
        item=item_view(loaded(), row),
        meeting=meeting_view(loaded(), meeting, whole=False),
        reports=_reports(row),
        ticket=ticket,
        reports_now=Act.REPORT in acts and row.state == ItemState.OPEN,
        decides_now=Act.DECIDE in acts and row.state == ItemState.REPORTED,
        form=form,
        decide_form=decide_form,
        most_mb=MOST_MEGABYTES,
        longest=LONGEST,
    )


def _reports(row: MeetingItem) -> list[dict[str, object]]:
    return [
        {
            "agency": agency_name(loaded(), r.agency_id),
            "on": clock.local_date(r.at),
            "text": r.text,
            "done": r.done,
            "verdict": r.verdict,
            "remarks": r.remarks,
            "files": r.files,
        }
        for r in row.reports
    ]


def _report(item_id: int, form: ReportForm, file: TakenIn | None) -> None:
    given: dict[str, Any] = {"done": bool(form.done.data), "by": actor(), "at": clock.now()}
    with unit_of_work() as session:
        row: MeetingItem
        meeting: Meeting
        row, meeting = queries.item(session, actor(), item_id)
        written = following.report(session, meeting, row, form.text.data or "", **given)
        if file is not None:
            keep(file)
            following.add_evidence(session, written, file)

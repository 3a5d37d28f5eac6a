"""A meeting is planned, changed, put off or cancelled."""

from datetime import date
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import DateField, HiddenField, RadioField, SelectMultipleField
from wtforms.validators import InputRequired

from feedback_app.core import clock
from feedback_app.core.db import db, unit_of_work
from feedback_app.core.errors import Conflict, Forbidden, Invalid
from feedback_app.dialogues import policy, queries
from feedback_app.dialogues.labels import KINDS
from feedback_app.dialogues.models import Meeting
from feedback_app.dialogues.rules import Act, Days, Kind
from feedback_app.dialogues.services import planning
from feedback_app.dialogues.services.planning import Plan
from feedback_app.tickets.policy import ANSWERING, COORDINATING_OFFICES
from feedback_app.web.catalogue import loaded
from feedback_app.web.forms import FlaskForm
from feedback_app.web.identity import actor
from feedback_app.web.intake.fields import Boxes, Choice, Line, Prose
from feedback_app.web.meetings import blueprint
from feedback_app.web.meetings.sharing import blame, meeting_for, whole_number
from feedback_app.web.presenting.dialogues import meeting_view
from feedback_app.web.presenting.names import agency_name, local

LONGEST = 2000


def day(label: Any, **more: Any) -> DateField:
    return DateField(label, validators=[InputRequired(_l("Xin nhập ngày."))], **more)


class DaysForm(FlaskForm):
    held_on = day(_l("Ngày tổ chức"))
    closes_on = day(_l("Ngày cuối nhận kiến nghị"))
    replies_on = day(_l("Ngày cuối các cơ quan chuẩn bị trả lời"))

    def days(self) -> Days:
        return Days(self.closes_on.data, self.replies_on.data, self.held_on.data)


class Fields(Boxes, SelectMultipleField):
    """Fields of the catalogue, as boxes."""


class PlanForm(DaysForm):
    kind = RadioField(_l("Loại"), validators=[InputRequired(_l("Xin chọn loại."))])
    title = Line(_l("Tên hội nghị"), required=_l("Xin nhập tên hội nghị."))
    about = Prose(_l("Nội dung, thành phần"), longest=LONGEST)
    chair = Choice(_l("Cơ quan chủ trì"))
    place = Line(_l("Địa điểm"), required=_l("Xin nhập địa điểm."))
    hour = Line(_l("Giờ"), longest=20, description=_l("Ví dụ 08:00"))
    parent = Choice(_l("Trước hội nghị cấp tỉnh"), description=_l("Chỉ với đối thoại chuyên đề."))
    fields = Fields(_l("Lĩnh vực"), description=_l("Không chọn: mọi lĩnh vực."))
    areas = Line(
        _l("Địa bàn"), description=_l("Bỏ trống: toàn tỉnh; nhiều nơi cách nhau bằng dấu chấm phẩy.")
    )
    seen_version = HiddenField()


class PostponeForm(DaysForm):
    reason = Prose(_l("Lý do"), required=_l("Xin nêu lý do để báo cho người được mời."), longest=LONGEST)


class CancelForm(FlaskForm):
    reason = Prose(_l("Lý do"), required=_l("Xin nêu lý do để báo cho người được mời."), longest=LONGEST)


@blueprint.route("/lap", methods=["GET", "POST"])
def new() -> str | Response:
    if not policy.plans_any(actor()):
        raise Forbidden(Act.CHANGE)
    form = _plan_form(PlanForm())
    if form.validate_on_submit():
        try:
            with unit_of_work() as session:
                row = planning.plan(session, _told(form), by=actor(), at=clock.now())
        except Invalid as wrong:
            blame(form, wrong)
        else:
            flash(_("Đã lập. Kiểm tra lại rồi bấm “Công bố” để nhận kiến nghị."), "success")
            return redirect(url_for("meetings.meeting", code=row.code))
    return render_template("meetings/plan.html", form=form, meeting=None, longest=LONGEST)


@blueprint.route("/<code>/sua", methods=["GET", "POST"])
def change(code: str) -> str | Response:
    row = meeting_for(code, Act.CHANGE)
    form = _plan_form(PlanForm(data=_as_planned(row)))
    if form.validate_on_submit():
        try:
            with unit_of_work() as session:
                meeting = queries.meeting(session, actor(), code)
                seen = whole_number(form.seen_version.data)
                planning.change(session, meeting, _told(form), seen_version=seen, by=actor(), at=clock.now())
        except Invalid as wrong:
            blame(form, wrong)
        except Conflict as late:
            form.form_errors.append(late.message)
        else:
            flash(_("Đã lưu."), "success")
            return redirect(url_for("meetings.meeting", code=code))
    view = meeting_view(loaded(), row)
    return render_template("meetings/plan.html", form=form, meeting=view, longest=LONGEST)


@blueprint.route("/<code>/hoan", methods=["GET", "POST"])
def postpone(code: str) -> str | Response:
    row = meeting_for(code, Act.POSTPONE)
    form = PostponeForm(data={"closes_on": row.closes_on, "replies_on": row.replies_on})
    if form.validate_on_submit():
        try:
            with unit_of_work() as session:
                meeting = queries.meeting(session, actor(), code)
                given: dict[str, Any] = {"by": actor(), "at": clock.now()}
                planning.postpone(session, meeting, form.days(), form.reason.data or "", **given)
        except Invalid as wrong:
            blame(form, wrong)
        else:
            flash(_("Đã hoãn; người được mời đang được báo."), "success")
            return redirect(url_for("meetings.meeting", code=code))
    return render_template("meetings/postpone.html", form=form, meeting=meeting_view(loaded(), row))


@blueprint.route("/<code>/huy", methods=["GET", "POST"])
def cancel(code: str) -> str | Response:
    row = meeting_for(code, Act.CANCEL)
    form = CancelForm()
    if form.validate_on_submit():
        with unit_of_work() as session:
            meeting = queries.meeting(session, actor(), code)
            planning.cancel(session, meeting, form.reason.data or "", by=actor(), at=clock.now())
        flash(_("Đã hủy; người được mời đang được báo."), "success")
        return redirect(url_for("meetings.meeting", code=code))
    return render_template("meetings/cancel.html", form=form, meeting=meeting_view(loaded(), row))


def _plan_form(form: PlanForm) -> PlanForm:
    today, catalogue = clock.today(), loaded().catalogue
    offices = actor().holds(*COORDINATING_OFFICES)
    kinds = [kind for kind in Kind if offices or kind is Kind.SECTORAL]
    form.kind.choices = [(kind.value, str(KINDS[kind])) for kind in kinds]
    own = {loaded().agency_codes[id_] for id_ in actor().agency_ids(ANSWERING)}
    agencies = [a.code for a in loaded().directory.active(today) if offices or a.code in own]
    form.chair.choices = sorted(
        ((code, agency_name(loaded(), code)) for code in agencies), key=lambda c: c[1]
    )
    coming = queries.provincial_to_come(db.session(), today)
    form.parent.choices = [("", "–"), *((str(m.id), f"{m.title} ({m.held_on:%d/%m/%Y})") for m in coming)]
    form.fields.choices = [(f.code, local(f.name)) for f in catalogue.fields.fields]
    return form


def _told(form: PlanForm) -> Plan:
    parent = form.parent.data or ""
    return Plan(
        kind=Kind(form.kind.data),
        title=form.title.data or "",
        about=form.about.data or "",
        chair_id=loaded().agency_ids[form.chair.data],
        place=form.place.data or "",
        hour=form.hour.data or "",
        days=form.days(),
        parent_id=int(parent) if parent else None,
        fields=tuple(form.fields.data or ()),
        areas=tuple(part.strip() for part in (form.areas.data or "").split(";") if part.strip()),
    )


def _as_planned(row: Meeting) -> dict[str, str | date | list[str]]:
    names = ("kind", "title", "about", "place", "hour", "held_on", "closes_on", "replies_on", "fields")
    kept = {name: getattr(row, name) for name in names}
    parent = str(row.parent_id) if row.parent_id else ""
    chair = loaded().agency_codes[row.chair_id]
    return kept | {
        "chair": chair,
        "parent": parent,
        "areas": "; ".join(row.areas),
        "seen_version": str(row.version),
    }

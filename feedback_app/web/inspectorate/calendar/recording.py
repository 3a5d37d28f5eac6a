"""One visit is written down in a form, or changed."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import HiddenField, IntegerField, RadioField, SelectMultipleField
from wtforms.validators import InputRequired, NumberRange
from wtforms.widgets import CheckboxInput, ListWidget

from feedback_app.core import clock
from feedback_app.core.db import db, unit_of_work
from feedback_app.core.errors import Conflict, Invalid
from feedback_app.inspections import queries
from feedback_app.inspections.entries import Entry, normal_tax_code
from feedback_app.inspections.importing.checking import FIRST_YEAR, YEARS_AHEAD, existed_in
from feedback_app.inspections.importing.columns import LONGEST_WORDS
from feedback_app.inspections.labels import FORMS, PLANNED, STATES
from feedback_app.inspections.models import InspectionVisit
from feedback_app.inspections.rules import State
from feedback_app.inspections.services import recording
from feedback_app.web.catalogue import loaded
from feedback_app.web.forms import FlaskForm
from feedback_app.web.identity import actor
from feedback_app.web.inspectorate.calendar import blueprint
from feedback_app.web.intake.fields import Choice, Day, Line, Prose
from feedback_app.web.presenting import local

Page = str | Response
_AS_THEY_ARE = (
    "code",
    "enterprise",
    "words",
    "decision_number",
    "decided_on",
    "starts_on",
    "ends_on",
    "grounds",
)
CHOOSE = _l("Xin chọn một mục.")


class VisitForm(FlaskForm):
    """The entry, field by field; what does not fit together is said by the service."""

    tax_code = Line(_l("Mã số thuế"), required=_l("Xin nhập mã số thuế của doanh nghiệp."), longest=30)
    enterprise = Line(_l("Tên doanh nghiệp"), required=_l("Xin nhập tên doanh nghiệp."))
    year = IntegerField(_l("Năm"), validators=[InputRequired(_l("Xin nhập năm."))])
    form = RadioField(_l("Hình thức"), validators=[InputRequired(CHOOSE)])
    agency = Choice(_l("Cơ quan chủ trì"), default="")
    code = Line(
        _l("Mã cuộc"),
        required=_l("Xin nhập mã cuộc."),
        longest=64,
        description=_l("Số thứ tự hoặc mã trong kế hoạch của cơ quan; mỗi cơ quan, mỗi năm không trùng."),
    )
    joined = SelectMultipleField(
        _l("Cơ quan phối hợp (đoàn liên ngành)"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    contents = SelectMultipleField(
        _l("Nội dung"),
        validators=[InputRequired(_l("Xin chọn ít nhất một nội dung."))],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    words = Line(
        _l("Nội dung cụ thể"),
        longest=LONGEST_WORDS,
        description=_l("Không ghi nội dung mật hoặc kết quả chưa công bố."),
    )
    planned = RadioField(_l("Theo kế hoạch hay đột xuất"), validators=[InputRequired(CHOOSE)])
    state = RadioField(_l("Trạng thái"), default=State.PLANNED, validators=[InputRequired(CHOOSE)])
    decision_number = Line(_l("Số quyết định"), longest=100)
    decided_on = Day(_l("Ngày quyết định"))
    starts_on = Day(_l("Từ ngày"))
    ends_on = Day(_l("Đến ngày"))
    exception = Choice(_l("Ngoại lệ được viện dẫn"), default="")
    grounds = Prose(_l("Căn cứ của ngoại lệ"), longest=LONGEST_WORDS)
    seen_version = HiddenField()


@blueprint.route("/ghi", methods=["GET", "POST"])
def record() -> Page:
    form = _form(VisitForm(data={"year": clock.today().year, "state": State.PLANNED}))
    if form.validate_on_submit():
        try:
            with unit_of_work() as session:
                visit = recording.record(session, _entry(form), loaded(), by=actor(), at=clock.now())
        except Invalid as wrong:
            _say(form, wrong)
        else:
            return _done(visit)
    return render_template("inspectorate/calendar/record.html", form=form, visit=None)


@blueprint.route("/cuoc/<int:visit_id>", methods=["GET", "POST"])
def change(visit_id: int) -> Page:
    visit = queries.one(db.session(), actor(), visit_id)
    form = _form(VisitForm(data=_told(visit)))
    if form.validate_on_submit():
        try:
            _change(visit_id, form)
        except Invalid as wrong:
            _say(form, wrong)
        except Conflict:
            form.form_errors.append(_("Người khác vừa sửa cuộc này. Xin mở lại trang và sửa trên bản mới."))
        else:
            return _done(visit)
    return render_template("inspectorate/calendar/record.html", form=form, visit=visit)


def _change(visit_id: int, form: VisitForm) -> None:
    with unit_of_work() as session:
        visit = queries.one(session, actor(), visit_id)
        seen = form.seen_version.data or ""
        version = int(seen) if seen.isascii() and seen.isdigit() else 0
        entry, at = _entry(form), clock.now()
        recording.change(session, visit, entry, loaded(), seen_version=version, by=actor(), at=at)


def _form(form: VisitForm) -> VisitForm:
    """Return the form with its lists in the reader's language."""
    pack, last = loaded().catalogue.inspections, clock.today().year + YEARS_AHEAD
    span = _("Xin nhập năm từ %(first)s đến %(last)s.", first=FIRST_YEAR, last=last)
    form.year.validators = [*VisitForm.year.kwargs["validators"], NumberRange(FIRST_YEAR, last, span)]
    form.form.choices = [(value.value, str(label)) for value, label in FORMS.items()]
    form.planned.choices = [("planned", str(PLANNED[True])), ("unplanned", str(PLANNED[False]))]
    form.state.choices = [(value.value, str(label)) for value, label in STATES.items()]
    form.contents.choices = [(content.code, local(content.name)) for content in pack.contents]
    form.exception.choices = [("", _("không")), *((e.code, local(e.name)) for e in pack.exceptions)]
    agencies = _agencies(form.year.data)
    form.agency.choices, form.joined.choices = [("", _("chọn cơ quan")), *agencies], agencies
    return form


def _agencies(year: int | None) -> list[tuple[str, str]]:
    """Return the agencies of the year that was typed, under the names of its last day or of today."""
    catalogue, today = loaded().catalogue, clock.today()
    year = year if year is not None and FIRST_YEAR <= year <= today.year + YEARS_AHEAD else today.year
    on = min(today, today.replace(year=year, month=12, day=31))
    living = [a for a in catalogue.agencies.agencies if existed_in(loaded(), a.code, year)]
    return [(agency.code, local(agency.named(on).name)) for agency in living]


def _entry(form: VisitForm) -> Entry:
    """Return what was written down. Raises Invalid."""
    if not form.agency.data:
        raise Invalid(str(CHOOSE), "agency")
    values: dict[str, Any] = {name: form[name].data for name in _AS_THEY_ARE}
    return Entry(
        **values,
        tax_code=normal_tax_code(form.tax_code.data) or form.tax_code.data,
        year=form.year.data,
        form=form.form.data,
        agency=form.agency.data,
        joined=tuple(form.joined.data or ()),
        contents=tuple(form.contents.data),
        planned=form.planned.data == "planned",
        state=form.state.data,
        exception=form.exception.data or "",
    )


def _told(visit: InspectionVisit) -> dict[str, Any]:
    entry = queries.entry_of(visit, loaded())
    given = {
        name: getattr(entry, name) for name in (*_AS_THEY_ARE, "tax_code", "year", "agency", "exception")
    }
    return given | {
        "form": entry.form.value,
        "state": entry.state.value,
        "joined": list(entry.joined),
        "contents": list(entry.contents),
        "planned": "planned" if entry.planned else "unplanned",
        "seen_version": str(visit.version),
    }


def _say(form: VisitForm, wrong: Invalid) -> None:
    """Put what the service found beside its field."""
    form[wrong.field or "code"].errors = [_("Cần: %(expected)s.", expected=wrong.message.rstrip("."))]


def _done(visit: InspectionVisit) -> Response:
    flash(_("Đã ghi vào lịch thanh tra, kiểm tra."), "success")
    return redirect(url_for("inspections.enterprise", tax_code=visit.tax_code))

"""What is unconfirmed, and confirming an agency under a document."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import DateField, IntegerField, SelectMultipleField, StringField
from wtforms.validators import DataRequired, Length
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from feedback_app.catalogue import editing
from feedback_app.catalogue.load import newest_of
from feedback_app.catalogue.packs.agencies import Agency
from feedback_app.core.db import db, unit_of_work
from feedback_app.core.errors import NotFound
from feedback_app.web.admin import blueprint
from feedback_app.web.admin.labels import step_name, unit_name
from feedback_app.web.admin.unconfirmed import doubtful_parts, doubts, parts_of
from feedback_app.web.catalogue import loaded
from feedback_app.web.forms import FlaskForm
from feedback_app.web.identity import actor
from feedback_app.web.presenting import agency_name


class ConfirmForm(FlaskForm):
    source = StringField(
        _l("Văn bản làm căn cứ"),
        description=_l("Số, ngày, cơ quan ban hành; ví dụ: Nghị quyết số 12/NQ-HĐND ngày 01/03/2025"),
        validators=[DataRequired(_l("Vui lòng ghi văn bản làm căn cứ.")), Length(max=300)],
    )
    dated = DateField(
        _l("Ngày của văn bản"),
        validators=[DataRequired(_l("Vui lòng ghi ngày của văn bản, dạng ngày/tháng/năm."))],
    )
    parts = SelectMultipleField(
        _l("Những điều văn bản này xác nhận"),
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
        validators=[DataRequired(_l("Vui lòng chọn ít nhất một điều."))],
    )
    seen = IntegerField(widget=HiddenInput(), validators=[DataRequired()])


@blueprint.get("/cho-xac-nhan")
def unconfirmed() -> str:
    return render_template(
        "admin/unconfirmed.html", doubts=doubts(), step_name=step_name, unit_name=unit_name
    )


@blueprint.route("/co-quan/<name>", methods=["GET", "POST"])
def agency(name: str) -> str | Response:
    found = _agency(name)
    form, doubtful = ConfirmForm(), doubtful_parts(found)
    form.parts.choices = [(part.key, part.text) for part in doubtful]
    if form.validate_on_submit():
        with unit_of_work() as session:
            editing.confirm_agency(
                session,
                name,
                source=form.source.data,
                dated=form.dated.data,
                parts=form.parts.data,
                seen_version=form.seen.data,
                by_id=actor().user_id,
            )
        flash(_("Đã xác nhận %(agency)s.", agency=agency_name(loaded(), name)), "success")
        return redirect(url_for("admin.unconfirmed"))
    form.seen.data = form.seen.data or _version()
    return render_template(
        "admin/agency.html",
        agency=found,
        form=form,
        confirmed=[part for part in parts_of(found) if part.confirmed],
        sources={part.key: part.source for part in doubtful},
    )


def _agency(code: str) -> Agency:
    for candidate in loaded().catalogue.agencies.agencies:
        if candidate.code == code:
            return candidate
    raise NotFound(code)


def _version() -> int:
    row = newest_of(db.session(), editing.AGENCIES)
    return row.version if row else 0

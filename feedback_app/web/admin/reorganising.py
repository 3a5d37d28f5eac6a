"""Reorganisations: the list of those applied, the preview of another, and applying it."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from werkzeug.wrappers import Response
from wtforms import DateField, IntegerField, SubmitField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional
from wtforms.widgets import HiddenInput

from feedback_app.catalogue.editing import agencies_version
from feedback_app.catalogue.packs import PackError
from feedback_app.catalogue.packs.reorganisation import Reorganisation, read_reorganisation
from feedback_app.catalogue.packs.restructuring import restructured
from feedback_app.core import clock
from feedback_app.core.db import db, unit_of_work
from feedback_app.core.errors import Conflict
from feedback_app.reorganisation import queries
from feedback_app.reorganisation.preview import Preview, preview
from feedback_app.reorganisation.services.applying import Refused, apply
from feedback_app.web.admin import blueprint
from feedback_app.web.catalogue import loaded
from feedback_app.web.forms import FlaskForm
from feedback_app.web.identity import actor
from feedback_app.web.navigation import FUNCTIONS
from feedback_app.web.presenting import field_name, local

LONGEST = 200_000
PARTS = {
    "lead": _l("chủ trì"),
    "otherwise": _l("thay cơ quan tại địa bàn"),
    "coordinating": _l("phối hợp"),
    "fallbacks": _l("dự phòng"),
    "sensitive_fallbacks": _l("dự phòng cho phản ánh nhạy cảm"),
}


class ReorganisationForm(FlaskForm):
    file = FileField(_l("Tệp YAML"), description=_l("Cấu trúc tệp: xem tài liệu docs/how-to/reorganise.md"))
    text = TextAreaField(_l("Hoặc dán nội dung"), validators=[Length(max=LONGEST)])
    on = DateField(
        _l("Ngày áp dụng"),
        description=_l("Để trống nếu tệp đã ghi; ngày ở đây thay cho ngày ở đầu tệp"),
        validators=[Optional()],
    )
    seen = IntegerField(widget=HiddenInput(), validators=[DataRequired()])
    sure = SubmitField()

    def content(self) -> str:
        """Return what was uploaded, else what was pasted.

        Raises:
            PackError: the file is no text.
        """
        if not self.file.data:
            return self.text.data or ""
        try:
            return str(self.file.data.read(LONGEST).decode("utf-8"))
        except UnicodeDecodeError:
            raise PackError(_("Tệp"), None, _("không phải là văn bản UTF-8")) from None


@blueprint.route("/sap-xep", methods=["GET", "POST"])
def reorganisation() -> str | Response:
    form, found = ReorganisationForm(), None
    if form.validate_on_submit():
        plan = _plan(form)
        if plan is not None and form.sure.data:
            return _apply(plan, form.seen.data)
        found = preview(db.session(), loaded(), plan, clock.today()) if plan else None
    form.seen.data = agencies_version(db.session())
    return render_template(
        "admin/reorganisation.html",
        form=form,
        found=found,
        applied=queries.all_applied(db.session()),
        **_words(found),
    )


def _plan(form: ReorganisationForm) -> Reorganisation | None:
    """Return what the form holds, as text from now on; ``None`` with the reason beside the field."""
    try:
        form.text.data = form.content()
        return read_reorganisation(form.text.data, _("Nội dung"), form.on.data)
    except PackError as error:
        form.text.errors = [str(error)]
        return None


def _apply(plan: Reorganisation, seen: int) -> Response:
    try:
        with unit_of_work() as session:
            row = apply(session, plan, seen_version=seen, by_id=actor().user_id, at=clock.now())
    except Refused as refused:
        flash(refused.message, "error")
    except Conflict:
        flash(_("Danh bạ cơ quan vừa được người khác thay đổi. Vui lòng xem trước lại rồi áp dụng."), "error")
    else:
        flash(_told(row.moved, done=row.finished_at is not None), "success")
    return redirect(url_for("admin.reorganisation"))


def _told(moved: int, *, done: bool) -> str:
    if done:
        return str(_("Đã áp dụng. %(number)s phiếu đã chuyển, không thời hạn nào thay đổi.", number=moved))
    return str(_("Đã ghi nhận. %(number)s phiếu đã chuyển; phần còn lại tự chuyển tiếp.", number=moved))


def _words(found: Preview | None) -> dict[str, object]:
    """Return how the page names things, agencies on the day of the reorganisation."""
    if found is None or found.refused:
        return {}
    day = found.first_day
    after = loaded().catalogue.model_copy(
        update={"agencies": restructured(loaded().catalogue, found.plan).agencies}
    )
    names = {agency.code: local(agency.named(day).name) for agency in after.agencies.agencies}
    areas = {area.code: local(area.name) for area in after.areas.areas}
    return {
        "agency": lambda code: names.get(code) or _("theo quy tắc phân công"),
        "area": lambda code: areas.get(code) or _("không nêu địa bàn"),
        "field": lambda code: field_name(loaded(), code) if code not in {"", "*"} else _("mọi lĩnh vực"),
        "function": lambda code: FUNCTIONS[code],
        "territory": {t.code: local(t.name) for t in after.areas.territories}.get,
        "parts": PARTS,
    }

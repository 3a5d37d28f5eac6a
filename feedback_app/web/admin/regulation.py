"""The regulation profile: every limit with its source, changed and confirmed row by row."""

from dataclasses import dataclass
from datetime import date

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import BooleanField, IntegerField, StringField, SubmitField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange
from wtforms.widgets import HiddenInput

from feedback_app.catalogue import editing
from feedback_app.catalogue.editing import Limit
from feedback_app.catalogue.load import newest_of
from feedback_app.catalogue.packs.regulation import RegulationProfile, TimeLimit
from feedback_app.core import clock
from feedback_app.core.db import db, unit_of_work
from feedback_app.core.errors import Conflict, NotFound
from feedback_app.deadlines.promise import promise
from feedback_app.web.admin import blueprint, ladder
from feedback_app.web.admin.labels import anchor_name, step_name, unit_name
from feedback_app.web.catalogue import loaded
from feedback_app.web.forms import FlaskForm
from feedback_app.web.identity import actor
from feedback_app.web.presenting import kind_name, local


class LimitForm(FlaskForm):
    value = IntegerField(
        _l("Số ngày"),
        validators=[
            InputRequired(_l("Vui lòng nhập số ngày.")),
            NumberRange(0, 366, _l("Số ngày từ 0 đến 366.")),
        ],
    )
    source = StringField(
        _l("Căn cứ"),
        description=_l("Điều, khoản của văn bản; hoặc ghi rõ đây là mặc định chưa đối chiếu"),
        validators=[DataRequired(_l("Vui lòng ghi căn cứ.")), Length(max=300)],
    )
    confirmed = BooleanField(
        _l("Đã đối chiếu với văn bản"),
        description=_l("Từ đó hệ thống nói “chậm nhất” thay cho “dự kiến” (nếu cả quy chế đã được xác nhận)"),
    )
    seen = IntegerField(widget=HiddenInput(), validators=[DataRequired()])
    sure = SubmitField()

    def limit(self) -> Limit:
        return Limit(value=self.value.data, source=self.source.data, confirmed=self.confirmed.data)


class ProfileForm(FlaskForm):
    legal_basis = TextAreaField(
        _l("Văn bản làm căn cứ"), validators=[DataRequired(_l("Vui lòng ghi văn bản.")), Length(max=1000)]
    )
    confirmed = BooleanField(_l("Quy chế đã được đối chiếu với toàn văn"))
    seen = IntegerField(widget=HiddenInput(), validators=[DataRequired()])


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change does to a filing received today: its due date before and after, if it is about that."""

    kind: str
    before: date | None
    after: date | None


@blueprint.get("/thoi-han")
def regulation() -> str:
    return render_template("admin/regulation.html", profiles=loaded().catalogue.regulations, **_words())


@blueprint.route("/thoi-han/<name>/<int:position>", methods=["GET", "POST"])
def limit(name: str, position: int) -> str | Response:
    profile, row = _limit(name, position)
    form = LimitForm(obj=row)
    effects = None
    if form.validate_on_submit():
        if form.sure.data:
            return _store(form, name, position)
        effects = _effects(profile, editing.preview(db.session(), name, position, form.limit()), row)
    form.seen.data = form.seen.data or _version(name)
    return render_template(
        "admin/limit.html", profile=profile, row=row, form=form, effects=effects, **_words()
    )


@blueprint.route("/thoi-han/<name>", methods=["GET", "POST"])
def profile(name: str) -> str | Response:
    found = _profile(name)
    form = ProfileForm(data={"legal_basis": found.legal_basis.vi, "confirmed": found.confirmed})
    if form.validate_on_submit():
        basis, seen = form.legal_basis.data, form.seen.data
        with unit_of_work() as session:
            editing.confirm_profile(
                session,
                name,
                legal_basis=basis,
                confirmed=form.confirmed.data,
                seen_version=seen,
                by_id=actor().user_id,
            )
        flash(_("Đã lưu. Áp dụng cho phiếu gửi từ bây giờ."), "success")
        return redirect(url_for("admin.regulation"))
    form.seen.data = form.seen.data or _version(name)
    return render_template("admin/profile.html", profile=found, form=form)


def _store(form: LimitForm, code: str, position: int) -> str | Response:
    try:
        with unit_of_work() as session:
            editing.change_limit(
                session,
                code,
                position,
                form.limit(),
                seen_version=form.seen.data,
                by_id=actor().user_id,
            )
    except Conflict:
        raise Conflict(
            _("Người khác vừa sửa quy chế này. Vui lòng mở lại trang thời hạn, xem bản mới rồi sửa tiếp.")
        ) from None
    flash(_("Đã lưu. Phiếu gửi trước đó giữ nguyên thời hạn cũ."), "success")
    return redirect(url_for("admin.regulation"))


def _effects(old: RegulationProfile, new: RegulationProfile, row: TimeLimit) -> list[Effect]:
    catalogue = loaded().catalogue
    others = tuple(new if p.code == new.code else p for p in catalogue.regulations)
    changed, at = catalogue.model_copy(update={"regulations": others}), clock.now()
    return [
        Effect(
            kind_name(loaded(), due.kind),
            promise(catalogue, due.kind, at).due_on,
            promise(changed, due.kind, at).due_on,
        )
        for due in old.due_steps
        if due.step == row.step and row.applies_to(due.kind)
    ]


def _words() -> dict[str, object]:
    return {
        "anchor_name": anchor_name,
        "kind_name": lambda code: kind_name(loaded(), code),
        "local": local,
        "step_name": step_name,
        "unit_name": unit_name,
        **ladder.WORDS,
    }


def _profile(code: str) -> RegulationProfile:
    for candidate in loaded().catalogue.regulations:
        if candidate.code == code:
            return candidate
    raise NotFound(code)


def _limit(code: str, position: int) -> tuple[RegulationProfile, TimeLimit]:
    found = _profile(code)
    if position >= len(found.limits):
        raise NotFound(str(position))
    return found, found.limits[position]


def _version(code: str) -> int:
    row = newest_of(db.session(), editing.profile_pack(code))
    return row.version if row else 0

"""Proposed rules: what was corrected alike, the words to be edited, the dry run, and the switch."""

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import (
    HiddenField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    SubmitField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Length, Optional
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from feedback_app.catalogue.editing import ROUTING
from feedback_app.catalogue.load import newest_of
from feedback_app.catalogue.packs.routing import Rule
from feedback_app.core import clock
from feedback_app.core.db import db, unit_of_work
from feedback_app.core.errors import Conflict, Invalid, NotFound
from feedback_app.sorting import queries, services
from feedback_app.sorting.queries import Correction, Group, Likeness, Outcome
from feedback_app.sorting.rules import Condition, lines, telling
from feedback_app.web.catalogue import loaded
from feedback_app.web.coordinating import blueprint
from feedback_app.web.forms import FlaskForm
from feedback_app.web.identity import actor
from feedback_app.web.presenting import agency_name, area_name, field_name, kind_name, local

Page = str | Response
WORDS = [Length(max=4000)]


class RuleForm(FlaskForm):
    kinds = SelectMultipleField(
        _l("Loại phản ánh"), widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )
    procedure = SelectField(_l("Thủ tục"), validators=[Optional()])
    area = SelectField(_l("Địa bàn"), validators=[Optional()])
    any = TextAreaField(
        _l("Có ít nhất một trong các từ ngữ"),
        description=_l("Mỗi dòng một cụm từ. Bỏ trống thì mọi phiếu của lĩnh vực đều theo quy tắc này."),
        validators=WORDS,
    )
    none = TextAreaField(_l("Và không có từ ngữ nào sau đây"), validators=WORDS)
    reason = StringField(
        _l("Lý do, ghi trên phiếu"),
        description=_l("Doanh nghiệp và cán bộ đọc được câu này trên mỗi phiếu theo quy tắc."),
        validators=[DataRequired(_l("Vui lòng ghi lý do của quy tắc.")), Length(max=300)],
    )
    seen = IntegerField(widget=HiddenInput(), validators=[Optional()])
    tried = HiddenField()
    switch = SubmitField()

    def condition(self, field: str) -> Condition:
        return Condition(
            kinds=tuple(self.kinds.data or ()),
            field=field,
            procedure=self.procedure.data or "",
            area=self.area.data or "",
            any=lines(self.any.data or ""),
            none=lines(self.none.data or ""),
        )


@dataclass(frozen=True, slots=True)
class GroupView:
    """One line of the list of proposals."""

    field: str
    was: str
    lead: str
    support: int
    last_at: Any
    href: str


@blueprint.get("/quy-tac")
def rules() -> str:
    found = [_view(group) for group in queries.groups(db.session(), actor())]
    in_force = [r for r in loaded().catalogue.routing.rules if r.code.startswith(services.PREFIX)]
    return render_template(
        "coordinating/rules.html", groups=found, in_force=in_force, version=_version(), **_words()
    )


@blueprint.route("/quy-tac/<field>/<was>/<lead>", methods=["GET", "POST"])
def rule(field: str, was: str, lead: str) -> Page:
    key = _likeness(field, was, lead)
    group = queries.corrections(db.session(), actor(), key)
    if not group:
        raise NotFound(field)
    form, outcome = _form(key, group), None
    if form.validate_on_submit():
        condition = form.condition(key.field)
        try:
            if form.switch.data and form.tried.data == _digest(condition):
                return _switch_on(form, key, condition)
            outcome = _dry_run(form, key, condition, len(group))
        except Invalid as error:
            form.form_errors.append(error.message)
    return render_template(
        "coordinating/rule.html", form=form, key=key, group=group, outcome=outcome, **_words()
    )


@blueprint.post("/quy-tac/<field>/<was>/<lead>/bo-qua")
def dismiss(field: str, was: str, lead: str) -> Response:
    with unit_of_work() as session:
        services.dismiss(session, _likeness(field, was, lead), by=actor(), at=clock.now())
    flash(_("Đã bỏ qua đề xuất; các lần phân loại lại này được coi là ngoại lệ."), "success")
    return redirect(url_for("coordinating.rules"))


@blueprint.post("/quy-tac/<code>/tat/<int:seen>")
def switch_off(code: str, seen: int) -> Response:
    with unit_of_work() as session:
        services.switch_off(session, code, seen_version=seen, by=actor(), at=clock.now())
    flash(_("Đã tắt quy tắc %(code)s. Phiếu đã phân loại giữ nguyên.", code=code), "success")
    return redirect(url_for("coordinating.rules"))


def _switch_on(form: RuleForm, key: Likeness, condition: Condition) -> Response:
    try:
        with unit_of_work() as session:
            code = services.switch_on(
                session,
                loaded(),
                key,
                condition,
                reason=form.reason.data,
                seen_version=form.seen.data or 0,
                by=actor(),
                at=clock.now(),
            )
    except Conflict:
        raise Conflict(
            _("Người khác vừa đổi quy tắc phân loại. Vui lòng mở lại đề xuất, chạy thử lại rồi áp dụng.")
        ) from None
    flash(_("Đã áp dụng quy tắc %(code)s cho phiếu gửi từ bây giờ.", code=code), "success")
    return redirect(url_for("coordinating.rules"))


def _dry_run(form: RuleForm, key: Likeness, condition: Condition, support: int) -> Outcome:
    """Return what the rule would have changed, and let the form remember that exactly this was tried."""
    found: Rule = services.proposed_rule(
        condition, loaded(), code="focal-trial", lead_id=key.lead_id, support=support, reason=form.reason.data
    )
    form.tried.data, form.seen.data = _digest(condition), _version()
    return queries.dry_run(db.session(), actor(), condition, found, loaded(), clock.today())


def _form(key: Likeness, group: list[Correction]) -> RuleForm:
    form = RuleForm(data=_suggested(key, group))
    catalogue, sensitive = loaded().catalogue, set(loaded().catalogue.routing.sensitive_kinds)
    form.kinds.choices = [(k.code, local(k.name)) for k in catalogue.fields.kinds if k.code not in sensitive]
    every = [("", _("Mọi thủ tục"))]
    form.procedure.choices = [
        *every,
        *((p.code, local(p.name)) for p in catalogue.fields.procedures_of(key.field)),
    ]
    areas = {c.proposal.area for c in group if c.proposal.area} | (
        {form.area.data} if form.area.data else set()
    )
    known = {area.code for area in catalogue.areas.areas} & areas
    form.area.choices = [("", _("Mọi địa bàn")), *((a, area_name(loaded(), a)) for a in sorted(known))]
    return form


def _suggested(key: Likeness, group: list[Correction]) -> dict[str, Any]:
    """Return a first condition: what all corrections share, and the words that tell them from the others."""
    rows = [correction.proposal for correction in group]
    others = queries.other_texts(db.session(), actor(), key, clock.today())
    found = telling([correction.text for correction in group], others) or tuple(rows[0].words[:3])
    return {
        "kinds": sorted({row.kind for row in rows}),
        "procedure": _shared({row.procedure for row in rows}),
        "area": _shared({row.area for row in rows}),
        "any": "\n".join(found),
        "reason": _("nội dung này do %(agency)s giải quyết", agency=agency_name(loaded(), key.lead_id)),
    }


def _shared(values: set[str | None]) -> str:
    return (next(iter(values)) or "") if len(values) == 1 else ""


def _likeness(field: str, was: str, lead: str) -> Likeness:
    ids = loaded().agency_ids
    if was not in ids or lead not in ids or field not in {f.code for f in loaded().catalogue.fields.fields}:
        raise NotFound(field)
    return Likeness(field, ids[was], ids[lead])


def _view(group: Group) -> GroupView:
    key, codes = group.key, loaded().agency_codes
    was, lead = codes[key.was_id], codes[key.lead_id]
    href = url_for("coordinating.rule", field=key.field, was=was, lead=lead)
    names = (field_name(loaded(), key.field), agency_name(loaded(), was), agency_name(loaded(), lead))
    return GroupView(*names, group.support, group.last_at, href)


def _digest(condition: Condition) -> str:
    return hashlib.sha256(json.dumps(asdict(condition), sort_keys=True).encode()).hexdigest()


def _version() -> int:
    row = newest_of(db.session(), ROUTING)
    return row.version if row else 0


def _words() -> dict[str, Any]:
    return {
        "agency_name": lambda agency: agency_name(loaded(), agency),
        "agency_code": lambda agency_id: loaded().agency_codes[agency_id],
        "field_name": lambda code: field_name(loaded(), code),
        "kind_name": lambda code: kind_name(loaded(), code),
        "local": local,
    }

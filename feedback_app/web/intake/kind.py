"""Step 1: what kind of matter it is."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.validators import InputRequired

from feedback_app.web.forms import FlaskForm
from feedback_app.web.intake import blueprint, cookies, kinds
from feedback_app.web.intake import desk as desks
from feedback_app.web.intake.desk import Desk
from feedback_app.web.intake.step import Page, Step


class KindForm(FlaskForm):
    kind = RadioField(
        _l("Quý doanh nghiệp muốn gửi nội dung gì?"),
        validators=[InputRequired(_l("Xin chọn loại nội dung."))],
        validate_choice=True,
    )


class KindStep(Step):
    name = "kind"

    def desk(self) -> Desk:
        return desks.find() or desks.new()

    def form(self, desk: Desk) -> KindForm:
        form = KindForm(data={"kind": desk.content.kind})
        form.kind.choices = kinds.choices()
        return form

    def take(self, desk: Desk, form: FlaskForm) -> None:
        desk.content.kind = form.kind.data
        if not kinds.is_sensitive(form.kind.data):
            desk.content.concerned, desk.content.concerned_asked = [], False

    def accept(self, desk: Desk, form: FlaskForm) -> Page:
        response: Any = super().accept(desk, form)
        return cookies.keep_draft(response, desk.secret)

    def context(self, desk: Desk, form: FlaskForm) -> dict[str, Any]:  # noqa: ARG002
        return {"hints": kinds.explanations()}


blueprint.add_url_rule("/loai", view_func=KindStep.as_view("kind"))

"""The short way: the company's own letter as a file and three fields are a whole filing."""

from typing import Any

from flask import after_this_request, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import MultipleFileField

from feedback_app.core import clock
from feedback_app.intake.rules import FilerType
from feedback_app.intake.suggesting import UNSURE, guessed_kind
from feedback_app.routing.neighbours import recognised
from feedback_app.web.forms import FlaskForm
from feedback_app.web.intake import accusing, blueprint, cookies
from feedback_app.web.intake import desk as desks
from feedback_app.web.intake.desk import Desk
from feedback_app.web.intake.fields import Line
from feedback_app.web.intake.files import shown, take_uploads
from feedback_app.web.intake.step import Page, Step
from feedback_app.web.intake.who import check_email, check_phone

BODY = _l("Nội dung nêu trong văn bản đính kèm.")


class LetterForm(FlaskForm):
    files = MultipleFileField(_l("Ảnh chụp hoặc bản PDF của văn bản"))
    title = Line(
        _l("Về việc"), required=_l("Xin ghi trích yếu của văn bản."), description=_l("Trích yếu của văn bản.")
    )
    name = Line(_l("Tên doanh nghiệp"), required=_l("Xin nhập tên doanh nghiệp."))
    contact = Line(
        _l("Điện thoại hoặc thư điện tử"),
        description=_l("Để nhận tin về phiếu và lấy lại mã theo dõi nếu mất; có thể để trống."),
    )

    def validate_contact(self, field: Any) -> None:
        (check_email if "@" in field.data else check_phone)(field.data)


class LetterStep(Step):
    name = "letter"

    def desk(self) -> Desk:
        return desks.find() or desks.new()

    def form(self, desk: Desk) -> LetterForm:
        content = desk.content
        contact = content.email or content.phone
        return LetterForm(data={"title": content.title, "name": content.name, "contact": contact})

    def valid(self, desk: Desk, form: FlaskForm) -> bool:
        """Keep the files first, without the text: they need not be chosen again, whatever else is missing."""
        good = super().valid(desk, form)
        desk.content.by_letter = True
        form.files.errors = take_uploads(desk) or ([] if desk.content.files else [_missing()])
        desk.save()
        after_this_request(lambda response: cookies.keep_draft(response, desk.secret))
        return good and not form.files.errors

    def accept(self, desk: Desk, form: FlaskForm) -> Page:
        desk.content.kind = desk.content.kind or guessed_kind(
            form.title.data, desks.catalogue(), clock.today()
        )
        notice = accusing.to_settle(desk, form.title.data)
        if notice is not None:
            return (
                self.page(desk, form)
                if accusing.wants_to_edit()
                else accusing.choice_page(notice, form.title.data)
            )
        self.take(desk, form)
        desk.save()
        return redirect(url_for("intake.check"))

    def take(self, desk: Desk, form: FlaskForm) -> None:
        content, contact = desk.content, form.contact.data
        content.title, content.body, content.name = form.title.data, content.body or str(BODY), form.name.data
        content.email, content.phone = (contact, "") if "@" in contact else ("", contact)
        content.filer_type = content.filer_type or FilerType.ENTERPRISE
        content.neighbour = recognised(content.text)
        desk.suggest()
        if content.suggestion and not content.field:
            content.field = UNSURE if content.suggestion.triage else content.suggestion.field

    def page(self, desk: Desk, form: FlaskForm, *, away: bool = False) -> str:
        return render_template(
            "intake/letter.html", form=form, away=away, files=shown(desk), back_url=url_for("intake.start")
        )


def _missing() -> str:
    return _("Xin chọn ảnh chụp hoặc bản PDF của văn bản.")


blueprint.add_url_rule("/van-ban", view_func=LetterStep.as_view("letter"))

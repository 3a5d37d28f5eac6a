"""One screen of filing: load the draft, show the form, keep the answers, go on. Nothing typed is lost."""

from typing import Any, ClassVar

from flask import redirect, render_template, request, url_for
from flask.views import View
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from feedback_app.core.db import STORE_IS_AWAY
from feedback_app.core.limits import limiter
from feedback_app.intake.content import Content
from feedback_app.web import errors
from feedback_app.web.forms import FlaskForm
from feedback_app.web.intake import desk as desks
from feedback_app.web.intake.desk import Desk

TITLES: dict[str, Any] = {
    "kind": _l("Loại nội dung"),
    "story": _l("Nội dung"),
    "place": _l("Lĩnh vực, hồ sơ liên quan"),
    "files": _l("Tài liệu"),
    "who": _l("Người gửi"),
    "check": _l("Kiểm tra và gửi"),
}
STEPS = tuple(TITLES)
Page = str | Response | tuple[str, int]


class Step(View):
    """A step: subclasses say which form, how it is filled from the draft and what is taken from it."""

    methods: ClassVar[list[str]] = ["GET", "POST"]
    decorators: ClassVar[list[Any]] = [limiter.limit("400 per hour", methods=["POST"])]
    name: ClassVar[str]

    def dispatch_request(self) -> Page:
        desk = self.desk()
        if desk is None:
            return redirect(url_for("intake.start"))
        if desk.away and request.method == "GET":  # an empty form would look as if all were lost
            return errors.page(503, _("Phiếu đang soạn vẫn được giữ; xin tải lại trang sau ít phút."))
        form = self.form(desk)
        if request.method == "GET":
            return self.page(desk, form)
        if desk.away:
            return self.page(desk, form, away=True), 503
        try:
            return self.accept(desk, form) if self.valid(desk, form) else (self.page(desk, form), 422)
        except STORE_IS_AWAY:
            return self.page(desk, form, away=True), 503

    def desk(self) -> Desk | None:
        """Return the draft this step works on; ``None`` sends the visitor to the start."""
        return desks.find()

    def form(self, desk: Desk) -> FlaskForm:
        raise NotImplementedError

    def valid(self, desk: Desk, form: FlaskForm) -> bool:  # noqa: ARG002 - for subclasses
        return bool(form.validate())

    def take(self, desk: Desk, form: FlaskForm) -> None:
        """Write the answers of the valid form into the draft's content."""
        raise NotImplementedError

    def accept(self, desk: Desk, form: FlaskForm) -> Page:
        self.take(desk, form)
        desk.save()
        return redirect(self.next())

    def next(self) -> str:
        """Return where to go from here: to the check page if the visitor came from it."""
        following = STEPS[STEPS.index(self.name) + 1]
        return url_for("intake.check" if from_check() else f"intake.{following}")

    def context(self, desk: Desk, form: FlaskForm) -> dict[str, Any]:  # noqa: ARG002 - for subclasses
        return {}

    def page(self, desk: Desk, form: FlaskForm, *, away: bool = False) -> str:
        return render_template(
            f"intake/{self.name}.html",
            form=form,
            content=desk.content,
            away=away,
            **heading(self.name),
            **self.context(desk, form),
        )


def heading(name: str) -> dict[str, Any]:
    """Return what the layout shows above a step: its number, its title, the way back."""
    place = STEPS.index(name)
    back = "check" if from_check() else STEPS[place - 1] if place else "start"
    return {
        "step": place + 1,
        "steps": len(STEPS),
        "step_title": TITLES[name],
        "back_url": url_for(f"intake.{back}"),
    }


def from_check() -> bool:
    """Say whether the visitor came to change one answer."""
    return request.args.get("ve") == "kiem-tra"


def unanswered(content: Content, *, sensitive: bool) -> str | None:
    """Return the first step that still needs an answer before the draft can be filed."""
    if not content.kind:
        return "kind"
    if not content.title or not (content.body or content.files):
        return "letter" if content.by_letter else "story"
    if content.accusing and not sensitive and content.accusation is None:
        return "story"
    if not content.field or (sensitive and not content.concerned_asked):
        return "place"
    return None if content.name and content.filer_type else "who"

"""Step 4: documents. Files that pass stay with the draft even when another one is refused."""

from typing import Any

from flask import redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import MultipleFileField

from feedback_app.core.limits import limiter
from feedback_app.intake.services import attaching
from feedback_app.web.forms import FlaskForm
from feedback_app.web.intake import blueprint
from feedback_app.web.intake import desk as desks
from feedback_app.web.intake.desk import Desk
from feedback_app.web.intake.labels import size
from feedback_app.web.intake.step import Page, Step


class FilesForm(FlaskForm):
    files = MultipleFileField(_l("Tài liệu kèm theo"))


class FilesStep(Step):
    name = "files"

    def form(self, desk: Desk) -> FilesForm:  # noqa: ARG002
        return FilesForm()

    def accept(self, desk: Desk, form: FlaskForm) -> Page:
        errors = take_uploads(desk)
        desk.save()
        if not errors:
            return redirect(self.next())
        form.files.errors = errors
        return self.page(desk, form), 422

    def context(self, desk: Desk, form: FlaskForm) -> dict[str, Any]:  # noqa: ARG002
        return {"files": shown(desk), "most": attaching.MOST_FILES}


def take_uploads(desk: Desk) -> list[str]:
    """Add the uploads of this request to the draft; return a sentence for each one that was refused."""
    uploads = [(file.filename or "", file.stream) for file in request.files.getlist("files") if file.filename]
    room = attaching.MOST_FILES - len(desk.content.files)
    taken, turned = attaching.take(desk.secret, uploads[:room])
    desk.content.files += taken
    full = _("đã đủ %(most)s tệp", most=attaching.MOST_FILES)
    turned += [attaching.Turned(name, full) for name, _stream in uploads[room:]]
    return [_("“%(name)s” không nhận được: %(reason)s.", name=t.name, reason=t.reason) for t in turned]


def shown(desk: Desk) -> list[dict[str, Any]]:
    """Return the waiting files as the list shows them."""
    return [{"key": f.key, "name": f.name, "size": size(f.size), "state": "ok", "href": None, "note": note(f.cleaned)}
            for f in desk.content.files]  # fmt: skip


def note(cleaned: str) -> str | None:
    return _("đã bỏ %(what)s", what=cleaned) if cleaned else None


@blueprint.post("/tai-lieu/bo/<key>")
@limiter.limit("200 per hour")
def remove_file(key: str) -> Response:
    """Take one waiting file out of the draft."""
    desk = desks.find()
    if desk is None:
        return redirect(url_for("intake.start"))
    desk.content.files = [file for file in desk.content.files if file.key != key]
    desk.save()
    attaching.drop(desk.secret, key)
    return redirect(url_for("intake.letter" if request.args.get("ve") == "van-ban" else "intake.files"))


blueprint.add_url_rule("/tai-lieu", view_func=FilesStep.as_view("files"))

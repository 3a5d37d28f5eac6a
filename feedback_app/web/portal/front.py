"""The front page."""

from flask import redirect, render_template, request
from werkzeug.wrappers import Response

from feedback_app.core import i18n
from feedback_app.web.portal import blueprint
from feedback_app.web.portal.figures import last_month
from feedback_app.web.safe import local_target


@blueprint.get("/")
def index() -> str:
    return render_template("portal/index.html", last_month=last_month())


@blueprint.get("/ngon-ngu/<lang>")
def set_language(lang: str) -> Response:
    i18n.choose(lang)
    return redirect(local_target(request.args.get("next")))

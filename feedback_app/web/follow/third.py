"""The third question: its answer comes with a one-time token and nothing that leads to a ticket or to a person.

The token cannot be guessed, so the form needs no CSRF token, which would tie it to the visit; without an address
of origin (``Referrer-Policy: no-referrer``) the check for one would fail anyway.
"""

from flask import redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from feedback_app.core import clock
from feedback_app.core.db import unit_of_work
from feedback_app.core.limits import limiter
from feedback_app.surveys import services
from feedback_app.surveys.rules import QUESTIONS, counted
from feedback_app.web.follow import blueprint


@blueprint.post("/y-kien-rieng")
@limiter.limit("10 per minute")
def third() -> str | Response | tuple[str, int]:
    given = counted({question: request.form.get(question, "") for question in QUESTIONS})
    token = request.form.get("token", "")[:100]
    if not given:
        error = _("Vui lòng chọn ít nhất một câu trả lời, hoặc rời trang này.")
        return render_template("follow/third.html", token=token, error=error, code=None, thanks=None)
    try:
        with unit_of_work() as session:
            services.answer(session, token, given, on=clock.today())
    except services.TokenSpent:
        return render_template("follow/spent.html"), 410
    return redirect(url_for("follow.thanks"))


@blueprint.get("/y-kien-rieng/cam-on")
def thanks() -> str:
    return render_template("follow/thanks.html")


@blueprint.record_once
def _exempt(state: BlueprintSetupState) -> None:
    state.app.extensions["csrf"].exempt(f"{third.__module__}.{third.__name__}")

"""Seven questions on one page for whoever bears an invitation; nothing here knows or keeps who that is.

The token cannot be guessed, so the form needs no CSRF token, which would tie it to the visit; the language travels in
the address, so that the page sets no cookie, and it is sent without a referrer.
"""

from flask import Response, make_response, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask_babel import force_locale
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from feedback_app.catalogue.packs.pulses import UNSAID, PulsesPack
from feedback_app.core import clock
from feedback_app.core.db import db, unit_of_work
from feedback_app.core.i18n import LANGUAGES
from feedback_app.core.limits import limiter
from feedback_app.pulses.services import answering
from feedback_app.surveys.services import TokenSpent
from feedback_app.web.pulses import blueprint

LONGEST = 100  # of what is sent as a token


@blueprint.get("/tra-loi/<token>")
def questions(token: str) -> Response:
    with force_locale(_language()):
        try:
            pack = answering.questions_for(db.session(), token, clock.today())
        except TokenSpent as spent:
            return _spent(spent)
        return _page(pack, token)


@blueprint.post("/tra-loi")
@limiter.limit("10 per minute")
def answer() -> Response | Answer:
    token = request.form.get("token", "")[:LONGEST]
    with force_locale(_language()):
        try:
            pack = answering.questions_for(db.session(), token, clock.today())
            given = {question.code: request.form.get(question.code, "") for question in pack.questions}
            if not any(given.values()):
                return _page(pack, token, error=_("Xin chọn ít nhất một câu trả lời, hoặc rời trang này."))
            with unit_of_work() as session:
                answering.answer(session, token, given, on=clock.today())
        except TokenSpent as spent:
            return _spent(spent)
    return redirect(url_for("pulses.thanks", ngon_ngu=_language()))


@blueprint.get("/cam-on")
def thanks() -> Response:
    with force_locale(_language()):
        return _private(render_template("pulses/thanks.html"))


def _page(pack: PulsesPack, token: str, error: str = "") -> Response:
    page = render_template("pulses/questions.html", pack=pack, token=token, error=error, unsaid=UNSAID)
    return _private(page, 400 if error else 200)


def _spent(spent: TokenSpent) -> Response:
    return _private(render_template("pulses/spent.html", message=str(spent)), spent.status)


def _private(page: str, status: int = 200) -> Response:
    response = make_response(page, status)
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _language() -> str:
    asked = request.values.get("ngon_ngu", "")
    return asked if asked in LANGUAGES else LANGUAGES[0]


@blueprint.record_once
def _exempt(state: BlueprintSetupState) -> None:
    state.app.extensions["csrf"].exempt(f"{answer.__module__}.{answer.__name__}")

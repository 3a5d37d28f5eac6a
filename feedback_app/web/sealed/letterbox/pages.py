"""The pages around a report: what this is, what is protected and what is not, leaving."""

from flask import Response, make_response, redirect, render_template
from flask.typing import ResponseReturnValue

from feedback_app.confidential import questions
from feedback_app.web.sealed import headers
from feedback_app.web.sealed.letterbox import blueprint
from feedback_app.web.sealed.letterbox.asking import said
from feedback_app.web.sealed.letterbox.draft import language

NEUTRAL = "/"  # where the quick exit leads: the front page of the site, which everybody visits


@blueprint.app_template_global("said")
def _said(code: str) -> object:
    return said(code)


@blueprint.app_template_filter("here")
def _here(text: object) -> str:
    """Return a text of the pack in the page's language."""
    in_language = getattr(text, "in_language", None)
    return in_language(language()) if in_language else ""


@blueprint.get("/")
def index() -> ResponseReturnValue:
    return render_template("sealed/letterbox/index.html", bodies=questions.shipped().bodies)


@blueprint.get("/bao-ve")
def candid() -> ResponseReturnValue:
    return render_template("sealed/letterbox/candid.html")


@blueprint.get("/roi-di")
def left() -> ResponseReturnValue:
    return _leaving(make_response(render_template("sealed/letterbox/left.html")))


@blueprint.get("/thoat")
def quick_exit() -> ResponseReturnValue:
    return _leaving(make_response(redirect(NEUTRAL, 303)))


def _leaving(response: Response) -> Response:
    headers.leave(response)
    return response

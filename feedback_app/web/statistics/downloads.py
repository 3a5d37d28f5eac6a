"""The addresses at which open data stood before: they lead to where it stands now."""

from flask import redirect, url_for
from werkzeug.wrappers import Response

from feedback_app.core.errors import NotFound
from feedback_app.web.statistics import blueprint
from feedback_app.web.statistics.month import asked_for

MOVED = 301


@blueprint.get("/thang.csv")
def as_csv() -> Response:
    return _moved("csv")


@blueprint.get("/thang.json")
def as_json() -> Response:
    return _moved("json")


def _moved(ending: str) -> Response:
    period, wrong = asked_for()
    if wrong:
        raise NotFound(period.code)
    return redirect(url_for("opendata.file", code=period.code, ending=ending), MOVED)

"""The list of what there is, the files, their sums, the dictionary."""

from datetime import datetime

from flask import Response, jsonify, make_response, render_template, request
from flask_babel import gettext as _

from feedback_app.core import i18n
from feedback_app.core.db import db
from feedback_app.core.errors import NotFound
from feedback_app.opendata import queries
from feedback_app.opendata.models import PublicFile
from feedback_app.opendata.packing import LICENCE
from feedback_app.web.opendata import blueprint
from feedback_app.web.opendata.dictionary import dictionary
from feedback_app.web.statistics.month import published_periods

TYPES = {"csv": "text/csv", "json": "application/json"}
KEPT = "public, max-age=300, must-revalidate"


@blueprint.get("/")
def index() -> str:
    files = queries.files(db.session())
    return render_template(
        "opendata/index.html",
        periods=[(period, files[period.code]) for period in published_periods()],
        dictionary=dictionary(),
        licence=LICENCE[i18n.language()],
    )


@blueprint.get("/<code>.<any(csv,json):ending>")
def file(code: str, ending: str) -> Response:
    """Return a file as it was written when its period was published; 304 to whoever has it already."""
    found = queries.file(db.session(), f"{code}.{ending}")
    if found is None:
        raise NotFound(_("Không có dữ liệu của kỳ này. Xin xem danh sách các kỳ tại trang Dữ liệu mở."))
    answer = Response(found.content, content_type=f"{TYPES[ending]}; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="so-lieu-{found.name}"'
    return kept(answer, found.sha256, found.at)


@blueprint.get("/SHA256SUMS")
def sums() -> Response:
    """Return the sums of all files in the form that ``sha256sum -c`` reads."""
    rows = [row for files in queries.files(db.session()).values() for row in files]
    text = "".join(f"{row.sha256}  so-lieu-{row.name}\n" for row in sorted(rows, key=_name))
    return Response(text, content_type="text/plain; charset=utf-8")


@blueprint.get("/tu-dien.json")
def words() -> Response:
    answer = jsonify(dictionary())
    answer.add_etag()
    answer.headers["Cache-Control"] = KEPT
    return make_response(answer.make_conditional(request))


def kept(answer: Response, etag: str, at: datetime) -> Response:
    """Return the answer with its sum and date, empty to whoever has the same already."""
    answer.set_etag(etag)
    answer.last_modified = at
    answer.headers["Cache-Control"] = KEPT
    return make_response(answer.make_conditional(request))


def _name(row: PublicFile) -> str:
    return row.name

"""Search among published answers, and the page of one of them."""

from datetime import datetime

from flask import render_template, request, url_for

from feedback_app.core.clock import LOCAL
from feedback_app.core.db import db
from feedback_app.library import queries
from feedback_app.library.models import LibraryAnswer
from feedback_app.library.queries import Place
from feedback_app.web.catalogue import loaded
from feedback_app.web.library import blueprint
from feedback_app.web.presenting.library import answer_view, answer_views
from feedback_app.web.presenting.names import local

SIZE = 20
LONGEST = 200
GONE = 410


@blueprint.get("/")
def index() -> str:
    asked = request.args.get("q", "").strip()[:LONGEST]
    fields = {field.code: local(field.name) for field in loaded().catalogue.fields.fields}
    field = request.args.get("linh_vuc", "")
    field = field if field in fields else ""
    rows = _found(asked, field)
    shown = rows[:SIZE] if not asked else rows
    return render_template(
        "library/index.html",
        asked=asked,
        field=field,
        fields=fields,
        answers=answer_views(shown, loaded()),
        older=_older(shown, asked, field) if len(rows) > SIZE and not asked else None,
    )


@blueprint.get("/<code>")
def answer(code: str) -> str | tuple[str, int]:
    """Show an answer; of one that was taken out only that it was, and why."""
    row = queries.by_code(db.session(), code)
    view = answer_view(row, loaded())
    documents = [citation.document for citation in row.citations]
    page = render_template("library/answer.html", answer=view, documents=documents)
    return page if view.is_published else (page, GONE)


def _found(asked: str, field: str) -> list[LibraryAnswer]:
    if asked:
        return queries.search(db.session(), asked, field)
    return queries.published(db.session(), field=field, after=_place(), size=SIZE + 1)


def _place() -> Place | None:
    """Return where the page begins; the beginning for anything that is no place."""
    at, _, number = request.args.get("sau", "").partition("_")
    try:
        return Place(datetime.fromisoformat(at).astimezone(LOCAL), int(number[:18]))
    except (ValueError, OverflowError):
        return None


def _older(shown: list[LibraryAnswer], asked: str, field: str) -> str:
    last = shown[-1]
    at = last.published_at.isoformat() if last.published_at else ""
    return url_for("library.index", q=asked or None, linh_vuc=field or None, sau=f"{at}_{last.id}")

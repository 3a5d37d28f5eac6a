"""One report: how far it is, then what it says, and its files."""

from collections.abc import Iterator

from flask import Response, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from feedback_app.core import clock, files
from feedback_app.core.db import db, unit_of_work
from feedback_app.reports import queries
from feedback_app.reports.content import Content
from feedback_app.reports.services import asking
from feedback_app.reports.services.making import MEDIA_TYPES
from feedback_app.reports.states import State
from feedback_app.web import charts
from feedback_app.web.identity import actor
from feedback_app.web.reports import blueprint
from feedback_app.web.reports.views import files_of, steps_of, view_of

LOOK_AGAIN = 5  # seconds after which a page of an unfinished report loads itself anew


@blueprint.get("/<public_id>")
def report(public_id: str) -> Response:
    row = queries.one(db.session(), actor(), public_id)
    view = view_of(row)
    content = Content.of(row.content) if row.state == State.DONE else None
    page = render_template(
        "reports/report.html",
        report=view,
        steps=steps_of(row),
        files=files_of(row),
        content=content,
        drawn=list(_drawn(content)) if content else [],
        error=row.error,
        look_again=LOOK_AGAIN,
    )
    response = make_response(page)
    if view.under_way:
        response.headers["Refresh"] = str(LOOK_AGAIN)
    return response


def _drawn(content: Content) -> Iterator[tuple[str, str, tuple[charts.Bar, ...], bool]]:
    """Yield caption, description and bars of each series; those of what is late are drawn as such."""
    for chart in content.charts:
        for place, series in enumerate(chart.series):
            rows = [(label, values[place]) for label, values in chart.rows]
            longest = max((values[0] for _label, values in chart.rows), default=0)
            yield f"{chart.title}: {series}", chart.description, charts.bars(rows, longest), place > 0


@blueprint.get("/<public_id>/<any(docx, pdf, xlsx):format_>")
def file(public_id: str, format_: str) -> Response:
    """Return a file of a report, whole; of a report that the reader may not read it does not exist."""
    found = queries.file(db.session(), actor(), public_id, format_)
    return files.download(found.storage_key, found.name, MEDIA_TYPES[format_])


@blueprint.post("/<public_id>/lap-lai")
def again(public_id: str) -> AnyResponse:
    with unit_of_work() as session:
        asking.again(session, queries.one(session, actor(), public_id), by=actor(), at=clock.now())
    return redirect(url_for("reports.report", public_id=public_id))

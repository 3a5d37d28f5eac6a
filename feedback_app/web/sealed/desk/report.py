"""One report: opening it, looking at it, taking a file out of it."""

from urllib.parse import quote

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from feedback_app.confidential import store
from feedback_app.confidential.errors import NotFound
from feedback_app.confidential.services import opening
from feedback_app.core.text import fold
from feedback_app.web.sealed.desk import forms
from feedback_app.web.sealed.desk.acts import DONE, menu
from feedback_app.web.sealed.desk.room import Page, desk, here, today
from feedback_app.web.sealed.desk.seen import seen
from feedback_app.web.sealed.desk.standing import standing


@desk.post("/bao-cao/<report_id>/mo")
def open_report(report_id: str) -> Response:
    """Open it: an act, written in the log, so never a link."""
    with store.unit_of_work() as session:
        opening.open_report(session, here(), report_id, on=today())
    return redirect(url_for("desk.report", report_id=report_id))


@desk.get("/bao-cao/<report_id>")
def report(report_id: str) -> Page:
    at = standing(here(), report_id)
    return render_template(
        "sealed/desk/report.html",
        view=seen(at),
        acts=menu(at),
        talk=forms.TextForm(),
        done=DONE.get(request.args.get("done", "")),
    )


@desk.get("/bao-cao/<report_id>/tep/<int:index>")
def file(report_id: str, index: int) -> Response:
    """Give a file out decrypted, to be saved: never shown inside the page, whatever its type says."""
    files = standing(here(), report_id).opened.shared.all_files()
    if index >= len(files):
        raise NotFound
    content = opening.file_content(store.session(), here(), report_id, index)
    return download(content, files[index].name)


def download(content: object, name: str, media_type: str = "application/octet-stream") -> Response:
    """Return the content as a file to save; the browser is told not to look into it."""
    response = Response(content, mimetype=media_type)  # type: ignore[arg-type]
    plain = "".join(c if c.isascii() and (c.isalnum() or c in ".-_") else "_" for c in fold(name))
    response.headers["Content-Disposition"] = f"attachment; filename={plain}; filename*=UTF-8''{quote(name)}"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response

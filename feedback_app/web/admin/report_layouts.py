"""The layout of reports: taken as a file, changed in Word, sent in, looked at, put in force, or given up."""

import tempfile
from pathlib import Path
from typing import Any

from flask import Response, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from werkzeug.wrappers import Response as AnyResponse

from feedback_app.core import clock, files
from feedback_app.core.db import db, unit_of_work
from feedback_app.core.files import Refused
from feedback_app.reports import queries
from feedback_app.reports.drawing import as_docx, as_pdf
from feedback_app.reports.drawing.examining import MOST_BYTES, examined
from feedback_app.reports.drawing.places import BLOCKS, HEAD, Fault
from feedback_app.reports.figures import names
from feedback_app.reports.sample import MOMENT, sample
from feedback_app.reports.services import layouts
from feedback_app.web.admin import blueprint
from feedback_app.web.forms import FlaskForm
from feedback_app.web.identity import actor
from feedback_app.web.tables import download

WRITERS = {"docx": (as_docx.write, as_docx.MEDIA_TYPE), "pdf": (as_pdf.write, "application/pdf")}
WAITING = "layouts"


class LayoutForm(FlaskForm):
    file = FileField(_l("Tệp Word của mẫu mới (.docx)"))


@blueprint.get("/mau-bao-cao")
def report_layouts() -> str:
    return _page(LayoutForm(formdata=None), ())


@blueprint.post("/mau-bao-cao")
def send_layout() -> str | AnyResponse:
    form = LayoutForm()
    faults: list[Fault] = []
    if form.validate_on_submit():
        try:
            version, faults = _taken(form)
        except Refused as refused:
            form.file.errors = [refused.reason]
        else:
            if version:
                flash(
                    _(
                        "Đã nhận mẫu, phiên bản %(version)s. Hãy xem thử rồi đưa vào sử dụng.",
                        version=version,
                    ),
                    "success",
                )
                return redirect(url_for("admin.report_layouts"))
    return _page(form, faults)


@blueprint.post("/mau-bao-cao/<int:version>/dung")
def use_layout(version: int) -> AnyResponse:
    with unit_of_work() as session:
        layouts.put_in_force(session, version, by=actor(), at=clock.now())
    flash(_("Báo cáo lập từ nay theo mẫu phiên bản %(version)s.", version=version), "success")
    return redirect(url_for("admin.report_layouts"))


@blueprint.post("/mau-bao-cao/mau-goc")
def use_shipped_layout() -> AnyResponse:
    with unit_of_work() as session:
        layouts.back_to_shipped(session, by=actor(), at=clock.now())
    flash(_("Báo cáo lập từ nay theo mẫu gốc của hệ thống."), "success")
    return redirect(url_for("admin.report_layouts"))


@blueprint.get("/mau-bao-cao/<int:version>.docx")
def layout_file(version: int) -> Response:
    """Return the layout itself, to be changed in Word; version 0 is the shipped one."""
    return download(queries.layout(db.session(), version), as_docx.MEDIA_TYPE, f"mau-bao-cao-{version}.docx")


@blueprint.get("/mau-bao-cao/<int:version>/xem-thu.<any(docx, pdf):format_>")
def try_layout(version: int, format_: str) -> Response:
    """Return a report with made-up figures in that layout."""
    write, media_type = WRITERS[format_]
    content, rows = sample()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "xem-thu"
        write(path, queries.layout(db.session(), version), content, rows, MOMENT)
        return download(path.read_bytes(), media_type, f"xem-thu-mau-{version}.{format_}")


def _taken(form: LayoutForm) -> tuple[int, list[Fault]]:
    """Examine the file and keep it if nothing is wrong; nothing else of it stays. Raises Refused."""
    upload: Any = form.file.data
    if not upload:
        raise Refused(_("chưa chọn tệp"))
    folder = files.quarantine(WAITING)
    taken = files.take_in(upload.stream, upload.filename or "", folder, scanner=files.scanner())
    path = folder / taken.key
    try:
        faults = examined(path)
        if faults:
            return 0, faults
        with unit_of_work() as session:
            row = layouts.send_in(session, path.read_bytes(), taken.name, by=actor(), at=clock.now())
            return row.version, []
    finally:
        path.unlink(missing_ok=True)


def _page(form: LayoutForm, faults: Any) -> str:
    return render_template(
        "admin/report_layouts.html",
        form=form,
        faults=faults,
        versions=[row for row in queries.layouts(db.session()) if row.content is not None],
        in_force=queries.layout_in_force(db.session())[0],
        head=sorted(HEAD),
        figures=sorted(names()),
        blocks=sorted(BLOCKS),
        most_mb=MOST_BYTES // 1024 // 1024,
    )

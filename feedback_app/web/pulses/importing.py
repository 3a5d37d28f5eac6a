"""Finished procedures from a table: check, look, take over whole."""

from collections.abc import Iterator

from flask import Response, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response as Answer

from feedback_app.core import clock
from feedback_app.core.db import db, unit_of_work
from feedback_app.core.files import Refused
from feedback_app.intake import sheets
from feedback_app.intake.services.importing import digest
from feedback_app.pulses.columns import COLUMNS, LANGUAGES
from feedback_app.pulses.register import MOST_ROWS, Checked, check
from feedback_app.pulses.services import importing
from feedback_app.web.catalogue import loaded
from feedback_app.web.forms import FlaskForm
from feedback_app.web.identity import actor
from feedback_app.web.presenting import field_name
from feedback_app.web.pulses import register
from feedback_app.web.tables import MOST_FAULTS, MOST_MEGABYTES, examined, headings_csv, workbook

MOST_LINES = 200  # of the preview; the numbers are of all
HEADINGS = [column.heading for column in COLUMNS]


class ImportForm(FlaskForm):
    table = FileField(_l("Tệp Excel hoặc CSV"))


@register.route("/nhap", methods=["GET", "POST"])
def imports() -> str | Answer:
    form, checked = ImportForm(), None
    if form.validate_on_submit():
        try:
            sha256, checked = _look(form.table.data)
        except Refused as refusal:
            form.table.errors = [_("Không nhận tệp: %(reason)s.", reason=refusal.reason)]
        else:
            if not checked.table.faults:
                batch_id = _kept(checked, sha256, form.table.data)
                return redirect(url_for("pulse_register.import_batch", batch_id=batch_id))
    faults = checked.table.faults if checked is not None else []
    return render_template(
        "pulses/imports.html",
        form=form,
        faults=sorted(faults, key=lambda fault: fault.row)[:MOST_FAULTS],
        number=len(faults),
        columns=COLUMNS,
        most_rows=MOST_ROWS,
        most_mb=MOST_MEGABYTES,
        batches=importing.latest(db.session()),
    )


@register.get("/nhap/<int:batch_id>")
def import_batch(batch_id: int) -> str:
    batch = importing.waiting(db.session(), batch_id, actor())
    lines = importing.lines_of(batch)
    known = importing.known(db.session(), lines) if lines else set()
    return render_template(
        "pulses/import_batch.html",
        batch=batch,
        number=len(lines) - len(known),
        known=len(known),
        lines=[(line, field_name(loaded(), line.field), line.row in known) for line in lines[:MOST_LINES]],
        more=max(0, len(lines) - MOST_LINES),
    )


@register.post("/nhap/<int:batch_id>")
def take_over(batch_id: int) -> Answer:
    with unit_of_work() as session:
        batch = importing.waiting(session, batch_id, actor())
        importing.take_over(session, batch, by=actor(), at=clock.now())
    flash(
        _("Đã nhập %(added)s thủ tục; %(known)s đã có từ trước.", added=batch.added, known=batch.known),
        "success",
    )
    return redirect(url_for("pulse_register.import_batch", batch_id=batch_id))


@register.get("/nhap/mau.xlsx")
def import_template() -> Response:
    """Return an empty table with the headings, and a second sheet that explains what goes where."""
    return workbook("mau-thu-tuc-da-xong.xlsx", [(_("Danh sách"), [HEADINGS]), (_("Hướng dẫn"), _guide())])


@register.get("/nhap/mau.csv")
def import_template_csv() -> Response:
    return headings_csv("mau-thu-tuc-da-xong.csv", HEADINGS)


def _look(upload: FileStorage | None) -> tuple[str, Checked]:
    """Examine, read and check the upload; return its digest and what it says.

    Raises:
        Refused: no file, not one that is taken in, or one that was taken over before.
    """
    with examined(upload) as (path, media_type):
        sha256 = digest(path)
        before = importing.taken_over(db.session(), sha256)
        if before is not None and before.done_at is not None:
            day = clock.local_date(before.done_at).strftime("%d/%m/%Y")
            raise Refused(_("đã có, tệp này được nhập ngày %(day)s", day=day))
        rows = sheets.read(path, media_type, MOST_ROWS)
    return sha256, check(rows, loaded().catalogue, today=clock.today())


def _kept(checked: Checked, sha256: str, upload: FileStorage) -> int:
    name = (upload.filename or "")[-200:]
    with unit_of_work() as session:
        batch = importing.keep(session, checked.lines, sha256=sha256, name=name, by=actor(), at=clock.now())
    return batch.id


def _guide() -> Iterator[list[str]]:
    yield [_("Cột"), _("Bắt buộc"), _("Cách ghi")]
    for column in COLUMNS:
        yield [column.heading, _("có") if column.required else _("không"), str(column.meaning)]
    catalogue = loaded().catalogue
    lists = {
        "field": [field.name.vi for field in catalogue.fields.fields],
        "size": [size.name.vi for size in catalogue.pulses.sizes],
        "locale": [name for _code, name in LANGUAGES],
    }
    headings = {column.name: column.heading for column in COLUMNS}
    for name, values in lists.items():
        yield []
        yield [_("Các giá trị của cột %(heading)s", heading=headings[name])]
        yield from ([value] for value in values)

"""Proposals from a table of an association, Excel or Word: check, look, take over whole."""

from typing import Any

from flask import Response, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response as Answer

from feedback_app.core import clock
from feedback_app.core.db import db, unit_of_work
from feedback_app.core.errors import Conflict
from feedback_app.core.files import Refused
from feedback_app.dialogues import queries
from feedback_app.dialogues.models import Meeting
from feedback_app.dialogues.rules import Act
from feedback_app.dialogues.services import importing
from feedback_app.intake import sheets
from feedback_app.intake.importing.checking import Item
from feedback_app.intake.importing.columns import COLUMNS
from feedback_app.intake.models import ImportBatch
from feedback_app.intake.services import importing as tables
from feedback_app.intake.sheets import MOST_ROWS
from feedback_app.intake.sheets.cells import Fault
from feedback_app.intake.sheets.docx import MEDIA_TYPE as DOCX
from feedback_app.papers import blank_table
from feedback_app.web.catalogue import loaded
from feedback_app.web.forms import FlaskForm
from feedback_app.web.identity import actor
from feedback_app.web.meetings import blueprint
from feedback_app.web.meetings.sharing import meeting_for
from feedback_app.web.presenting import field_name, kind_name
from feedback_app.web.presenting.dialogues import meeting_view
from feedback_app.web.tables import MOST_FAULTS, MOST_MEGABYTES, download, examined

IN_WORD = (
    "code",
    "received_on",
    "title",
    "body",
    "name",
    "identifier",
    "phone",
)  # what fits a sheet of paper


class TableForm(FlaskForm):
    table = FileField(_l("Tệp Excel, Word hoặc CSV"))


@blueprint.route("/<code>/nhap", methods=["GET", "POST"])
def imports(code: str) -> str | Answer:
    row = meeting_for(code, Act.IMPORT)
    form, faults = TableForm(), list[Fault]()
    if form.validate_on_submit():
        try:
            sha256, items, faults = _look(form.table.data, row)
        except Refused as refusal:
            form.table.errors = [_("Không nhận tệp: %(reason)s.", reason=refusal.reason)]
        else:
            if not faults:
                return redirect(
                    url_for("meetings.batch", code=code, batch_id=_kept(row, items, sha256, form))
                )
    return render_template(
        "meetings/imports.html",
        meeting=meeting_view(loaded(), row),
        form=form,
        faults=faults[:MOST_FAULTS],
        number=len(faults),
        columns=COLUMNS,
        most_rows=MOST_ROWS,
        most_mb=MOST_MEGABYTES,
    )


@blueprint.get("/<code>/nhap/<int:batch_id>")
def batch(code: str, batch_id: int) -> str:
    session = db.session()
    row = meeting_for(code, Act.IMPORT)
    found = importing.waiting(session, row, batch_id, actor())
    waits = found.done_at is None
    known = tables.known(session, found, actor()) if waits else []
    alike = importing.recognised(session, found, actor()) if waits else []
    return render_template(
        "meetings/batch.html",
        meeting=meeting_view(loaded(), row),
        batch=found,
        items=tables.items_of(found) if waits else [],
        known={entry.item.row: entry.ticket for entry in known},
        alike={entry.row: entry for entry in alike},
        kind_name=lambda kind: kind_name(loaded(), kind),
        field_name=lambda field: field_name(loaded(), field),
    )


@blueprint.post("/<code>/nhap/<int:batch_id>")
def take_over(code: str, batch_id: int) -> Answer:
    joined = {int(text) for text in request.form.getlist("join") if text.isascii() and text.isdigit()}
    given: dict[str, Any] = {"joined": joined, "by": actor(), "at": clock.now()}
    prefix = current_app.extensions["settings"].code_prefix
    try:
        with unit_of_work() as session:
            row = queries.meeting(session, actor(), code)
            found: ImportBatch = importing.waiting(session, row, batch_id, actor())
            told = importing.take_over(session, row, found, loaded(), prefix=prefix, **given)
    except Conflict as error:
        raise Conflict(error.message or _("Người khác vừa nhập tệp này.")) from None
    flash(
        _(
            "Đã nhập %(filed)s phiếu mới; %(joined)s dòng đã có phiếu; %(late)s dòng nhận sau hạn thành phiếu thường.",
            filed=told.filed,
            joined=told.joined,
            late=told.late,
        ),
        "success",
    )
    return redirect(url_for("meetings.proposals_", code=code))


@blueprint.get("/mau-kien-nghi.docx")
def word_template() -> Response:
    """Return a Word file with the table that associations fill in."""
    headings = [column.heading for column in COLUMNS if column.name in IN_WORD]
    above = _("Tổng hợp kiến nghị gửi hội nghị đối thoại. Mỗi dòng một kiến nghị; không gộp ô.")
    return download(blank_table.docx(above, headings, rows=8), DOCX, "mau-kien-nghi.docx")


def _look(upload: FileStorage | None, meeting: Meeting) -> tuple[str, list[Item], list[Fault]]:
    """Examine, read and check the upload; nothing of the file itself is kept.

    Raises:
        Refused: no file, not one that is taken in, or one that was taken over before.
    """
    with examined(upload) as (path, media_type):
        sha256 = tables.digest(path)
        before = tables.taken_over(db.session(), sha256)
        if before is not None and before.done_at is not None:
            day = clock.local_date(before.done_at).strftime("%d/%m/%Y")
            raise Refused(_("đã có, tệp này được nhập ngày %(day)s với %(n)s phiếu", day=day, n=before.filed))
        rows = sheets.read(path, media_type, word=True)
    items, faults = importing.look(rows, loaded(), meeting, today=clock.today())
    return sha256, items, faults


def _kept(meeting: Meeting, items: list[Item], sha256: str, form: TableForm) -> int:
    name = (form.table.data.filename or "")[-200:]
    with unit_of_work() as session:
        row = queries.meeting(session, actor(), meeting.code)
        kept = importing.keep(session, row, items, sha256=sha256, name=name, by=actor(), at=clock.now())
    return kept.id

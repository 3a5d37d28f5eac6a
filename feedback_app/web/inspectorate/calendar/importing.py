"""Plans and results of agencies from a table: check, look, take over whole."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Response, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response as Answer

from feedback_app.core import clock
from feedback_app.core.db import db, unit_of_work
from feedback_app.core.errors import Conflict
from feedback_app.core.files import Refused
from feedback_app.inspections.entries import BRANCH_OF
from feedback_app.inspections.importing.checking import Checked
from feedback_app.inspections.importing.columns import (
    COLUMNS,
    FORM_WORDS,
    MOST_ROWS,
    PLANNED_WORDS,
    STATE_WORDS,
)
from feedback_app.inspections.models import InspectionBatch
from feedback_app.inspections.services import importing
from feedback_app.inspections.services.importing import Collision, Line, Standing
from feedback_app.intake import sheets
from feedback_app.intake.rules import PERSONAL_DIGITS, has_check_digit
from feedback_app.intake.services.importing import digest
from feedback_app.web.catalogue import loaded
from feedback_app.web.forms import FlaskForm
from feedback_app.web.identity import actor
from feedback_app.web.inspectorate.calendar import blueprint
from feedback_app.web.inspectorate.calendar.shown import VisitView, entry_view, finding_view
from feedback_app.web.tables import MOST_FAULTS, MOST_MEGABYTES, examined, headings_csv, workbook

MOST_LINES = 200  # of the preview; the numbers are of all
MOST_COLLISIONS = 50
HEADINGS = {column.name: column.heading for column in COLUMNS}


class ImportForm(FlaskForm):
    table = FileField(_l("Tệp Excel hoặc CSV"))


@dataclass(frozen=True, slots=True)
class LineView:
    """One line of the preview: the visit, how it stands to the calendar, what may be mistyped in it."""

    row: int
    visit: VisitView
    standing: Standing
    changes: str
    hints: list[str]


@blueprint.route("/nhap", methods=["GET", "POST"])
def imports() -> str | Answer:
    form, checked = ImportForm(), None
    if form.validate_on_submit():
        try:
            sha256, checked = _look(form.table.data)
        except Refused as refusal:
            form.table.errors = [_("Không nhận tệp: %(reason)s.", reason=refusal.reason)]
        else:
            if not checked.table.faults:
                return redirect(
                    url_for("inspections.import_batch", batch_id=_kept(checked, sha256, form.table.data))
                )
    faults = checked.table.faults if checked is not None else []
    return render_template(
        "inspectorate/calendar/imports.html",
        form=form,
        faults=sorted(faults, key=lambda fault: fault.row)[:MOST_FAULTS],
        number=len(faults),
        columns=COLUMNS,
        most_rows=MOST_ROWS,
        most_mb=MOST_MEGABYTES,
        batches=importing.latest(db.session()),
    )


@blueprint.get("/nhap/<int:batch_id>")
def import_batch(batch_id: int) -> str:
    batch = importing.waiting(db.session(), batch_id, actor())
    return render_template("inspectorate/calendar/import_batch.html", batch=batch, **_preview(batch))


@blueprint.post("/nhap/<int:batch_id>")
def take_over(batch_id: int) -> Answer:
    try:
        with unit_of_work() as session:
            batch = importing.waiting(session, batch_id, actor())
            importing.take_over(session, batch, loaded(), by=actor(), at=clock.now())
    except Conflict as error:
        raise Conflict(
            error.message or _("Lịch đã thay đổi từ khi xem trước. Xin kiểm tra lại tệp.")
        ) from None
    flash(
        _(
            "Đã nhập: %(added)s cuộc mới, %(changed)s cuộc thay đổi.",
            added=batch.added,
            changed=batch.changed,
        ),
        "success",
    )
    return redirect(url_for("inspections.import_batch", batch_id=batch_id))


@blueprint.get("/nhap/mau.xlsx")
def import_template() -> Response:
    """Return an empty table with the headings, and a second sheet that explains what goes where."""
    return workbook(
        "mau-lich-thanh-tra.xlsx", [(_("Lịch"), [list(HEADINGS.values())]), (_("Hướng dẫn"), _guide())]
    )


@blueprint.get("/nhap/mau.csv")
def import_template_csv() -> Response:
    return headings_csv("mau-lich-thanh-tra.csv", list(HEADINGS.values()))


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
    return sha256, importing.look(db.session(), rows, loaded(), today=clock.today())


def _kept(checked: Checked, sha256: str, upload: FileStorage) -> int:
    given = {"sha256": sha256, "name": (upload.filename or "")[-200:]}
    with unit_of_work() as session:
        batch = importing.keep(session, checked.lines, loaded(), **given, by=actor(), at=clock.now())
    return batch.id


def _preview(batch: InspectionBatch) -> dict[str, Any]:
    if batch.done_at is not None:
        return {"lines": [], "numbers": {}, "clashes": [], "more_clashes": 0, "more_lines": 0}
    session = db.session()
    lines = importing.lines_of(session, batch, loaded())
    clashes = importing.collisions(session, lines, loaded(), by=actor())
    saying = [line for line in lines if line.standing is not Standing.SAME]
    return {
        "numbers": {
            standing.value: sum(line.standing is standing for line in lines) for standing in Standing
        },
        "lines": [_line_view(line) for line in saying[:MOST_LINES]],
        "more_lines": max(0, len(saying) - MOST_LINES),
        "clashes": [(clash, _finding_texts(clash)) for clash in clashes[:MOST_COLLISIONS]],
        "more_clashes": max(0, len(clashes) - MOST_COLLISIONS),
    }


def _line_view(line: Line) -> LineView:
    hints = []
    if len(line.entry.tax_code) != PERSONAL_DIGITS and not has_check_digit(line.entry.tax_code[:BRANCH_OF]):
        hints.append(_("mã số thuế có thể gõ nhầm: chữ số thứ mười không khớp"))
    if line.known_as:
        hints.append(_("lịch đang ghi mã số thuế này với tên “%(name)s”", name=line.known_as))
    changes = ", ".join(HEADINGS[name] for name in line.changes)
    return LineView(line.row, entry_view(line.entry), line.standing, changes, hints)


def _finding_texts(clash: Collision) -> list[tuple[str, str, list[str]]]:
    rule = loaded().catalogue.inspections.rule_of(clash.year)
    shown = [finding_view(finding, {}, clash.year, rule) for finding in clash.findings]
    return [(view.title, view.text, view.agencies) for view in shown]


def _guide() -> Iterator[list[str]]:
    yield [_("Cột"), _("Bắt buộc"), _("Cách ghi")]
    for column in COLUMNS:
        yield [column.heading, _("có") if column.required else _("không"), str(column.meaning)]
    pack = loaded().catalogue.inspections
    agencies = loaded().directory.active(clock.today())
    lists = {
        "form": list(FORM_WORDS.values()),
        "planned": list(PLANNED_WORDS.values()),
        "state": list(STATE_WORDS.values()),
        "contents": [content.name.vi for content in pack.contents],
        "exception": [exception.name.vi for exception in pack.exceptions],
        "agency": [agency.name.vi for agency in agencies],
    }
    for name, values in lists.items():
        yield []
        yield [_("Các giá trị của cột %(heading)s", heading=HEADINGS[name])]
        yield from ([value] for value in values)

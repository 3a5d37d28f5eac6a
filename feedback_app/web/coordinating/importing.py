"""Items of dialogues, of the hotline and of PAKN from a table: check, look, take over whole."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Response, current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response as Answer
from wtforms import RadioField

from feedback_app.core import clock
from feedback_app.core.db import db, unit_of_work
from feedback_app.core.errors import Conflict
from feedback_app.core.files import Refused
from feedback_app.intake import sheets
from feedback_app.intake.importing.checking import Item
from feedback_app.intake.importing.columns import CHANNELS, COLUMNS
from feedback_app.intake.labels import FILER_TYPES
from feedback_app.intake.services import importing
from feedback_app.intake.sheets import MOST_ROWS, Row
from feedback_app.intake.sheets.cells import Fault
from feedback_app.web.catalogue import loaded
from feedback_app.web.coordinating import blueprint
from feedback_app.web.forms import FlaskForm
from feedback_app.web.identity import actor
from feedback_app.web.presenting import area_name, field_name, kind_name, local
from feedback_app.web.tables import MOST_FAULTS, MOST_MEGABYTES, examined, headings_csv, workbook


class ImportForm(FlaskForm):
    channel = RadioField(_l("Các phiếu này đến từ"))
    table = FileField(_l("Tệp Excel hoặc CSV"))


@dataclass(frozen=True, slots=True)
class Looked:
    """A file that could be read: its digest, what it says, what is wrong."""

    sha256: str
    items: list[Item]
    faults: list[Fault]


@blueprint.route("/nhap", methods=["GET", "POST"])
def imports() -> str | Answer:
    form, faults = ImportForm(), list[Fault]()
    form.channel.choices = list(CHANNELS.items())
    if form.validate_on_submit():
        try:
            looked = _look(form.table.data, form.channel.data)
        except Refused as refusal:
            form.table.errors = [_("Không nhận tệp: %(reason)s.", reason=refusal.reason)]
        else:
            if not looked.faults:
                return redirect(url_for("coordinating.import_batch", batch_id=_kept(looked, form)))
            faults = looked.faults
    return render_template(
        "coordinating/imports.html",
        form=form,
        faults=faults[:MOST_FAULTS],
        number=len(faults),
        columns=COLUMNS,
        most_rows=MOST_ROWS,
        most_mb=MOST_MEGABYTES,
        batches=importing.latest(db.session()),
        channels=CHANNELS,
    )


@blueprint.get("/nhap/<int:batch_id>")
def import_batch(batch_id: int) -> str:
    session = db.session()
    batch = importing.waiting(session, batch_id, actor())
    waits = batch.done_at is None
    known = importing.known(session, batch, actor()) if waits else []
    return render_template(
        "coordinating/import_batch.html",
        batch=batch,
        channel=CHANNELS[batch.channel],
        items=importing.items_of(batch) if waits else [],
        known={row.item.row: row.ticket for row in known},
        kind_name=lambda code: kind_name(loaded(), code),
        field_name=lambda code: field_name(loaded(), code),
    )


@blueprint.post("/nhap/<int:batch_id>")
def take_over(batch_id: int) -> Answer:
    try:
        with unit_of_work() as session:
            batch = importing.waiting(session, batch_id, actor())
            prefix = current_app.extensions["settings"].code_prefix
            number = importing.take_over(session, batch, loaded(), by=actor(), at=clock.now(), prefix=prefix)
    except Conflict as error:
        raise Conflict(error.message or _("Người khác vừa nhập tệp này.")) from None
    flash(_("Đã nhập %(number)s phiếu; hệ thống đang phân loại.", number=number), "success")
    return redirect(url_for("coordinating.import_batch", batch_id=batch_id))


@blueprint.get("/nhap/mau.xlsx")
def import_template() -> Response:
    """Return an empty table with the headings, and a second sheet that explains what goes where."""
    return workbook("mau-nhap-phieu.xlsx", [(_("Phiếu"), [_headings()]), (_("Hướng dẫn"), _guide())])


@blueprint.get("/nhap/mau.csv")
def import_template_csv() -> Response:
    return headings_csv("mau-nhap-phieu.csv", _headings())


def _look(upload: FileStorage | None, channel: str) -> Looked:
    """Examine, read and check the upload; nothing of the file itself is kept.

    Raises:
        Refused: no file, not one that is taken in, or one that was taken over before.
    """
    with examined(upload) as (path, media_type):
        sha256 = importing.digest(path)
        before = importing.taken_over(db.session(), sha256)
        if before is not None and before.done_at is not None:
            day = clock.local_date(before.done_at).strftime("%d/%m/%Y")
            raise Refused(_("đã có, tệp này được nhập ngày %(day)s với %(n)s phiếu", day=day, n=before.filed))
        rows: list[Row] = sheets.read(path, media_type)
    items, faults = importing.look(rows, loaded(), channel=channel, today=clock.today())
    return Looked(sha256, items, faults)


def _kept(looked: Looked, form: ImportForm) -> int:
    name = (form.table.data.filename or "")[-200:]
    with unit_of_work() as session:
        batch = importing.keep(
            session,
            looked.items,
            sha256=looked.sha256,
            name=name,
            channel=form.channel.data,
            by=actor(),
            at=clock.now(),
        )
    return batch.id


def _headings() -> list[str]:
    return [column.heading for column in COLUMNS]


def _guide() -> Iterator[list[str]]:
    yield [_("Cột"), _("Bắt buộc"), _("Cách ghi")]
    for column in COLUMNS:
        yield [column.heading, _("có") if column.required else _("không"), str(column.meaning)]
    catalogue = loaded().catalogue
    lists = {
        "filer_type": [str(name) for name in FILER_TYPES.values()],
        "kind": [local(kind.name) for kind in catalogue.fields.kinds],
        "field": [local(field.name) for field in catalogue.fields.fields],
        "area": [area_name(loaded(), area.code) for area in catalogue.areas.existing(clock.today())],
    }
    for column in COLUMNS:
        if column.name in lists:
            yield []
            yield [_("Các giá trị của cột %(heading)s", heading=column.heading)]
            yield from ([name] for name in lists[column.name])

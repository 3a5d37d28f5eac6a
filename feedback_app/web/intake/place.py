"""Step 3: the field and agency it seems to be for, agencies a report is about, dossier and letters."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectMultipleField

from feedback_app.catalogue.packs import AgencyOnDay, Catalogue, Directory
from feedback_app.catalogue.packs.areas import Area
from feedback_app.core import clock, i18n
from feedback_app.intake.content import Content
from feedback_app.intake.suggesting import UNSURE, named_agencies
from feedback_app.web.forms import FlaskForm
from feedback_app.web.intake import accusing, blueprint, kinds, labels, where
from feedback_app.web.intake import desk as desks
from feedback_app.web.intake.desk import Desk, said
from feedback_app.web.intake.fields import Boxes, Choice, Day, Line, Prose
from feedback_app.web.intake.step import Page, Step
from feedback_app.web.presenting.library import answered_before

SHORT = 60


class PlaceForm(FlaskForm):
    field = Choice(_l("Lĩnh vực"))
    procedure = Choice(_l("Thủ tục"), description=_l("Chọn nếu biết; giúp chuyển đúng nơi hơn."))
    area = Choice(_l("Địa bàn"))
    area_typed = Line(
        _l("Hoặc ghi tên địa bàn cũ"),
        longest=120,
        description=_l("Tên xã, phường trước khi sắp xếp; thêm dấu phẩy và tên huyện cũ nếu cần"),
    )
    concerned = SelectMultipleField(
        _l("Cơ quan được phản ánh"),
        option_widget=Boxes.option_widget,
        widget=Boxes.widget,
        validate_choice=True,
    )
    dossier_code = Line(_l("Mã hồ sơ"), longest=SHORT, description=_l("Ghi trên giấy tiếp nhận hồ sơ."))
    promised_on = Day(_l("Ngày hẹn trả kết quả"))
    letters = Prose(
        _l("Văn bản đã nhận"),
        longest=2000,
        description=_l("Số, ngày, cơ quan ban hành; mỗi văn bản một dòng."),
    )
    channel = Choice(_l("Đã gửi nội dung này qua kênh khác?"))
    channel_code = Line(_l("Mã phản ánh ở kênh đó"), longest=SHORT)

    def validate_area_typed(self, field: Line) -> None:
        if field.data:
            self.area.data = where.now_called(field.data, self.area.data, desks.catalogue())


class PlaceStep(Step):
    name = "place"

    def form(self, desk: Desk) -> PlaceForm:
        form, catalogue = PlaceForm(data=_known(desk.content)), desks.catalogue()
        form.field.choices = [(f.code, said(f.name)) for f in catalogue.fields.fields]
        form.procedure.choices = _procedures(catalogue)
        form.area.choices = _areas(catalogue, clock.today())
        form.channel.choices = [("", _("Chưa gửi ở kênh nào khác")), *labels.OTHER_CHANNELS.items()]
        form.concerned.choices = [(a.code, said(a.name)) for a in _living(catalogue)]
        return form

    def take(self, desk: Desk, form: FlaskForm) -> None:
        content = desk.content
        for name in (
            "area",
            "area_typed",
            "dossier_code",
            "promised_on",
            "letters",
            "channel",
            "channel_code",
        ):
            setattr(content, name, form[name].data)
        _take_field(content, form, desks.catalogue())
        content.concerned_asked = kinds.is_sensitive(content.kind)
        content.concerned = list(form.concerned.data or ()) if content.concerned_asked else []
        desk.suggest()

    def accept(self, desk: Desk, form: FlaskForm) -> Page:
        text = f"{desk.content.text}\n{form.letters.data}"
        notice = accusing.to_settle(desk, text)
        if notice is None:
            return super().accept(desk, form)
        return self.page(desk, form) if accusing.wants_to_edit() else accusing.choice_page(notice, text)

    def context(self, desk: Desk, form: FlaskForm) -> dict[str, Any]:
        content, catalogue = desk.content, desks.catalogue()
        sensitive = kinds.is_sensitive(content.kind)
        likely = desks.suggestion(content, clock.today()) if content.title else None
        return {
            "suggestion": likely,
            "field_name": said(catalogue.fields.field(likely.field).name) if likely else "",
            "sensitive": sensitive,
            "old_names": where.old_names(catalogue),
            "overdue": content.kind == kinds.OVERDUE_DOSSIER,
            "more_open": any(form[n].data or form[n].errors for n in ("letters", "channel", "channel_code")),
            "agencies": _agencies(content, catalogue, form) if sensitive else None,
            "answered": [] if sensitive else answered_before(content.text),
        }


def _known(content: Content) -> dict[str, Any]:
    """Return what the form starts from: answers given, else what was suggested."""
    names = (
        "procedure",
        "area",
        "area_typed",
        "dossier_code",
        "promised_on",
        "letters",
        "channel",
        "channel_code",
    )
    known = {name: getattr(content, name) for name in names}
    likely = content.suggestion
    known["field"] = content.field or (likely.field if likely and not likely.triage else UNSURE)
    known["concerned"] = content.concerned
    if not content.concerned_asked and kinds.is_sensitive(content.kind) and request.method == "GET":
        known["concerned"] = content.concerned + _named(content, desks.catalogue())
    return known


def _take_field(content: Content, form: FlaskForm, catalogue: Catalogue) -> None:
    """Take field and procedure; a procedure belongs to one field and decides it."""
    likely = content.suggestion
    content.procedure = form.procedure.data
    content.field = form.field.data
    if content.procedure:
        content.field = catalogue.fields.procedure(content.procedure).field
    content.field_chosen = likely is None or content.field != likely.field


def _procedures(catalogue: Catalogue) -> dict[str, list[tuple[str, str]]]:
    """Return the options of the select by field."""
    groups = {said(f.name): [(p.code, said(p.name)) for p in catalogue.fields.procedures_of(f.code)]
              for f in catalogue.fields.fields}  # fmt: skip
    return {"–": [("", _("Không chọn"))], **{name: rows for name, rows in groups.items() if rows}}


def _areas(catalogue: Catalogue, on: date) -> dict[str, list[tuple[str, str]]]:
    """Return the areas that stand on that day, and those that are gone under a heading that says since when."""
    known = catalogue.areas.areas
    gone = [area for area in known if area.valid_to is not None and area.valid_to < on]
    groups = {
        "–": [("", _("Không nêu địa bàn"))],
        _("Địa bàn hiện nay"): _options(catalogue.areas.existing(on)),
    }
    for last in sorted({area.valid_to for area in gone if area.valid_to}, reverse=True):
        name = _("Địa bàn cũ (trước %(day)s)", day=i18n.ngay(last + timedelta(days=1)))
        groups[name] = _options(area for area in gone if area.valid_to == last)
    return {name: rows for name, rows in groups.items() if rows}


def _options(areas: Iterable[Area]) -> list[tuple[str, str]]:
    return [(area.code, said(area.name)) for area in areas]


def _named(content: Content, catalogue: Catalogue) -> list[str]:
    return named_agencies(content.text, catalogue, clock.today())


def _living(catalogue: Catalogue) -> tuple[AgencyOnDay, ...]:
    return Directory(catalogue.agencies).active(clock.today())


def _agencies(content: Content, catalogue: Catalogue, form: FlaskForm) -> dict[str, Any]:
    """Return the boxes of agencies: those the text names or the filer chose, and the others by type."""
    boxes, named = {box.data: box for box in form.concerned}, _named(content, catalogue)
    first = [box for code, box in boxes.items() if box.checked or code in named]
    others = {
        name: [
            boxes[a.code] for a in _living(catalogue) if a.type == agency_type and boxes[a.code] not in first
        ]
        for agency_type, name in labels.agency_types().items()
    }
    return {"first": first, "others": {name: rows for name, rows in others.items() if rows}}


blueprint.add_url_rule("/linh-vuc", view_func=PlaceStep.as_view("place"))

"""The answers of a draft as the check page lists them, each with the way back to its question."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from feedback_app.catalogue.packs import Catalogue, Directory
from feedback_app.core import clock, i18n
from feedback_app.intake.content import Content
from feedback_app.intake.labels import FILER_TYPES
from feedback_app.intake.rules import FilerType
from feedback_app.web.intake import kinds, labels, where
from feedback_app.web.intake.desk import said
from feedback_app.web.intake.who import identifier_hint

Row = dict[str, Any]


def rows(content: Content, catalogue: Catalogue) -> list[Row]:
    """Return the answers in the order of the steps; optional ones only where given."""
    found = [
        _row("kind", _("Loại nội dung"), said(catalogue.fields.kind(content.kind).name)),
        _row("story", _("Tóm tắt"), content.title),
        _row("story", _("Sự việc"), content.body),
        *_place(content, catalogue),
        _row("files", _("Tài liệu"), "\n".join(f"{f.name} ({labels.size(f.size)})" for f in content.files)),
        *_who(content),
    ]
    back = {step: url_for(f"intake.{step}", ve="kiem-tra") for step in {row["step"] for row in found}}
    return [row | {"href": back[row["step"]]} for row in found]


def _place(content: Content, catalogue: Catalogue) -> list[Row]:
    found = [_row("place", _("Lĩnh vực"), said(catalogue.fields.field(content.field).name))]
    if kinds.is_sensitive(content.kind):
        found.append(_row("place", _("Cơ quan được phản ánh"), concerned_names(content, catalogue)))
    given = [
        (
            _l("Thủ tục"),
            said(catalogue.fields.procedure(content.procedure).name) if content.procedure else "",
        ),
        (
            _l("Địa bàn"),
            where.shown(catalogue.areas.area(content.area), content.area_typed) if content.area else "",
        ),
        (_l("Mã hồ sơ"), content.dossier_code),
        (_l("Ngày hẹn trả kết quả"), i18n.ngay(content.promised_on)),
        (_l("Văn bản đã nhận"), content.letters),
        (_l("Đã gửi qua kênh khác"), labels.OTHER_CHANNELS.get(content.channel)),
        (_l("Mã phản ánh ở kênh đó"), content.channel_code),
    ]
    return found + [_row("place", label, value) for label, value in given if value]


def _who(content: Content) -> list[Row]:
    given = [
        (_l("Gửi thay cho"), content.on_behalf_of),
        (_l("Người liên hệ"), content.contact_name),
        (_l("Điện thoại"), content.phone),
        (_l("Thư điện tử"), content.email),
        (_l("Địa chỉ"), content.address),
    ]
    identifier = _row("who", _("Mã số thuế hoặc số định danh"), content.identifier)
    identifier["hint"] = identifier_hint(content.filer_type, content.identifier)
    return [
        _row("who", _("Gửi với tư cách"), FILER_TYPES[FilerType(content.filer_type)]),
        _row("who", _("Tên người gửi"), content.name),
        identifier,
        *(_row("who", label, value) for label, value in given if value),
        _row("who", _("Ẩn danh tính với cơ quan xử lý"), _yes(content.hide_identity)),
        _row("who", _("Đồng ý công bố câu trả lời"), _yes(content.publish_consent)),
    ]


def concerned_names(content: Content, catalogue: Catalogue) -> str:
    directory, today = Directory(catalogue.agencies), clock.today()
    return "\n".join(said(directory.resolve(code, today).name) for code in content.concerned)


def _yes(value: bool) -> str:
    return _("Có") if value else _("Không")


def _row(step: str, label: Any, value: Any) -> Row:
    return {"step": step, "label": str(label), "value": str(value)}

"""Step 5: who files, and what others may know of it."""

import re
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, ValidationError

from feedback_app.core import clock, i18n
from feedback_app.intake import rules
from feedback_app.intake.labels import FILER_TYPES, hint_text
from feedback_app.intake.rules import FilerType
from feedback_app.web.forms import FlaskForm
from feedback_app.web.intake import blueprint, kinds
from feedback_app.web.intake import desk as desks
from feedback_app.web.intake.desk import Desk
from feedback_app.web.intake.fields import Choice, Line
from feedback_app.web.intake.step import Step

MORE = ("on_behalf_of", "contact_name", "address")  # asked of few: folded away
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
PHONE = re.compile(r"[0-9+() .\-]{8,20}")
NAMES = (
    "filer_type",
    "name",
    "identifier",
    "on_behalf_of",
    "contact_name",
    "phone",
    "email",
    "address",
    "hide_identity",
    "publish_consent",
)


class WhoForm(FlaskForm):
    filer_type = Choice(_l("Gửi với tư cách"))
    name = Line(_l("Tên doanh nghiệp, tổ chức hoặc cá nhân"), required=_l("Xin nhập tên người gửi."))
    identifier = Line(
        _l("Mã số thuế hoặc số định danh"),
        longest=30,
        description=_l("Doanh nghiệp 10 chữ số, chi nhánh 10-3, hộ kinh doanh 12 chữ số."),
    )
    on_behalf_of = Line(
        _l("Gửi thay cho"),
        description=_l("Hội viên hoặc người ủy quyền; có thể để trống nếu không muốn nêu tên."),
    )
    contact_name = Line(_l("Người liên hệ"), longest=120)
    phone = Line(_l("Điện thoại"), longest=30)
    email = Line(_l("Thư điện tử"))
    address = Line(_l("Địa chỉ"), longest=300)
    hide_identity = BooleanField(_l("Ẩn danh tính với cơ quan xử lý"))
    publish_consent = BooleanField(_l("Đồng ý công bố câu trả lời"))

    def validate_email(self, field: Any) -> None:
        check_email(field.data)

    def validate_phone(self, field: Any) -> None:
        check_phone(field.data)


class WhoStep(Step):
    name = "who"

    def form(self, desk: Desk) -> WhoForm:
        form = WhoForm(data={name: getattr(desk.content, name) for name in NAMES})
        form.filer_type.choices = [(t.value, name) for t, name in _types()]
        return form

    def take(self, desk: Desk, form: FlaskForm) -> None:
        for name in NAMES:
            setattr(desk.content, name, form[name].data)

    def context(self, desk: Desk, form: FlaskForm) -> dict[str, Any]:
        content = desk.content
        likely = desks.suggestion(content, clock.today())
        return {
            "reader": likely.agency_en if i18n.language() == "en" else likely.agency_vi,
            "more_open": any(form[name].data or form[name].errors for name in MORE),
            "identifier_hint": identifier_hint(form.filer_type.data, form.identifier.data),
            "sensitive": kinds.is_sensitive(content.kind),
            "staff": desks.is_staff(),
        }


def check_email(value: str) -> None:
    if value and not EMAIL.fullmatch(value):
        raise ValidationError(_("Thư điện tử cần có dạng ten@congty.vn."))


def check_phone(value: str) -> None:
    if value and not PHONE.fullmatch(value):
        raise ValidationError(_("Số điện thoại chỉ gồm chữ số, ít nhất 8 số, ví dụ 0258 3822 222."))


def identifier_hint(filer_type: str | None, identifier: str | None) -> str:
    """Return what looks wrong with the identifier, as a sentence; it never blocks."""
    if not identifier or filer_type not in set(FilerType):
        return ""
    return hint_text(rules.identifier_hint(FilerType(filer_type), identifier))


def _types() -> list[tuple[FilerType, str]]:
    """Return the types on offer: a caller only where staff types."""
    staff = desks.is_staff()
    return [(t, str(name)) for t, name in FILER_TYPES.items() if staff or t is not FilerType.CALLER]


blueprint.add_url_rule("/nguoi-gui", view_func=WhoStep.as_view("who"))

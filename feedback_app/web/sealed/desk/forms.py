"""What inspectors fill in: shapes only, the services check the rules."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    Form,
    IntegerField,
    PasswordField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from feedback_app.confidential.documents import LONGEST_MESSAGE, OutcomeKind
from feedback_app.confidential.weeks import EXTENSION
from feedback_app.web.sealed.desk import labels

SHORT = 200
LEVELS = {"low": _l("Thấp"), "medium": _l("Trung bình"), "high": _l("Cao")}
CRITERIA = {
    "credibility": _l("Nội dung cụ thể, đáng tin: việc gì, ở đâu, khi nào"),
    "evidence": _l("Tài liệu, chứng cứ kèm theo"),
    "gravity": _l("Mức độ nghiêm trọng"),
    "risk": _l("Nguy cơ người báo cáo bị trả đũa"),
}


def _stripped(value: str | None) -> str | None:
    return value.strip() if value else value


def _text(
    label: Any, *, required: bool = True, longest: int = LONGEST_MESSAGE, hint: Any = ""
) -> TextAreaField:
    need = InputRequired(_l("Xin ghi nội dung.")) if required else Optional()
    most = Length(max=longest, message=_l("Quá %(max)s ký tự.", max=longest))
    return TextAreaField(label, [need, _not_blank, most], filters=[_stripped], description=hint)


def _line(label: Any, *, required: bool = True, hint: Any = "") -> StringField:
    need = InputRequired(_l("Xin điền mục này.")) if required else Optional()
    most = Length(max=SHORT, message=_l("Quá %(max)s ký tự.", max=SHORT))
    return StringField(label, [need, _not_blank, most], filters=[_stripped], description=hint)


def _choice(label: Any, choices: Mapping[str, Any] | None = None, hint: Any = "") -> RadioField:
    chosen = InputRequired(_l("Xin chọn một mục."))
    return RadioField(label, [chosen], choices=offered(choices or {}), description=hint)


def offered(choices: Mapping[str, Any]) -> list[SelectChoice]:
    """Return what a field offers to choose from, by code."""
    return [SelectChoice(code, name) for code, name in choices.items()]


def _not_blank(_form: Form, field: Any) -> None:
    """Blanks alone are no answer; nor is a character that no keyboard sends."""
    if "\0" in (field.data or ""):
        raise ValidationError(_l("Nội dung có ký tự không hợp lệ."))
    if field.flags.required and not field.data:
        raise ValidationError(_l("Xin điền mục này."))


class UnlockForm(Form):
    body = RadioField(_l("Cơ quan"), [InputRequired(_l("Xin chọn cơ quan."))])
    name = _line(_l("Họ tên trong danh sách thanh tra viên"))
    passphrase = PasswordField(
        _l("Cụm mật khẩu"),
        [InputRequired(_l("Xin nhập cụm mật khẩu.")), Length(max=1000, message=_l("Cụm mật khẩu quá dài."))],
    )


class TextForm(Form):
    text = _text(_l("Nội dung"))


class ReasonForm(Form):
    reason = _text(_l("Lý do"), longest=2000)


class EmptyForm(Form):
    """Nothing but the button."""


class AssignForm(Form):
    to = _choice(_l("Giao cho"))


class RecuseForm(Form):
    reason = _text(_l("Lý do"), longest=2000)
    to = SelectField(_l("Người nhận báo cáo thay"), [Optional()], choices=[])
    sure = BooleanField(
        _l("Tôi hiểu: khóa của tôi với báo cáo này bị hủy ngay, không lấy lại được."),
        [InputRequired(_l("Xin xác nhận Ông/Bà đã hiểu."))],
    )


class HandOverForm(Form):
    to = _choice(_l("Người nhận"))
    reason = _text(_l("Lý do"), longest=2000)
    keep = BooleanField(_l("Tôi vẫn cần đọc được"))


class LinkForm(Form):
    other = _choice(_l("Báo cáo cùng đơn vị"))


class AssessForm(Form):
    credibility = _choice(CRITERIA["credibility"], LEVELS)
    evidence = _choice(CRITERIA["evidence"], LEVELS)
    gravity = _choice(CRITERIA["gravity"], LEVELS)
    risk = _choice(CRITERIA["risk"], LEVELS)
    text = _text(_l("Nhận định"))

    def points(self) -> dict[str, str]:
        return {name: str(self[name].data) for name in CRITERIA}


class ExtendForm(Form):
    weeks = IntegerField(
        _l("Thêm bao nhiêu tuần"),
        [
            InputRequired(_l("Xin ghi số tuần.")),
            NumberRange(1, EXTENSION, _l("Từ 1 đến %(most)s tuần.", most=EXTENSION)),
        ],
    )
    reason = _text(_l("Lý do"), longest=2000)


class ReferForm(Form):
    to = _line(_l("Chuyển tới"), hint=_l("Tên cơ quan hoặc chức danh người nhận."))
    extract = _text(
        _l("Trích lục gửi đi"),
        hint=_l(
            "Chỉ phần này được gửi đi. Không ghi gì làm lộ ai báo cáo: ngày giờ, số tiền lẻ, câu chữ nguyên văn."
        ),
    )
    crime = BooleanField(_l("Có dấu hiệu tội phạm, chuyển ngay cho cơ quan điều tra"))


class HandOutForm(Form):
    formal = _line(_l("Thủ tục đã mở"), hint=_l("Ví dụ: quyết định thanh tra, quyết định thụ lý tố cáo."))
    number = _line(_l("Số văn bản"))
    sure = BooleanField(
        _l("Tôi đã hiểu: hồ sơ rời hệ thống, ở đây chỉ còn trạng thái trung tính."),
        [InputRequired(_l("Xin xác nhận Ông/Bà đã hiểu."))],
    )


class CloseForm(Form):
    outcome = _choice(
        _l("Kết quả"), {k: name for k, name in labels.OUTCOMES.items() if k is not OutcomeKind.HANDED_OUT}
    )
    text = _text(_l("Trả lời người báo cáo"), hint=_l("Người báo cáo đọc được bằng mã nhận."))


class AnswerForm(Form):
    """The custodian's word on a request for the identity."""

    grant = _choice(_l("Quyết định"), {"yes": _l("Mở cho người đã hỏi"), "no": _l("Không mở")})
    reason = _text(_l("Lý do"), longest=2000)


class ExportForm(Form):
    recipient = _line(
        _l("Khóa công khai của nơi nhận (age1…)"),
        hint=_l("Nơi nhận tạo khóa bằng lệnh age-keygen và đọc cho Ông/Bà qua kênh khác."),
    )
    redacted = BooleanField(_l("Chỉ xuất bản đã che"))


class QuarterForm(Form):
    quarter = SelectField(_l("Quý"), [InputRequired(_l("Xin chọn quý."))], choices=[])

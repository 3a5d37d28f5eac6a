"""Forms of the acts on a ticket: they check shape, the services check rules."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import HiddenField, RadioField, SelectField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional, StopValidation

from feedback_app.web.forms import FlaskForm, LetterForm
from feedback_app.web.officer.drawing_on import DrawsOnTemplates

LONGEST = 20_000
OTHER = "other"


def required_text(message: Any, longest: int = LONGEST) -> list[Any]:
    return [DataRequired(message), Length(max=longest, message=_l("Nội dung dài quá %(max)d ký tự."))]


class ActForm(FlaskForm):
    """What every act carries: the version of the ticket that the person saw when deciding."""

    seen_version = HiddenField()

    @property
    def version(self) -> int | None:
        """Return the version seen; ``None`` where it was lost or tampered with."""
        text = str(self.seen_version.data or "")
        return int(text) if text.isdecimal() else None

    def kept(self) -> list[tuple[str, str]]:
        """Return what was typed, with its labels, for a page on which nothing may be lost."""
        typed = [field for field in self if field.type in {"TextAreaField", "StringField"}]
        return [(str(field.label.text), field.data) for field in typed if field.data]


class AcceptForm(ActForm):
    pass


class ReleaseForm(ActForm):
    copy = FileField(
        _l("Bản đã che thông tin nhận biết bên gửi"),
        description=_l("Bỏ trống nếu tệp gốc không làm lộ bên gửi: người xử lý sẽ xem được tệp gốc."),
    )


class NoteForm(ActForm):
    text = TextAreaField(
        _l("Nội dung ghi chú"), validators=required_text(_l("Vui lòng nhập nội dung ghi chú."))
    )


class AskForm(ActForm):
    text = TextAreaField(
        _l("Hồ sơ, thông tin cần bổ sung"),
        description=_l("Ghi hết trong một lần, mỗi giấy tờ một dòng; doanh nghiệp đọc đúng nguyên văn."),
        validators=required_text(_l("Vui lòng ghi rõ hồ sơ, thông tin cần bổ sung.")),
    )


class ReturnForm(ActForm):
    reason = TextAreaField(
        _l("Vì sao không thuộc thẩm quyền của cơ quan"),
        description=_l("Chỉ các cơ quan nhà nước xử lý phiếu đọc được."),
        validators=required_text(_l("Vui lòng ghi lý do trả lại."), 4000),
    )
    proposed = SelectField(_l("Theo Ông/Bà, cơ quan nào giải quyết"), validators=[Optional()])


def one_of_both(form: "AssignForm", field: RadioField) -> None:
    """Let the agency be chosen among the candidates or among all; ``Optional`` would let neither pass."""
    if not form.chosen:
        field.errors = []
        raise StopValidation(str(_l("Vui lòng chọn cơ quan giải quyết.")))
    if not field.data:
        field.errors = []
        raise StopValidation


class AssignForm(ActForm):
    agency = RadioField(_l("Cơ quan chủ trì giải quyết"), validators=[one_of_both])
    other = SelectField(_l("Cơ quan khác"), validators=[Optional()])
    reason = TextAreaField(
        _l("Lý do"),
        description=_l("Ghi vào diễn biến của phiếu; chỉ các cơ quan nhà nước xử lý phiếu đọc được."),
        validators=required_text(_l("Vui lòng ghi lý do giao."), 4000),
    )

    @property
    def chosen(self) -> str:
        """Return the code of the agency chosen, among the candidates or among all."""
        if self.agency.data and self.agency.data != OTHER:
            return str(self.agency.data)
        return str(self.other.data or "")


class AnswerForm(DrawsOnTemplates, LetterForm, ActForm):
    text = TextAreaField(
        _l("Nội dung trả lời"),
        description=_l("Trả lời thẳng từng việc doanh nghiệp nêu; doanh nghiệp đọc đúng nguyên văn."),
        validators=required_text(_l("Vui lòng nhập nội dung trả lời.")),
    )
    legal_refs = TextAreaField(
        _l("Căn cứ pháp lý"),
        description=_l("Mỗi căn cứ một dòng: văn bản, điều, khoản."),
        validators=[Length(max=LONGEST)],
    )
    apology = TextAreaField(
        _l("Lời xin lỗi vì trả lời chậm"),
        description=_l("Phiếu đã quá hạn: doanh nghiệp nhận lời xin lỗi cùng câu trả lời."),
        validators=[Length(max=4000)],
    )

"""Forms of what outgrows one ticket."""

from flask_babel import lazy_gettext as _l
from wtforms import DateField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from feedback_app.tickets.services.answering import Decision, Letter
from feedback_app.web.forms import FlaskForm


class CommonAnswerForm(FlaskForm):
    text = TextAreaField(
        _l("Nội dung trả lời chung"),
        description=_l(
            "Mỗi doanh nghiệp đọc đúng nguyên văn: không nêu tên hay chi tiết của doanh nghiệp nào."
        ),
        validators=[DataRequired(_l("Vui lòng nhập nội dung trả lời.")), Length(max=20_000)],
    )
    legal_refs = TextAreaField(_l("Căn cứ pháp lý"), validators=[Length(max=20_000)])
    apology = TextAreaField(
        _l("Lời xin lỗi"),
        description=_l("Chỉ gửi kèm ở những phiếu đã quá hạn."),
        validators=[Length(max=4000)],
    )
    letter_number = StringField(
        _l("Số, ký hiệu văn bản"),
        description=_l("Đúng như trên văn bản đã ban hành; hệ thống không tự cấp số."),
        validators=[Length(max=100)],
    )
    letter_date = DateField(_l("Ngày ký"), validators=[Optional()])
    letter_signer = StringField(_l("Người ký"), validators=[Length(max=200)])

    def decision(self) -> Decision:
        """Return the answer as it was typed."""
        number, signer = (self.letter_number.data or "").strip(), (self.letter_signer.data or "").strip()
        return Decision(
            text=self.text.data or "",
            legal_refs=self.legal_refs.data or "",
            apology=self.apology.data or "",
            letter=Letter(number=number, dated=self.letter_date.data, signer=signer),
        )

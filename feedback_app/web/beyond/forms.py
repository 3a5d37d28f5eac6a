"""Forms of what outgrows one ticket."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import DateField, HiddenField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from feedback_app.tickets.services.answering import Decision, Letter
from feedback_app.tickets.services.common_answer import Member
from feedback_app.web.forms import FlaskForm
from feedback_app.web.officer.forms_decisions import ApproveForm, IssueForm


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
    signed_file = FileField(_l("Văn bản đã ký (PDF)"))

    def decision(self) -> Decision:
        """Return the answer as it was typed."""
        number, signer = (self.letter_number.data or "").strip(), (self.letter_signer.data or "").strip()
        return Decision(
            text=self.text.data or "",
            legal_refs=self.legal_refs.data or "",
            apology=self.apology.data or "",
            letter=Letter(number=number, dated=self.letter_date.data, signer=signer),
        )


class SeenDrafts(FlaskForm):
    """Which drafts, in which version, the person read before deciding on all of them."""

    drafts = HiddenField()

    def show(self, members: Iterable[Member]) -> None:
        """Write down the drafts of these members."""
        pairs = ((member.ticket.code, member.draft) for member in members)
        self.drafts.data = ",".join(f"{code}:{draft.version}" for code, draft in pairs if draft is not None)

    def seen(self) -> dict[str, int]:
        """Return the version of each draft by the number of its ticket; what was tampered with is left out."""
        pairs = (text.partition(":") for text in (self.drafts.data or "").split(","))
        return {
            code: int(version) for code, _colon, version in pairs if version.isascii() and version.isdigit()
        }


class ApproveTogetherForm(SeenDrafts, ApproveForm):
    pass


class IssueTogetherForm(SeenDrafts, IssueForm):
    pass

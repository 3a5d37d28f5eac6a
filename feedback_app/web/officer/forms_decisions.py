"""Forms of decisions: refusal, way elsewhere, draft, approval, issue, apology."""

from flask_babel import lazy_gettext as _l
from wtforms import DateField, HiddenField, RadioField, SelectField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from feedback_app.tickets.reasons import OUTCOMES, REDIRECT_TARGETS, REJECT_REASONS
from feedback_app.web.forms import IssuedLetterForm
from feedback_app.web.officer.forms import ActForm, AnswerForm, required_text


class RejectForm(AnswerForm):
    reason_code = RadioField(
        _l("Lý do không giải quyết"),
        choices=[SelectChoice(code, label) for code, label in REJECT_REASONS.items()],
        validators=[DataRequired(_l("Vui lòng chọn lý do."))],
    )


class RedirectForm(AnswerForm):
    reason_code = RadioField(
        _l("Hướng dẫn doanh nghiệp đến"),
        choices=[SelectChoice(code, label) for code, label in REDIRECT_TARGETS.items()],
        validators=[DataRequired(_l("Vui lòng chọn kênh hoặc cơ quan."))],
    )


class DraftForm(ActForm):
    """A draft of any outcome; ``seen_draft`` is the version of the draft on the page."""

    seen_draft = HiddenField()
    outcome = RadioField(
        _l("Kết quả"),
        choices=[
            SelectChoice(str(status), label)
            for status, label in OUTCOMES.items()
            if status != "policy_backlog"
        ],
        validators=[DataRequired(_l("Vui lòng chọn kết quả."))],
    )
    reason_code = SelectField(
        _l("Lý do, kênh"),
        description=_l("Chỉ khi không giải quyết hoặc hướng dẫn sang kênh khác."),
        choices=[
            SelectChoice("", _l("Không áp dụng")),
            *(SelectChoice(code, label) for code, label in {**REJECT_REASONS, **REDIRECT_TARGETS}.items()),
        ],
        validators=[Optional()],
    )
    text = TextAreaField(
        _l("Nội dung trả lời"),
        description=_l("Trả lời thẳng từng việc doanh nghiệp nêu; doanh nghiệp đọc đúng nguyên văn."),
        validators=required_text(_l("Vui lòng nhập nội dung trả lời.")),
    )
    legal_refs = TextAreaField(
        _l("Căn cứ pháp lý"),
        description=_l("Mỗi căn cứ một dòng: văn bản, điều, khoản."),
        validators=[Length(max=20_000)],
    )
    apology = TextAreaField(_l("Lời xin lỗi vì trả lời chậm"), validators=[Length(max=4000)])

    @property
    def draft_version(self) -> int | None:
        text = str(self.seen_draft.data or "")
        return int(text) if text.isdecimal() else None


class ApproveForm(ActForm):
    verdict = RadioField(
        _l("Ý kiến"),
        choices=[SelectChoice("yes", _l("Duyệt")), SelectChoice("no", _l("Trả lại để sửa"))],
        validators=[DataRequired(_l("Vui lòng chọn ý kiến."))],
    )
    remarks = TextAreaField(
        _l("Nhận xét"), description=_l("Bắt buộc khi trả lại."), validators=[Length(max=4000)]
    )


class IssueForm(IssuedLetterForm, ActForm):
    pass


class ApologyForm(ActForm):
    text = TextAreaField(
        _l("Nội dung thư xin lỗi"), validators=required_text(_l("Vui lòng nhập nội dung thư xin lỗi."), 4000)
    )
    new_date = DateField(
        _l("Hẹn trả lời trước hết ngày"), validators=[InputRequired(_l("Vui lòng ghi ngày hẹn."))]
    )

"""Forms of what outgrows one ticket."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, TextAreaField
from wtforms.validators import DataRequired, Length

from feedback_app.tickets.services.answering import Decision
from feedback_app.tickets.services.common_answer import Member
from feedback_app.web.forms import FlaskForm, LetterForm
from feedback_app.web.officer.forms_decisions import ApproveForm, IssueForm


class CommonAnswerForm(LetterForm):
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

    def decision(self) -> Decision:
        """Return the answer as it was typed."""
        return Decision(
            text=self.text.data or "",
            legal_refs=self.legal_refs.data or "",
            apology=self.apology.data or "",
            letter=self.letter(),
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

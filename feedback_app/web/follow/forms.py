"""What an enterprise fills in on its ticket: shape only, the rules stand in the services."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import MultipleFileField, RadioField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from feedback_app.tickets.services.owning import Verdict
from feedback_app.web.forms import FlaskForm

LONGEST = 5000
LONGEST_COMMENT = 1000


def _stripped(text: str | None) -> str:
    return (text or "").replace("\r\n", "\n").strip()


def _said(message: Any) -> list[Any]:
    """Return the validators of a text that must say something."""

    def something(_form: FlaskForm, field: TextAreaField) -> None:
        if not field.data:
            raise ValidationError(message)

    return [something, Length(max=LONGEST, message=_l("Nội dung dài quá %(max)d ký tự."))]


class ReplyForm(FlaskForm):
    """What the agency asked for."""

    text = TextAreaField(
        _l("Nội dung trả lời"), filters=[_stripped], validators=_said(_l("Vui lòng ghi nội dung trả lời."))
    )
    files = MultipleFileField(_l("Tệp gửi kèm"))


class RateForm(FlaskForm):
    """The two questions."""

    answered = RadioField(
        _l("Cơ quan đã trả lời đúng nội dung Quý doanh nghiệp nêu chưa?"),
        choices=[
            SelectChoice("yes", _l("Đã trả lời đúng nội dung")),
            SelectChoice("no", _l("Chưa đúng nội dung")),
        ],
        validators=[InputRequired(_l("Vui lòng cho biết cơ quan đã trả lời đúng nội dung chưa."))],
    )
    solved = RadioField(
        _l("Trên thực tế, vướng mắc đã được giải quyết chưa?"),
        choices=[
            SelectChoice("yes", _l("Đã giải quyết xong")),
            SelectChoice("partly", _l("Mới được một phần")),
            SelectChoice("no", _l("Chưa")),
        ],
        validators=[InputRequired(_l("Vui lòng cho biết vướng mắc đã được giải quyết trên thực tế chưa."))],
    )
    comment = TextAreaField(
        _l("Ý kiến thêm"),
        filters=[_stripped],
        validators=[Optional(), Length(max=LONGEST_COMMENT, message=_l("Ý kiến dài quá %(max)d ký tự."))],
    )

    def verdict(self) -> Verdict:
        return Verdict(
            answered=self.answered.data == "yes", solved=self.solved.data, comment=self.comment.data
        )


class DisputeForm(RateForm):
    """The two questions, and why the enterprise does not agree."""

    comment = None
    reason = TextAreaField(
        _l("Vì sao Quý doanh nghiệp chưa đồng ý?"),
        filters=[_stripped],
        description=_l("Điểm nào chưa được trả lời, căn cứ nào chưa đúng, thực tế đang ra sao"),
        validators=_said(_l("Vui lòng ghi lý do chưa đồng ý.")),
    )

    def verdict(self) -> Verdict:
        return Verdict(answered=self.answered.data == "yes", solved=self.solved.data)


class ObjectExtensionForm(FlaskForm):
    """Why the enterprise does not agree that the answer comes later."""

    text = TextAreaField(
        _l("Vì sao Quý doanh nghiệp không đồng ý"),
        filters=[_stripped],
        validators=_said(_l("Vui lòng ghi lý do không đồng ý.")),
    )


class ConsentForm(FlaskForm):
    """Whether the agency may know the name; nothing is chosen beforehand."""

    granted = RadioField(
        _l("Quý doanh nghiệp có đồng ý cho cơ quan này biết tên không?"),
        choices=[
            SelectChoice("yes", _l("Đồng ý, cho biết tên")),
            SelectChoice("no", _l("Không, giữ kín tên")),
        ],
        validators=[InputRequired(_l("Vui lòng chọn một câu trả lời."))],
    )


class ReopenForm(FlaskForm):
    """Why a closed ticket is opened again."""

    reason = TextAreaField(
        _l("Vì sao Quý doanh nghiệp mở lại phiếu"),
        filters=[_stripped],
        validators=_said(_l("Vui lòng ghi lý do mở lại.")),
    )

"""Forms of working together: opinions, extension, kind, the head's decision, objections, colleagues, consent."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import MultipleFileField
from wtforms import (
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    SubmitField,
    TextAreaField,
)
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from feedback_app.tickets.reasons import EXTENSION_REASONS
from feedback_app.web.officer.forms import ActForm, required_text

YES_NO = [SelectChoice("yes", _l("Đồng ý")), SelectChoice("no", _l("Không đồng ý"))]


class AskOpinionForm(ActForm):
    agencies = SelectMultipleField(
        _l("Cơ quan được hỏi"),
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
        validators=[DataRequired(_l("Vui lòng chọn ít nhất một cơ quan."))],
    )
    text = TextAreaField(
        _l("Nội dung cần cho ý kiến"),
        description=_l("Nêu rõ câu hỏi; cơ quan được hỏi đọc được toàn bộ phiếu."),
        validators=required_text(_l("Vui lòng ghi nội dung cần cho ý kiến.")),
    )


class GiveOpinionForm(ActForm):
    text = TextAreaField(_l("Ý kiến"), validators=required_text(_l("Vui lòng ghi ý kiến.")))
    files = MultipleFileField(_l("Tệp kèm theo"))


class ExtendForm(ActForm):
    reason_code = RadioField(
        _l("Lý do"),
        choices=[SelectChoice(code, label) for code, label in EXTENSION_REASONS.items()],
        validators=[DataRequired(_l("Vui lòng chọn lý do gia hạn."))],
    )
    text = TextAreaField(
        _l("Giải thích cho doanh nghiệp"),
        description=_l("Được ghi trong thông báo gia hạn gửi doanh nghiệp."),
        validators=required_text(_l("Vui lòng giải thích vì sao cần gia hạn."), 4000),
    )
    legal_basis = StringField(
        _l("Căn cứ"),
        description=_l("Điều, khoản của quy chế hoặc văn bản khác."),
        validators=[Length(max=500)],
    )
    days = IntegerField(
        _l("Gia hạn thêm bao nhiêu ngày"),
        validators=[
            InputRequired(_l("Vui lòng ghi số ngày gia hạn.")),
            NumberRange(min=1, message=_l("Số ngày phải từ 1 trở lên.")),
        ],
    )


class DecideForm(ActForm):
    verdict = RadioField(
        _l("Quyết định"), choices=YES_NO, validators=[DataRequired(_l("Vui lòng chọn quyết định."))]
    )
    remarks = TextAreaField(
        _l("Ý kiến"), description=_l("Bắt buộc khi không đồng ý."), validators=[Length(max=4000)]
    )


class ObjectForm(ActForm):
    text = TextAreaField(
        _l("Vì sao không đồng ý"),
        description=_l("Văn phòng UBND tỉnh xem xét và quyết định; quyết định đó là cuối cùng."),
        validators=required_text(_l("Vui lòng ghi lý do không đồng ý."), 4000),
    )


class SettleForm(ActForm):
    verdict = RadioField(
        _l("Quyết định"),
        choices=[
            SelectChoice("upheld", _l("Chấp nhận ý kiến không đồng ý")),
            SelectChoice("dismissed", _l("Không chấp nhận, giữ nguyên")),
        ],
        validators=[DataRequired(_l("Vui lòng chọn quyết định."))],
    )
    agency = SelectField(_l("Cơ quan giải quyết"), validators=[Optional()])
    remarks = TextAreaField(
        _l("Lý do"), validators=required_text(_l("Vui lòng ghi lý do của quyết định."), 4000)
    )


class DelegateForm(ActForm):
    person = RadioField(_l("Người xử lý"), validators=[DataRequired(_l("Vui lòng chọn người xử lý."))])


class RecuseForm(ActForm):
    reason = TextAreaField(
        _l("Lý do"),
        description=_l("Chỉ thủ trưởng cơ quan và kiểm toán nội bộ đọc được."),
        validators=required_text(_l("Vui lòng ghi lý do."), 2000),
    )


class AskConsentForm(ActForm):
    text = TextAreaField(
        _l("Vì sao cần biết tên doanh nghiệp"),
        description=_l(
            "Doanh nghiệp đọc đúng nguyên văn và tự quyết định; không trả lời thì tên vẫn được giữ kín."
        ),
        validators=required_text(_l("Vui lòng ghi lý do."), 2000),
    )


class ReclassifyForm(ActForm):
    kind = RadioField(_l("Loại đúng"), validators=[DataRequired(_l("Vui lòng chọn loại phản ánh."))])
    reason = TextAreaField(
        _l("Lý do"),
        description=_l("Doanh nghiệp đọc đúng nguyên văn."),
        validators=required_text(_l("Vui lòng ghi lý do đổi loại."), 2000),
    )
    sure = SubmitField()

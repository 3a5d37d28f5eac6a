"""What is typed of a template; the service knows the placeholders."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from feedback_app.tickets.services.templates import Wording
from feedback_app.web.forms import FlaskForm

LONGEST = 20_000


class TemplateForm(FlaskForm):
    agency = SelectField(_l("Cơ quan"))
    name = StringField(
        _l("Tên mẫu"),
        description=_l("Ngắn, để chọn nhanh: “Chậm cấp giấy phép xây dựng – đang thẩm định”."),
        validators=[DataRequired(_l("Vui lòng đặt tên mẫu.")), Length(max=120)],
    )
    text = TextAreaField(
        _l("Nội dung mẫu"),
        validators=[DataRequired(_l("Vui lòng nhập nội dung mẫu.")), Length(max=LONGEST)],
    )
    legal_refs = TextAreaField(
        _l("Căn cứ pháp lý"),
        description=_l("Mỗi căn cứ một dòng: văn bản, điều, khoản."),
        validators=[Length(max=LONGEST)],
    )
    fields = SelectMultipleField(
        _l("Dùng cho lĩnh vực"),
        description=_l("Không chọn lĩnh vực nào thì mẫu dùng cho mọi phiếu."),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validators=[Optional()],
    )
    shared = BooleanField(
        _l("Dùng chung cho mọi cơ quan"),
        description=_l("Mọi cơ quan xử lý phiếu đều thấy mẫu này; chỉ cơ quan đầu mối sửa được."),
    )
    seen = IntegerField(widget=HiddenInput(), validators=[Optional()])

    def wording(self, *, may_share: bool) -> Wording:
        """Return what was typed; who may not share has no box to tick."""
        return Wording(
            name=self.name.data or "",
            text=(self.text.data or "").replace("\r\n", "\n"),
            legal_refs=(self.legal_refs.data or "").replace("\r\n", "\n"),
            fields=tuple(self.fields.data or ()),
            shared=may_share and self.shared.data,
        )

"""Forms of the desk: views that are kept, acts on many tickets."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import Length, Optional

from feedback_app.tickets.services.saving import LONGEST as LONGEST_NAME
from feedback_app.web.forms import FlaskForm


class SaveViewForm(FlaskForm):
    query = HiddenField(validators=[Length(max=2000)])
    name = StringField(_l("Tên bộ lọc"), validators=[Length(max=LONGEST_NAME * 2)])
    shared = BooleanField(_l("Đồng nghiệp trong cơ quan cũng thấy"))
    opens = BooleanField(_l("Mở đầu tiên khi tôi vào trang"))


class BulkForm(FlaskForm):
    """What an act on many tickets asks; which of it depends on the act. ``once`` lets it be done once only."""

    once = HiddenField()
    text = TextAreaField(_l("Nội dung ghi chú"), validators=[Length(max=20_000)])
    reason = TextAreaField(_l("Lý do"), validators=[Length(max=4000)])
    person = SelectField(_l("Giao cho"), coerce=int, validators=[Optional()])
    agency = SelectField(_l("Cơ quan chủ trì giải quyết"), validators=[Optional()])

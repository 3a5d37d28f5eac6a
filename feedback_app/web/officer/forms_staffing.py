"""Forms about people of the agency: absence, hand-over."""

from flask_babel import lazy_gettext as _l
from wtforms import DateField, SelectField, StringField
from wtforms.validators import InputRequired, Length

from feedback_app.web.forms import FlaskForm


class AbsenceForm(FlaskForm):
    person = SelectField(_l("Ai vắng mặt"), coerce=int)
    substitute = SelectField(_l("Người thay"), coerce=int)
    first = DateField(_l("Từ ngày"), validators=[InputRequired(_l("Vui lòng ghi ngày đầu."))])
    last = DateField(_l("Đến hết ngày"), validators=[InputRequired(_l("Vui lòng ghi ngày cuối."))])
    reason = StringField(_l("Lý do"), validators=[Length(max=200)])


class HandOverForm(FlaskForm):
    person = SelectField(_l("Bàn giao việc của"), coerce=int)
    to = SelectField(_l("Cho"), coerce=int)

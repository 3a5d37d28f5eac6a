"""Forms of what outgrows a ticket: the policy backlog, commitments, clusters, projects, other channels."""

from flask_babel import lazy_gettext as _l
from wtforms import DateField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional, StopValidation

from feedback_app.web.officer.forms import ActForm, required_text


def of_a_new_one(form: "ProposeForm", field: SelectField) -> None:
    """Ask for the agency of a new proposal; one on the list has its own, so that nothing need be chosen."""
    if field.data:
        return
    field.errors = []
    raise StopValidation if form.existing.data else StopValidation(str(_l("Vui lòng chọn cơ quan theo dõi.")))


class ProposeForm(ActForm):
    existing = SelectField(_l("Kiến nghị đã có trong danh mục"), validators=[Optional()])
    title = StringField(
        _l("Tên kiến nghị mới"),
        description=_l("Công khai trên cổng: không ghi tên doanh nghiệp, không ghi chi tiết vụ việc."),
        validators=[Length(max=300)],
    )
    rule = TextAreaField(
        _l("Quy định cần sửa"),
        description=_l("Văn bản, điều, khoản và vướng mắc của quy định. Công khai trên cổng."),
        validators=[Length(max=4000)],
    )
    owner = SelectField(_l("Cơ quan theo dõi kiến nghị"), validators=[of_a_new_one])
    text = TextAreaField(
        _l("Trả lời doanh nghiệp"),
        description=_l("Vì sao phải chờ sửa quy định; doanh nghiệp đọc đúng nguyên văn."),
        validators=required_text(_l("Vui lòng nhập nội dung trả lời.")),
    )
    legal_refs = TextAreaField(_l("Căn cứ pháp lý"), validators=[Length(max=20_000)])
    apology = TextAreaField(_l("Lời xin lỗi vì trả lời chậm"), validators=[Length(max=4000)])


class PromiseForm(ActForm):
    text = TextAreaField(
        _l("Cơ quan cam kết làm gì"),
        description=_l("Doanh nghiệp đọc đúng nguyên văn và theo dõi đến khi thực hiện."),
        validators=required_text(_l("Vui lòng ghi nội dung cam kết."), 2000),
    )
    due_on = DateField(
        _l("Thực hiện trước hết ngày"), validators=[InputRequired(_l("Vui lòng ghi ngày cam kết."))]
    )


class SettlePromiseForm(ActForm):
    verdict = RadioField(
        _l("Kết quả"),
        choices=[
            SelectChoice("kept", _l("Đã thực hiện")),
            SelectChoice("broken", _l("Chưa thực hiện được đúng hạn")),
        ],
        validators=[DataRequired(_l("Vui lòng chọn kết quả."))],
    )
    note = TextAreaField(
        _l("Ghi rõ"),
        description=_l("Doanh nghiệp đọc được. Bắt buộc khi chưa thực hiện được."),
        validators=[Length(max=2000)],
    )


class ClusterForm(ActForm):
    existing = SelectField(_l("Nhóm đã có"), validators=[Optional()])
    title = StringField(
        _l("Tên nhóm mới"),
        description=_l("Nêu vướng mắc chung, không ghi tên doanh nghiệp."),
        validators=[Length(max=300)],
    )


class JoinProjectForm(ActForm):
    project = SelectField(_l("Hồ sơ dự án"), validators=[DataRequired(_l("Vui lòng chọn hồ sơ dự án."))])


class RecogniseForm(ActForm):
    channel = SelectField(
        _l("Kênh khác"),
        choices=[
            SelectChoice("", _l("Chọn kênh")),
            SelectChoice("pakn", _l("Hệ thống phản ánh, kiến nghị của tỉnh")),
            SelectChoice("hotline", _l("Tổng đài")),
            SelectChoice("dialogue", _l("Hội nghị đối thoại")),
            SelectChoice("letter", _l("Văn bản giấy")),
            SelectChoice("email", _l("Thư điện tử")),
        ],
        validators=[Optional()],
    )
    code = StringField(_l("Mã, số ở kênh đó"), validators=[Length(max=100)])
    received_on = DateField(_l("Ngày kênh đó nhận"), validators=[Optional()])
    duplicate = StringField(
        _l("Hoặc: số phiếu trùng trong hệ thống"),
        description=_l("Phiếu trùng của cùng bên gửi được kết thúc, hướng dẫn theo dõi ở phiếu này."),
        validators=[Length(max=30)],
    )
    text = TextAreaField(_l("Lời gửi ở phiếu trùng"), validators=[Length(max=4000)])

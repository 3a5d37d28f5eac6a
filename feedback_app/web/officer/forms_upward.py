"""Forms of the ways up: report, the document of UBND tỉnh, petition, watch, the ministry's reply."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import DateField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from feedback_app.tickets.services.ways_up import Document, Paper
from feedback_app.web.officer.forms import ActForm, required_text

DIRECTIONS = {
    Document.DIRECTIVE: _l("Công văn chỉ đạo"),
    Document.CONCLUSION: _l("Thông báo kết luận"),
    Document.REQUEST: _l("Công văn đề nghị (cơ quan ngành dọc trung ương)"),
}


class PaperForm(ActForm):
    """A signed document: number, date, text."""

    letter_number = StringField(
        _l("Số, ký hiệu văn bản"),
        description=_l("Đúng như trên văn bản đã ban hành; hệ thống không tự cấp số."),
        validators=[InputRequired(_l("Vui lòng ghi số, ký hiệu văn bản.")), Length(max=100)],
    )
    dated = DateField(_l("Ngày văn bản"), validators=[InputRequired(_l("Vui lòng ghi ngày văn bản."))])
    text = TextAreaField(_l("Nội dung"), validators=required_text(_l("Vui lòng ghi nội dung văn bản.")))

    def paper(self) -> Paper:
        """Return the document as it was typed."""
        signer = self.signer.data if "signer" in self else ""
        return Paper(
            number=(self.letter_number.data or "").strip(),
            dated=self.dated.data,
            signer=(signer or "").strip(),
            text=(self.text.data or "").strip(),
        )


class SignedForm(PaperForm):
    signer = StringField(
        _l("Người ký"), validators=[InputRequired(_l("Vui lòng ghi người ký.")), Length(max=200)]
    )
    signed_file = FileField(_l("Văn bản đã ký (PDF)"))


class ReportUpForm(ActForm):
    text = TextAreaField(
        _l("Vì sao vượt thẩm quyền"),
        description=_l("Nêu việc đã làm, phần nào cơ quan không quyết được và đề xuất của cơ quan."),
        validators=required_text(_l("Vui lòng ghi lý do báo cáo."), 4000),
    )


class DirectForm(SignedForm):
    kind = RadioField(
        _l("Loại văn bản"),
        choices=[SelectChoice(str(kind), label) for kind, label in DIRECTIONS.items()],
        validators=[DataRequired(_l("Vui lòng chọn loại văn bản."))],
    )
    owner = SelectField(
        _l("Cơ quan giải quyết"), validators=[DataRequired(_l("Vui lòng chọn cơ quan giải quyết."))]
    )
    owner_due_on = DateField(_l("Hoàn thành trước hết ngày"), validators=[Optional()])


class PetitionForm(PaperForm):
    addressee = StringField(
        _l("Bộ, ngành nhận kiến nghị"),
        validators=[InputRequired(_l("Vui lòng ghi bộ, ngành nhận kiến nghị.")), Length(max=200)],
    )


class WatchForm(ActForm):
    text = TextAreaField(
        _l("Tình hình tại bộ, ngành"),
        description=_l("Doanh nghiệp đọc đúng nguyên văn."),
        validators=required_text(_l("Vui lòng ghi tình hình."), 4000),
    )


class MinistryReplyForm(SignedForm):
    pass

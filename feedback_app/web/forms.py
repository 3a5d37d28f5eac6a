"""The base of all forms: a field gets what it can hold, whatever is sent under its name; and the signed letter."""

from typing import Any

from flask import request
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm as _FlaskForm
from flask_wtf.file import FileField as SentFile
from werkzeug.datastructures import MultiDict
from wtforms import DateField, FileField, Form, MultipleFileField, StringField
from wtforms.validators import InputRequired, Length, Optional

from feedback_app.tickets.services.answering import Letter

SUBMITTING = frozenset({"POST", "PUT", "PATCH", "DELETE"})


class FlaskForm(_FlaskForm):
    """A form that reads files into fields for files only, and text into all others only."""

    class Meta(_FlaskForm.Meta):
        def wrap_formdata(self, form: Form, formdata: Any) -> Any:
            """Return what was sent; a file under the name of a text field, or one without a name, was not sent."""
            if formdata is None or isinstance(formdata, MultiDict):
                return formdata
            if request.method not in SUBMITTING:
                return None
            for_files = {field.name for field in form if isinstance(field, FileField | MultipleFileField)}
            sent = [
                (name, text)
                for name, text in request.form.items(multi=True)
                if name and name not in for_files
            ]
            files = [(name, file) for name, file in request.files.items(multi=True) if name in for_files]
            return MultiDict([*sent, *files])


class LetterForm(FlaskForm):
    """Number, date and signer as they stand on the signed letter, and the letter; none of them need be there yet."""

    letter_number = StringField(
        _l("Số, ký hiệu văn bản"),
        description=_l("Đúng như trên văn bản đã ban hành; hệ thống không tự cấp số."),
        validators=[Length(max=100)],
    )
    letter_date = DateField(_l("Ngày ký"), validators=[Optional()])
    letter_signer = StringField(_l("Người ký"), validators=[Length(max=200)])
    signed_file = SentFile(_l("Văn bản đã ký (PDF)"))

    def letter(self) -> Letter:
        """Return the reference of the letter as it was typed."""
        number, signer = (self.letter_number.data or "").strip(), (self.letter_signer.data or "").strip()
        return Letter(number=number, dated=self.letter_date.data, signer=signer)


class IssuedLetterForm(LetterForm):
    """The same as the clerk enters it from the register, complete."""

    letter_number = StringField(
        _l("Số, ký hiệu văn bản"),
        description=_l("Đúng như trong sổ văn bản đi; hệ thống không tự cấp số."),
        validators=[InputRequired(_l("Vui lòng ghi số, ký hiệu văn bản.")), Length(max=100)],
    )
    letter_date = DateField(_l("Ngày ký"), validators=[InputRequired(_l("Vui lòng ghi ngày ký."))])
    letter_signer = StringField(
        _l("Người ký"), validators=[InputRequired(_l("Vui lòng ghi người ký.")), Length(max=200)]
    )

"""Fields of the filing forms: trimmed, without characters no database keeps, with errors that say what to do."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import DataRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from feedback_app.web.forms import FlaskForm

LONGEST_LINE = 200


def tidy(value: str | None) -> str:
    """Return the text without outer blanks and NUL characters, with one kind of line end."""
    return (value or "").replace("\0", "").replace("\r\n", "\n").strip()


def at_most(length: int) -> Length:
    return Length(max=length, message=_l("Xin viết ngắn lại, tối đa %(max)d ký tự."))


class Line(StringField):
    """One line of text; ``required`` is the sentence shown when it is left empty."""

    def __init__(
        self, label: Any, *, required: Any = None, longest: int = LONGEST_LINE, **kwargs: Any
    ) -> None:
        super().__init__(
            label, validators=_validators(required, longest), filters=[tidy, _one_line], **kwargs
        )


class Prose(TextAreaField):
    """Several lines of text."""

    def __init__(self, label: Any, *, required: Any = None, longest: int, **kwargs: Any) -> None:
        super().__init__(label, validators=_validators(required, longest), filters=[tidy], **kwargs)


class Choice(SelectField):
    """One of a list; what is not on it is answered in words."""

    def pre_validate(self, form: FlaskForm) -> None:
        try:
            super().pre_validate(form)
        except ValidationError:
            raise ValidationError(_("Xin chọn một mục trong danh sách.")) from None


class Day(DateField):
    """A date that may be left empty."""

    def __init__(self, label: Any, **kwargs: Any) -> None:
        super().__init__(label, validators=[Optional()], **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata([v for v in valuelist if v.strip()])
        except ValueError:
            raise ValueError(_("Xin nhập ngày theo dạng ngày/tháng/năm, ví dụ 26/02/2026.")) from None


class Boxes:
    """Widgets that make a multiple select a list of boxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def _validators(required: Any, longest: int) -> list[Any]:
    return [*([DataRequired(required)] if required else []), at_most(longest)]


def _one_line(value: str) -> str:
    return " ".join(value.split())

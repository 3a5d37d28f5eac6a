"""The form of one approval chain: up to four steps, each with who may take it and what it is called."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    FieldList,
    Form,
    FormField,
    IntegerField,
    RadioField,
    SelectChoice,
    SelectMultipleField,
    StringField,
    SubmitField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Length, StopValidation
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from feedback_app.accounts.actor import Function
from feedback_app.catalogue.chains import Step
from feedback_app.catalogue.packs.approvals import ApprovalStep
from feedback_app.tickets.policy import ANSWERING, HANDLING
from feedback_app.web.forms import FlaskForm
from feedback_app.web.navigation import FUNCTIONS

MOST = 4
CHOICES = [SelectChoice(str(function), FUNCTIONS[function]) for function in HANDLING]


class StepForm(Form):
    functions = SelectMultipleField(
        _l("Ai làm bước này"),
        choices=CHOICES,
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    vi = StringField(_l("Tên bước"), validators=[Length(max=200)])
    en = StringField(
        _l("Tên bước bằng tiếng Anh"),
        description=_l("Để trống thì dùng tên tiếng Việt"),
        validators=[Length(max=200)],
    )

    def validate_vi(self, field: StringField) -> None:
        if self.functions.data and not (field.data or "").strip():
            raise StopValidation(_("Vui lòng đặt tên bước, ví dụ: Thủ trưởng cơ quan duyệt, ký."))
        if (field.data or "").strip() and not self.functions.data:
            raise StopValidation(_("Vui lòng chọn ít nhất một chức năng được làm bước này."))

    def step(self) -> Step:
        return Step(tuple(self.functions.data), self.vi.data.strip(), (self.en.data or "").strip())


class ChainForm(FlaskForm):
    whose = RadioField(
        _l("Quy trình"),
        choices=[SelectChoice("own", _l("Riêng")), SelectChoice("common", _l("Chung"))],
        default="own",
    )
    steps = FieldList(FormField(StepForm), min_entries=MOST, max_entries=MOST)
    reason = TextAreaField(
        _l("Lý do thay đổi"),
        description=_l("Văn bản phân công, quy chế làm việc của cơ quan; được lưu cùng phiên bản"),
        validators=[DataRequired(_l("Vui lòng ghi lý do thay đổi.")), Length(max=500)],
    )
    seen = IntegerField(widget=HiddenInput(), validators=[DataRequired()])
    sure = SubmitField()

    def chain(self) -> tuple[Step, ...]:
        """Return the steps that were filled in; none where the agency takes the common chain."""
        if self.whose.data == "common":
            return ()
        return tuple(entry.form.step() for entry in self.steps if entry.form.functions.data)

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the form; what is wrong within a step is also said at the head of the page."""
        right = bool(super().validate(extra_validators))
        for number, entry in enumerate(self.steps, 1):
            for message in (said for errors in entry.form.errors.values() for said in errors):
                self.form_errors.append(_("Bước %(number)s: %(message)s", number=number, message=message))
        return right

    def validate_steps(self, _field: FieldList) -> None:
        if self.whose.data == "common" or any(entry.errors for entry in self.steps):
            return
        chain = self.chain()
        if not chain:
            raise StopValidation(_("Vui lòng chọn người làm bước thứ nhất."))
        if len(chain) == 1 and not set(chain[0].functions) & set(ANSWERING):
            raise StopValidation(
                _("Quy trình một bước cần người được trả lời phiếu: văn thư không tự trả lời thay cơ quan.")
            )


def slots(steps: Sequence[ApprovalStep]) -> list[dict[str, Any]]:
    """Return what the form's four slots show of these steps."""
    filled = [{"functions": list(s.functions), "vi": s.note.vi, "en": s.note.en} for s in steps]
    return filled + [{"functions": [], "vi": "", "en": ""}] * (MOST - len(filled))


def function_name(code: str) -> str:
    return str(FUNCTIONS[Function(code)])

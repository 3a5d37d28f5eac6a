"""What the pages of one meeting share."""

from feedback_app.core.db import db
from feedback_app.core.errors import Forbidden, Invalid
from feedback_app.dialogues import queries
from feedback_app.dialogues.models import Meeting
from feedback_app.dialogues.policy import open_to
from feedback_app.dialogues.queries import facts_of
from feedback_app.dialogues.rules import Act
from feedback_app.web.forms import FlaskForm
from feedback_app.web.identity import actor


def meeting_for(code: str, act: Act) -> Meeting:
    """Return the meeting for a page that leads to the act. Raises NotFound; Forbidden where it is not open now."""
    row = queries.meeting(db.session(), actor(), code)
    if act not in open_to(actor(), facts_of(row)):
        raise Forbidden(act)
    return row


def blame(form: FlaskForm, wrong: Invalid) -> None:
    """Put the refusal under the field that it is about, or above the form."""
    if wrong.field in form:
        form[wrong.field].errors = [*form[wrong.field].errors, wrong.message]
    else:
        form.form_errors.append(wrong.message)


def whole_number(text: str | None) -> int:
    """Return the number in a hidden field; 0 for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0  # noqa: PLR2004

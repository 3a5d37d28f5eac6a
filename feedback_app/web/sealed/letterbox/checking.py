"""The answers on one page before they are sealed."""

from dataclasses import dataclass

from flask_babel import gettext as _

from feedback_app.confidential import store
from feedback_app.confidential.services import filing
from feedback_app.web.sealed.letterbox import asking, steps
from feedback_app.web.sealed.letterbox.draft import Draft

CUT = 600  # characters of the story that the check shows


@dataclass(frozen=True)
class Row:
    """One answer; ``edit`` names the screen that changes it."""

    label: str
    value: str
    edit: str


def rows(draft: Draft) -> list[Row]:
    """Return the answers in the order of the way. Raises IntakeClosed."""
    return [
        _row(one.code, draft)
        for one in steps.way(draft)
        if one.code not in {"body", "before", "promise", "check"}
    ]


def answer_rows(draft: Draft) -> list[Row]:
    """Return the closed questions that were answered."""
    closed = (one.code for one in steps.way(draft) if one.page == steps.CHOICE and one.code != "identity")
    return [_row(code, draft) for code in closed if getattr(draft, code)]


def _row(code: str, draft: Draft) -> Row:
    match code:
        case "who":
            return Row(_("Phong bì danh tính"), "\n".join(_envelope(draft)), code)
        case "excluded":
            return Row(_("Người không được đọc"), "\n".join(_kept_out(draft)) or _("không ai"), code)
        case "story":
            return Row(_("Kể lại sự việc"), _shortened(draft.story), code)
        case "files":
            return Row(
                _("Tệp kèm theo"), "\n".join(upload.name for upload in draft.uploads) or _("không có"), code
            )
        case _:
            return _choice(code, draft)


def _choice(code: str, draft: Draft) -> Row:
    question = asking.asked(code, draft)
    given = getattr(draft, code)
    chosen = given if isinstance(given, tuple) else (given,)
    labels = [option.label for option in question.options if option.code in chosen]
    return Row(question.text, "\n".join(labels) or _("không trả lời"), code)


def _envelope(draft: Draft) -> list[str]:
    return [
        value for value in (draft.name, draft.tax_code, draft.person, draft.contact, draft.proof) if value
    ]


def _kept_out(draft: Draft) -> list[str]:
    seats = filing.intake(store.session(), asking.body_of(draft)).seats
    return [f"{seat.name} ({seat.post})" for seat in seats if seat.id in draft.excluded]


def _shortened(text: str) -> str:
    return text if len(text) <= CUT else text[:CUT].rstrip() + " […]"

"""What a screen's form brought, put into the draft; nothing typed is dropped because something else is wrong."""

from collections.abc import Mapping
from typing import Any

from werkzeug.datastructures import MultiDict

from feedback_app.confidential import questions
from feedback_app.confidential.documents import LONGEST_STORY
from feedback_app.web.sealed.letterbox.asking import asked
from feedback_app.web.sealed.letterbox.draft import Draft
from feedback_app.web.sealed.letterbox.steps import CHOICE, LONGEST, step

Form = MultiDict[str, str]
MOST_SEATS = 12


def taken(draft: Draft, form: Form) -> Draft:
    """Return the draft with the answers of the screen it stands at."""
    screen = step(draft.at)
    if screen.page == CHOICE:
        return _consistent(draft.but(**_chosen(draft, form)))
    if screen.code == "who":
        return draft.but(**{name: plain(form.get(name, "")) for name in LONGEST})
    if screen.code == "excluded":
        return draft.but(excluded=tuple(form.getlist("excluded")[:MOST_SEATS]))
    if screen.code == "story":
        return draft.but(story=plain(form.get("story", "")))
    if screen.code == "files":
        return draft.but(files=tuple(_with_wish(form, n, f) for n, f in enumerate(draft.files)))
    return draft


def bounded(draft: Draft) -> Draft:
    """Return the draft as a page may carry it: an overlong text stays in its field, not in the state as well."""
    kept = {name: getattr(draft, name)[: most * 2] for name, most in LONGEST.items()}
    return draft.but(story=draft.story[:LONGEST_STORY], **kept)


def plain(text: str) -> str:
    """Return the text with line ends of one kind and without control characters."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in lines if c.isprintable() or c in "\n\t\u200d").strip()


def _chosen(draft: Draft, form: Form) -> Mapping[str, Any]:
    question = asked(draft.at, draft)
    given = [code for code in form.getlist(draft.at) if code in question.codes]
    if question.many:
        return {draft.at: tuple(dict.fromkeys(given))}
    return {draft.at: given[0] if given else ""}


def _consistent(draft: Draft) -> Draft:
    """Return the draft without answers that no longer fit: an agency of another unit, a procedure of another field."""
    agencies = questions.shipped().unit(draft.unit).agencies if draft.unit else ()
    if draft.agency not in agencies:
        draft = draft.but(agency="")
    if draft.procedure not in asked("procedure", draft).codes:
        draft = draft.but(procedure="")
    return draft


def _with_wish(form: Form, number: int, file: dict[str, Any]) -> dict[str, Any]:
    return {**file, "keep_original": str(number) in form.getlist("keep")}

"""Writing a report: every screen is the answer to a POST of the one before; nothing is kept here in between."""

from typing import Any

from flask import make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from feedback_app.confidential import questions, store
from feedback_app.confidential.errors import IntakeClosed, StateExpired
from feedback_app.confidential.services import filing
from feedback_app.core.db import STORE_IS_AWAY
from feedback_app.web.sealed.letterbox import asking, attaching, blueprint, checking, sending, steps, taking
from feedback_app.web.sealed.letterbox.draft import Draft, opened, packed
from feedback_app.web.sealed.letterbox.waiting import closed

NEXT, BACK, STAY, ADD, SEND = "next", "back", "stay", "add", "send"
EDIT = "edit:"
Faults = steps.Faults


@blueprint.get("/viet")
def write() -> ResponseReturnValue:
    return screen(Draft.new())


@blueprint.post("/viet")
def go_on() -> ResponseReturnValue:
    if "receipt" in request.form:
        return sending.typed_back(request.form["receipt"], request.form.get("last", ""))
    if "state" not in request.form:  # from the ordinary form, with what was typed there
        return screen(Draft.new(story=taking.plain(request.form.get("story", ""))))
    try:
        draft = taking.taken(opened(request.form["state"]), request.form)
    except StateExpired:
        return expired()
    try:
        return _moved(draft, STAY if "lang" in request.form else request.form.get("go", NEXT))
    except (IntakeClosed, *STORE_IS_AWAY):
        return closed("letterbox.go_on", packed(taking.bounded(draft)))


def _moved(draft: Draft, go: str) -> ResponseReturnValue:
    """Return the screen that the pressed button leads to."""
    if go == STAY:
        return screen(draft)
    if go == BACK:
        return screen(steps.going_back(draft))
    if go.startswith(EDIT):
        return screen(draft.but(at=steps.step(go.removeprefix(EDIT)).code, returning=True))
    if draft.at == "files":
        return _files(draft, go)
    if draft.at == "check":
        return _sent(draft)
    found = steps.faults(draft.at, draft) or seat_faults(draft)
    return screen(draft, found) if found else screen(steps.following(draft))


def _files(draft: Draft, go: str) -> ResponseReturnValue:
    """Take in what was chosen; whoever added files sees what they tell before going on."""
    if go.startswith(attaching.DROP):
        return screen(draft.but(files=attaching.without(draft.files, go)))
    fresh, refused = attaching.received(request.files.getlist("files"), len(draft.files))
    draft = draft.but(files=(*draft.files, *(upload.packed() for upload in fresh)))
    if refused:
        return screen(draft, {"files": " ".join(refused)})
    return screen(draft) if fresh or go == ADD else screen(steps.following(draft))


def _sent(draft: Draft) -> ResponseReturnValue:
    """Send the report, or show the first screen that keeps it from being sent."""
    unfinished = steps.first_open(draft)
    if unfinished != "check":
        return screen(draft.but(at=unfinished, returning=True), steps.faults(unfinished, draft))
    refusal = sending.sent(draft)
    if isinstance(refusal, sending.Refusal):
        at = draft.but(at=refusal.at, returning=True, **refusal.changes)
        return screen(at, {refusal.place: refusal.message}, status=refusal.status)
    return refusal


def screen(draft: Draft, faults: Faults | None = None, status: int = 200) -> ResponseReturnValue:
    """Return the screen the draft stands at; with faults it is the same screen again, all answers in it."""
    here = steps.step(draft.at)
    draft = draft.but(at=here.code, returning=draft.returning and here.code != "check")
    page = render_template(
        f"sealed/letterbox/{here.page}.html",
        draft=draft,
        state=packed(taking.bounded(draft)),
        step=here,
        parts=steps.PARTS,
        part_title=steps.part_title(here.part),
        faults=faults or {},
        first=here is steps.STEPS[0],
        lang_form="step",
        **_shown(draft, here),
    )
    return make_response(page, 422 if faults and status == 200 else status)  # noqa: PLR2004


def _shown(draft: Draft, here: steps.Step) -> dict[str, Any]:
    """Return what the page of the step shows beside the draft."""
    match here.page:
        case "choice":
            return {"question": asking.asked(here.code, draft)}
        case "body" | "excluded":
            return _body(draft)
        case "who":
            return {"longest": steps.LONGEST}
        case "files":
            return {"waiting": attaching.shown(draft.uploads)}
        case "check":
            return {"rows": checking.rows(draft), "body": questions.shipped().competent(draft.unit)}
        case _:
            return {}


def _body(draft: Draft) -> dict[str, Any]:
    """Return the competent body and, of one that is hosted, who reads for it. Raises IntakeClosed."""
    body = questions.shipped().competent(draft.unit)
    seats = filing.intake(store.session(), body.code).seats if body.hosted else ()
    readers = ngettext("%(num)s người có thể đọc", "%(num)s người có thể đọc", len(seats))
    return {"body": body, "seats": seats, "readers": readers}


def seat_faults(draft: Draft) -> Faults:
    """Return what is wrong with keeping these seats out: somebody has to be able to read."""
    if draft.at != "excluded":
        return {}
    seats = _body(draft)["seats"]
    if set(draft.excluded) >= {seat.id for seat in seats}:
        return {"excluded": sending.no_reader()}
    custodians = {seat.id for seat in seats if seat.custodian}
    if draft.confidential and set(draft.excluded) >= custodians:
        return {"excluded": sending.no_custodian()}
    return {}


def expired() -> ResponseReturnValue:
    """Say that the steps lay too far apart, and give back what was typed on this last page."""
    typed = [text for name in ("story", *steps.LONGEST) if (text := request.form.get(name, "").strip())]
    page = render_template(
        "sealed/letterbox/expired.html", typed="\n\n".join(typed), title=_("Trang đã để quá lâu")
    )
    return make_response(page, StateExpired.status)

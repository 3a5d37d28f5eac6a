"""The write-only door (task 43): Sở Nội vụ hands in what it collated; nothing can be read here, not even a receipt."""

import secrets

from flask import make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from feedback_app.confidential import store
from feedback_app.confidential.errors import TooLong, WrongDoor
from feedback_app.confidential.services import filing
from feedback_app.confidential.services.filing import Filing
from feedback_app.core import clock
from feedback_app.core.files import Refused
from feedback_app.intake.sheets.cells import Fault
from feedback_app.web.sealed.letterbox import blueprint, collated
from feedback_app.web.sealed.letterbox.channels import channels
from feedback_app.web.sealed.letterbox.waiting import admitted

SHEET = "sheet"
MOST_KEPT = 1000
LONGEST_NUMBER = 40
_DONE: dict[str, int] = {}  # forms that have been handed in, by their number: a page sent twice counts once


@blueprint.get("/chuyen-tin")
def hand_in() -> ResponseReturnValue:
    return _page()


@blueprint.post("/chuyen-tin")
def handed_in() -> ResponseReturnValue:
    form = {name: request.form.get(name, "") for name in collated.NAMES}
    if "lang" in request.form:
        return _page(form)
    again = {**form, "door": request.form.get("door", ""), "number": _number()}
    if (wait := admitted("import", again)) is not None:
        return wait
    if (before := _DONE.get(_number())) is not None:
        return _thanks(before)
    try:
        matters, faults = _read(form)
    except Refused as refused:
        return _page(form, [_("Tệp chưa được nhận: %(why)s.", why=refused.reason)])
    return _page(form, sheet_faults=faults) if faults else _take(form, matters)


def _read(form: dict[str, str]) -> tuple[list[Filing], list[Fault]]:
    """Return what is handed in, or what is wrong with it; a sheet is taken whole or not at all."""
    chosen = request.files.get(SHEET)
    if chosen is not None and chosen.filename:
        return collated.of_sheet(chosen.stream, chosen.filename)
    return collated.of_form(form)


def _take(form: dict[str, str], matters: list[Filing]) -> ResponseReturnValue:
    try:
        with store.unit_of_work() as session:
            for matter in matters:
                filing.hand_in(session, request.form.get("door", ""), matter, on=clock.today())
    except WrongDoor:
        return _page(
            form, [_("Mã cửa không đúng. Xin hỏi lại người của Thanh tra tỉnh đã giao mã.")], WrongDoor.status
        )
    except TooLong:
        return _page(form, [_("Nội dung dài quá mức một báo cáo chứa được. Xin rút gọn.")])
    _remember(_number(), len(matters))
    return _thanks(len(matters))


def _number() -> str:
    return request.form.get("number", "")[:LONGEST_NUMBER]


def _remember(number: str, count: int) -> None:
    while len(_DONE) >= MOST_KEPT:
        _DONE.pop(next(iter(_DONE)))
    if number:
        _DONE[number] = count


def _thanks(count: int) -> ResponseReturnValue:
    said = ngettext(
        "Đã niêm phong và chuyển %(num)s thông tin.", "Đã niêm phong và chuyển %(num)s thông tin.", count
    )
    return render_template("sealed/letterbox/handed_in.html", said=said)


def _page(
    form: dict[str, str] | None = None,
    faults: list[str] | None = None,
    status: int = 422,
    sheet_faults: list[Fault] | None = None,
) -> ResponseReturnValue:
    page = render_template(
        "sealed/letterbox/hand_in.html",
        form=form or {},
        questions=collated.asked_here(),
        channels=channels(),
        columns=collated.headings(),
        number=secrets.token_urlsafe(16),
        faults=faults or [],
        sheet_faults=sheet_faults or [],
        lang_form="step",
    )
    return make_response(page, status if faults or sheet_faults else 200)

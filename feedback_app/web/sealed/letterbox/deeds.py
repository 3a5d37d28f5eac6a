"""What a reporter does in the conversation. A page sent twice does it once: the deed is already in what is seen."""

from collections.abc import Callable

from flask import Response, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from feedback_app.confidential import errors, store
from feedback_app.confidential.documents import LONGEST_MESSAGE, CheckInAnswer
from feedback_app.confidential.services import conversing
from feedback_app.core import clock
from feedback_app.web.sealed import headers
from feedback_app.web.sealed.letterbox import attaching, taking
from feedback_app.web.sealed.letterbox.draft import sealed
from feedback_app.web.sealed.letterbox.talk import SHOW, Talk
from feedback_app.web.sealed.letterbox.thread import REPORTER, check_in_answers, shown

REPLY, PROVE, WITHDRAW, CHECK_IN = "reply", "prove", "withdraw", "check-in:"
FILE = "file:"


def done(talk: Talk, go: str) -> ResponseReturnValue:
    """Do what the pressed button says and return the page that follows.

    Raises:
        UnknownReceipt, Withdrawn.
    """
    talk = typed(talk)
    if "lang" in request.form or go in {SHOW, REPLY, PROVE, WITHDRAW} or go.startswith(CHECK_IN):
        return screen(talk if "lang" in request.form else talk.but(at=go))
    if go.startswith(FILE):
        return _download(talk, go.removeprefix(FILE))
    if go.startswith(attaching.DROP):
        return screen(talk.but(files=attaching.without(talk.files, go)))
    return _DEEDS.get(go, screen)(talk)


def typed(talk: Talk) -> Talk:
    """Return the talk with what this page's form brought."""
    if "text" not in request.form:
        return talk
    return talk.but(text=taking.plain(request.form["text"]), files=_wished(talk))


def screen(talk: Talk, fault: str = "", notice: str = "", status: int = 200) -> ResponseReturnValue:
    """Return the screen at which the talk stands, with the code sealed in it."""
    found = conversing.look(store.session(), talk.code, on=clock.today())
    days = _days(talk.at)
    if days is not None and days not in found.check_ins_due:
        talk = talk.but(at=SHOW)
    name = (
        "check_in"
        if talk.at.startswith(CHECK_IN)
        else talk.at
        if talk.at in {REPLY, PROVE, WITHDRAW}
        else "talk"
    )
    page = render_template(
        f"sealed/letterbox/{name}.html",
        talk=talk,
        state=sealed("talk", talk.but(text=talk.text[: 2 * LONGEST_MESSAGE]).packed()),
        seen=shown(found),
        proof=found.proof,
        waiting=attaching.shown(talk.uploads),
        days=days,
        answers=check_in_answers(),
        fault=fault,
        notice=notice,
        lang_form="step",
    )
    return make_response(page, status if not fault or status != 200 else 422)  # noqa: PLR2004


def _wished(talk: Talk) -> tuple[dict[str, object], ...]:
    kept = request.form.getlist("keep")
    return tuple({**file, "keep_original": str(place) in kept} for place, file in enumerate(talk.files))


def _add(talk: Talk) -> ResponseReturnValue:
    fresh, refused = attaching.received(request.files.getlist("files"), len(talk.files))
    talk = talk.but(at=REPLY, files=(*talk.files, *(upload.packed() for upload in fresh)))
    return screen(talk, " ".join(refused))


def _send(talk: Talk) -> ResponseReturnValue:
    """Send the answer; files chosen just now are shown with what they tell before anything is sent."""
    if any(file.filename for file in request.files.getlist("files")):
        return _add(talk)
    if not talk.text and not talk.files:
        return screen(talk.but(at=REPLY), _("Xin viết câu trả lời hoặc chọn tệp."))
    if _said_already(talk):
        return _said(talk)
    try:
        with store.unit_of_work() as session:
            conversing.reply(session, talk.code, talk.text, talk.uploads, on=clock.today())
    except _REFUSALS as error:
        return screen(_kept(talk, error).but(at=REPLY), _why(error))
    return _said(talk)


def _said(talk: Talk) -> ResponseReturnValue:
    return screen(Talk(talk.code), notice=_("Đã niêm phong và gửi."))


def _said_already(talk: Talk) -> bool:
    """Whether this page had been sent before: the last thing the reporter said is this text with as many files."""
    messages = conversing.look(store.session(), talk.code, on=clock.today()).messages
    last = next((message for message in reversed(messages) if message.by == REPORTER), None)
    if last is None or last.text != talk.text or last is not messages[-1]:
        return False
    return {file.name for file in last.files} == {upload.name for upload in talk.uploads}


def _check_in(talk: Talk) -> ResponseReturnValue:
    days, answer = _days(talk.at), request.form.get("answer", "")
    if days is None or answer not in set(CheckInAnswer):
        return screen(talk, _("Xin chọn một câu trả lời."))
    try:
        with store.unit_of_work() as session:
            conversing.check_in(session, talk.code, days, CheckInAnswer(answer), talk.text, on=clock.today())
    except errors.NotFound:  # answered already, by this page sent twice
        pass
    except _REFUSALS as error:
        return screen(talk, _why(error))
    return screen(Talk(talk.code), notice=_("Cảm ơn bạn. Thanh tra sẽ đọc được câu trả lời này."))


def _withdraw(talk: Talk) -> ResponseReturnValue:
    try:
        with store.unit_of_work() as session:
            conversing.withdraw(session, talk.code, on=clock.today())
    except errors.Closed:
        return screen(talk.but(at=SHOW), _why(errors.Closed()))
    return render_template("sealed/letterbox/withdrawn.html")


def _download(talk: Talk, place: str) -> ResponseReturnValue:
    """Return the reporter's own file. Its name stays out of the headers."""
    number = int(place) if place.isascii() and place.isdigit() and len(place) < len("100000") else -1
    files = shown(conversing.look(store.session(), talk.code, on=clock.today())).all_files
    wanted = next((file for file in files if file.place == number), None)
    if wanted is None:
        return screen(talk, _("Không có tệp đó."))
    content = b"".join(conversing.file_content(store.session(), talk.code, number))
    response = Response(content, mimetype="application/octet-stream")
    suffix = wanted.name.rpartition(".")[2]
    response.headers["Content-Disposition"] = f'attachment; filename="tep-{number + 1}.{suffix}"'
    return response


def _leave(_talk: Talk) -> ResponseReturnValue:
    response = make_response(render_template("sealed/letterbox/left.html"))
    headers.leave(response)
    return response


def _days(at: str) -> int | None:
    days = at.removeprefix(CHECK_IN) if at.startswith(CHECK_IN) else ""
    return int(days) if days in {"30", "60", "180"} else None


def _kept(talk: Talk, error: Exception) -> Talk:
    return talk.but(files=()) if isinstance(error, errors.NotFound) else talk


def _why(error: Exception) -> str:
    match error:
        case errors.Closed():
            return _("Báo cáo đã kết thúc nên không nhận thêm. Có việc mới, xin gửi báo cáo mới.")
        case errors.ContainsCode():
            return _("Nội dung chứa mã nhận. Xin xóa mã đó: ai đọc được mã thì mở được báo cáo.")
        case errors.NotFound():
            return _("Các tệp đã chờ quá lâu và đã bị xóa. Xin chọn lại; phần đã viết còn nguyên.")
        case errors.OutOfSpace():
            return _("Máy chủ hết chỗ nên chưa lưu gì. Xin thử lại sau, hoặc bỏ bớt tệp lớn.")
        case _:
            return _(
                "Dài quá: tối đa %(most)s ký tự một lần gửi và 40 tệp cho cả báo cáo.", most=LONGEST_MESSAGE
            )


_REFUSALS = (errors.Closed, errors.ContainsCode, errors.NotFound, errors.OutOfSpace, errors.TooLong)
_DEEDS: dict[str, Callable[[Talk], ResponseReturnValue]] = {
    "add": _add,
    "send": _send,
    "checked": _check_in,
    "withdrawn": _withdraw,
    "leave": _leave,
}

"""The last step: sealed in one go; the receipt stands in the response and nowhere else."""

from dataclasses import dataclass, field
from typing import Any

from flask import make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from feedback_app.confidential import questions, store
from feedback_app.confidential.context import vault
from feedback_app.confidential.documents import Answers, Identity
from feedback_app.confidential.errors import (
    ContainsCode,
    NoCustodian,
    NoReader,
    NotFound,
    OutOfSpace,
    StateExpired,
    Tampered,
    TooLong,
)
from feedback_app.confidential.sealing import receipts
from feedback_app.confidential.services import filing
from feedback_app.core import clock
from feedback_app.web.sealed import headers
from feedback_app.web.sealed.letterbox.draft import YES, Draft, sealed, unsealed
from feedback_app.web.sealed.letterbox.waiting import admitted

SAME = (
    "unit", "agency", "field", "procedure", "step", "asked", "amount", "paid", "when", "often", "who_post",
)  # fmt: skip


@dataclass(frozen=True)
class Refusal:
    """Why the report was not sealed: the screen that helps, the place in it, and what is said there."""

    at: str
    place: str
    message: str
    status: int = 422
    changes: dict[str, Any] = field(default_factory=dict)


def sent(draft: Draft) -> Refusal | ResponseReturnValue:
    """Seal the report and return the page with the receipt, or say what keeps it from being sealed.

    Raises:
        IntakeClosed, Unavailable: the draft is still in the page that was sent.
    """
    if (wait := admitted("file", {"state": request.form["state"], "go": "send"})) is not None:
        return wait
    try:
        with store.unit_of_work() as session:
            filed = filing.file(session, filing_of(draft), token=bytes.fromhex(draft.token), on=clock.today())
    except (NoReader, NoCustodian, TooLong, ContainsCode, NotFound, OutOfSpace) as error:
        return _refusal(error)
    return receipt_page(draft.token, commitment=filed.commitment, again=filed.again)


def filing_of(draft: Draft) -> filing.Filing:
    answers = {name: getattr(draft, name) for name in SAME}
    return filing.Filing(
        body=questions.shipped().competent(draft.unit).code,
        answers=Answers(**answers, retaliation=draft.retaliation == YES, confidential=draft.confidential),
        story=draft.story,
        excluded=draft.excluded,
        identity=_identity(draft),
        files=draft.uploads,
    )


def _identity(draft: Draft) -> Identity | None:
    if not draft.confidential:
        return None
    return Identity(
        given=True,
        name=draft.name,
        tax_code=draft.tax_code,
        person=draft.person,
        contact=draft.contact,
        proof=draft.proof,
    )


def _refusal(error: Exception) -> Refusal:
    match error:
        case NoReader():
            return Refusal("excluded", "excluded", no_reader())
        case NoCustodian():
            return Refusal("excluded", "excluded", no_custodian())
        case ContainsCode():
            return Refusal(
                "story",
                "story",
                _("Phần kể lại chứa mã nhận. Xin xóa mã đó: ai đọc được mã thì mở được báo cáo."),
            )
        case NotFound():
            gone = _("Các tệp đã chờ quá lâu và đã bị xóa. Xin chọn lại; mọi câu trả lời khác còn nguyên.")
            return Refusal("files", "files", gone, changes={"files": ()})
        case OutOfSpace():
            full = _("Máy chủ hết chỗ nên chưa lưu gì. Xin thử lại sau, hoặc bỏ bớt tệp lớn.")
            return Refusal("files", "files", full, status=OutOfSpace.status)
        case _:
            return Refusal("story", "story", _("Nội dung dài quá mức một báo cáo chứa được. Xin rút gọn."))


def receipt_page(
    token: str, *, commitment: str, again: bool = False, wrong: bool = False
) -> ResponseReturnValue:
    """Return the page with the code: the only place where it ever stands."""
    code = receipts.from_token(bytes.fromhex(token), vault().receipt_key)
    page = render_template(
        "sealed/letterbox/receipt.html",
        groups=receipts.grouped(code).split("-"),
        commitment=commitment,
        again=again,
        wrong=wrong,
        receipt=sealed("receipt", {"token": token, "commitment": commitment}),
        lang_form="step",
    )
    return make_response(page, 422 if wrong else 200)


def typed_back(state: str, last: str) -> ResponseReturnValue:
    """Compare the typed last group; the right one ends the way, a wrong one shows the receipt again."""
    try:
        kept = unsealed("receipt", state)
        token, commitment = str(kept["token"]), str(kept["commitment"])
    except (StateExpired, Tampered, KeyError):
        return make_response(render_template("sealed/letterbox/expired.html", typed=""), StateExpired.status)
    if "lang" in request.form:
        return receipt_page(token, commitment=commitment)
    code = receipts.from_token(bytes.fromhex(token), vault().receipt_key)
    if not receipts.mentions(last, receipts.last_group(code)):
        return receipt_page(token, commitment=commitment, wrong=True)
    response = make_response(render_template("sealed/letterbox/done.html", weeks=questions.shipped().weeks()))
    headers.leave(response)
    return response


def no_reader() -> str:
    return _("Nếu loại hết mọi người thì không ai đọc được báo cáo. Xin để lại ít nhất một người.")


def no_custodian() -> str:
    return _(
        "Bạn đã để lại tên, nhưng mọi người giữ danh tính đều bị loại. Xin để lại một người, "
        "hoặc quay lại chọn ẩn danh."
    )

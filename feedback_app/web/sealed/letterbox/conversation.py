"""The receipt's door: the code comes typed in a form, goes on in a sealed field, and stands in no address."""

from flask import make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from feedback_app.confidential.errors import Mistyped, UnknownReceipt, Withdrawn
from feedback_app.confidential.sealing import receipts
from feedback_app.core.db import STORE_IS_AWAY
from feedback_app.web.sealed.letterbox import blueprint, deeds, taking
from feedback_app.web.sealed.letterbox.draft import sealed, unsealed
from feedback_app.web.sealed.letterbox.talk import SHOW, Talk
from feedback_app.web.sealed.letterbox.waiting import admitted, closed, no_sooner

MOST_TYPED = 80


@blueprint.get("/ma")
def door() -> ResponseReturnValue:
    return render_template("sealed/letterbox/door.html", typed="", fault="")


@blueprint.post("/ma")
def enter() -> ResponseReturnValue:
    """Open the conversation, or do in it what the pressed button says."""
    if "typed" in request.form:  # has waited
        return _typed(str(unsealed("typed", request.form["typed"]).get("code", "")))
    if "state" not in request.form:
        return _typed(request.form.get("code", ""))
    talk = Talk.of(unsealed("talk", request.form["state"]))
    return _answered(talk, request.form.get("go", SHOW))


def _typed(code: str) -> ResponseReturnValue:
    if "lang" in request.form:
        return render_template("sealed/letterbox/door.html", typed=taking.plain(code)[:MOST_TYPED], fault="")
    try:
        talk = Talk(receipts.normalised(code))
    except Mistyped:
        return mistyped(code)
    # tries are counted by code; whoever is inside carries it sealed and is not counted again
    wait = admitted("receipt", {"typed": sealed("typed", {"code": code})}, receipts.keys_of(talk.code).lookup)
    if wait is not None:
        return wait
    with no_sooner():
        return _done(talk, SHOW)


def _answered(talk: Talk, go: str) -> ResponseReturnValue:
    again = {"state": sealed("talk", talk.packed()), "go": go}
    return admitted("receipt", again) or _done(talk, go)


def _done(talk: Talk, go: str) -> ResponseReturnValue:
    try:
        return deeds.done(talk, go)
    except Withdrawn:
        return render_template("sealed/letterbox/withdrawn.html")
    except UnknownReceipt:
        return unknown()
    except STORE_IS_AWAY:
        return closed("letterbox.enter", sealed("talk", deeds.typed(talk).packed()))


def mistyped(typed: str) -> ResponseReturnValue:
    """Say so before any work: whoever knows the rule of the check symbols could say it, too."""
    fault = _(
        "Mã gõ sai: mã nhận có 24 chữ và số, chia sáu nhóm bốn. Xin so từng nhóm với tờ giấy đã chép, rồi gõ lại."
    )
    page = render_template("sealed/letterbox/door.html", typed=taking.plain(typed)[:MOST_TYPED], fault=fault)
    return make_response(page, Mistyped.status)


def unknown() -> ResponseReturnValue:
    """Return the one page for codes that open nothing: never given out, expired, erased.

    Its status is that of a right code, so that whoever keeps a proxy's log learns nothing.
    """
    return render_template("sealed/letterbox/unknown.html")

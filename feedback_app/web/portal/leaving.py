"""The way out of messages by the link in them: one look, one click, no signing in; and the way back."""

from flask import render_template, request
from flask.blueprints import BlueprintSetupState
from flask_babel import lazy_gettext as _l

from feedback_app.core import clock
from feedback_app.core.db import unit_of_work
from feedback_app.core.errors import NotFound
from feedback_app.core.limits import limiter
from feedback_app.notifications import unsubscribing
from feedback_app.notifications.unsubscribing import Scope
from feedback_app.web.portal import blueprint

SCOPES = {
    Scope.DIGEST: _l("thư tổng hợp buổi sáng và danh sách tuần"),
    Scope.MAIL: _l("thư điện tử báo tin"),
    Scope.SMS: _l("tin nhắn SMS"),
    Scope.ZALO: _l("tin nhắn Zalo"),
}


@blueprint.record_once
def _without_form_token(state: BlueprintSetupState) -> None:
    """Let mail programs post by themselves (RFC 8058): the token is the proof, there is no session to protect."""
    state.app.extensions["csrf"].exempt(f"{unsubscribe.__module__}.{unsubscribe.__name__}")


@blueprint.route("/ngung-nhan-tin/<token>", methods=["GET", "POST"])
@limiter.limit("60 per hour", methods=["POST"])
def unsubscribe(token: str) -> str:
    """Show what would end, and end it on the click; looking alone changes nothing."""
    wanted = unsubscribing.read(token)
    if wanted is None:
        raise NotFound(token)
    state = "asked"
    if request.method == "POST":
        state = "back" if request.form.get("back") else "left"
        change = unsubscribing.come_back if state == "back" else unsubscribing.leave
        with unit_of_work() as session:
            change(session, wanted, clock.now())
    return render_template("portal/unsubscribe.html", what=SCOPES[wanted.scope], state=state)

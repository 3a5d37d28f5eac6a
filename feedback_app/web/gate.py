"""Which pages are for whom: one table, denied by default."""

from flask import Flask, abort, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from feedback_app.accounts.actor import Audience, Function
from feedback_app.core.errors import Forbidden
from feedback_app.web.identity import actor

AUDIENCE_OF: dict[str | None, Audience | None] = {
    "portal": None,  # everybody
    "intake": None,
    "follow": None,
    "statistics": None,
    "styleguide": None,
    "enterprise": Audience.ENTERPRISE,
    "officer": Audience.OFFICER,
    "inspectorate": Audience.INSPECTORATE,
    "leadership": Audience.LEADERSHIP,
    "admin": Audience.ADMIN,
}
READ_ONLY_FUNCTIONS = frozenset({Function.AUDITOR})


def init_app(app: Flask) -> None:
    app.before_request(_check)


def _check() -> Response | None:
    if request.endpoint is None or request.endpoint == "static":
        return None  # no such page, or a public file
    if request.blueprint not in AUDIENCE_OF:
        abort(404)
    audience = AUDIENCE_OF[request.blueprint]
    if audience is None:
        return None
    if not current_user.is_authenticated:
        return redirect(url_for("portal.sign_in", next=request.full_path if request.method == "GET" else None))
    if audience not in actor().audiences():
        raise Forbidden
    if request.method not in {"GET", "HEAD"} and actor().functions() <= READ_ONLY_FUNCTIONS:
        raise Forbidden
    return None

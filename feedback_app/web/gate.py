"""Which pages are for whom: one table, denied by default."""

from enum import Enum

from flask import Flask, abort, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from feedback_app.accounts.actor import AUDIENCES, Audience, Function
from feedback_app.core.errors import Forbidden
from feedback_app.web.identity import actor, require_known


class Anybody(Enum):
    """Pages that are for people with an account, whatever they do here."""

    SIGNED_IN = "signed_in"


AUDIENCE_OF: dict[str | None, Audience | Anybody | None] = {
    "portal": None,  # everybody
    "intake": None,
    "follow": None,
    "pulses": None,  # whoever bears an invitation; results for everybody
    "statistics": None,
    "opendata": None,
    "library": None,
    "publishing": Audience.OFFICER,
    "dialogues": None,
    "styleguide": None,
    "inbox": Anybody.SIGNED_IN,
    "meetings": Anybody.SIGNED_IN,  # officers and the leadership: its own door says who
    "reports": Anybody.SIGNED_IN,  # officers and leaders: its own door says who
    "enterprise": Audience.ENTERPRISE,
    "officer": Audience.OFFICER,
    "wordings": Audience.OFFICER,
    "beyond": Audience.OFFICER,
    "coordinating": Audience.OFFICER,
    "pulse_register": Audience.OFFICER,  # its own door: the focal point, unless it answers for an agency too
    "programme": Audience.OFFICER,
    "monitor": Anybody.SIGNED_IN,  # its own door says whose agency
    "reconciliation": Audience.OFFICER,
    "inspections": Audience.OFFICER,  # the calendar: its own door says which officers
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
    require_known()
    if not current_user.is_authenticated:
        return redirect(
            url_for("portal.sign_in", next=request.full_path if request.method == "GET" else None)
        )
    if isinstance(audience, Audience):
        _require(audience)
    return None


def _require(audience: Audience) -> None:
    """Refuse a person none of whose functions opens these pages, or opens them for writing."""
    opening = {function for function in actor().functions() if audience in AUDIENCES[function]}
    if not opening:
        raise Forbidden
    if request.method not in {"GET", "HEAD"} and opening <= READ_ONLY_FUNCTIONS:
        raise Forbidden

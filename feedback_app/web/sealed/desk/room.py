"""The inspectors' room: who is in it, and what every request to it must bring."""

import hmac
from datetime import date
from typing import Any, TypeAlias

from flask import Blueprint, g, render_template, request
from werkzeug.wrappers import Response

from feedback_app.confidential.context import vault
from feedback_app.confidential.errors import NotFound
from feedback_app.confidential.sessions import Unlocked
from feedback_app.core import clock
from feedback_app.web.sealed.desk.kept import typed
from feedback_app.web.sealed.headers import cookie_name

desk = Blueprint("desk", __name__)

Page: TypeAlias = str | Response | tuple[str, int]
OPEN_TO_ALL = {"desk.unlock"}


def here() -> Unlocked:
    """Return the inspector who has unlocked."""
    unlocked: Unlocked = g.unlocked
    return unlocked


def today() -> date:
    """Return the local date of this request; services keep only its Monday."""
    return clock.local_date(clock.now())


@desk.before_request
def _let_in() -> Page | None:
    """Let nobody pass who has not unlocked, and no form that was not made for this session."""
    if request.endpoint in OPEN_TO_ALL:
        return None
    unlocked = vault().sessions.of(request.cookies.get(cookie_name()))
    if unlocked is None:
        return locked()
    if request.method == "POST" and not _of_this_session(unlocked):
        raise NotFound
    g.unlocked = unlocked
    return None


def locked() -> Page:
    """Return the page for whoever is not, or no longer, inside; what was being typed is given back."""
    kept = typed(request.form) if request.method == "POST" else []
    return render_template("sealed/desk/locked.html", kept=kept), 403


def _of_this_session(unlocked: Unlocked) -> bool:
    given = request.form.get("csrf", "").encode()
    return hmac.compare_digest(given, unlocked.csrf.encode())


@desk.context_processor
def _for_templates() -> dict[str, Any]:
    unlocked = g.get("unlocked")
    return {"seat": unlocked.seat if unlocked else None, "csrf": unlocked.csrf if unlocked else ""}

"""Coming in with the passphrase, and leaving."""

import hashlib
from typing import Any

from flask import make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms import SelectChoice

from feedback_app.confidential import store
from feedback_app.confidential.context import vault
from feedback_app.confidential.errors import Busy, IntakeClosed, Wait, WrongPassphrase
from feedback_app.confidential.questions import shipped
from feedback_app.confidential.services import opening
from feedback_app.core.i18n import language
from feedback_app.web.sealed.desk.forms import UnlockForm
from feedback_app.web.sealed.desk.room import Page, desk, here, today
from feedback_app.web.sealed.headers import cookie_name, give_cookie, take_cookie

BUSY_SECONDS = 20


@desk.route("/mo-khoa", methods=["GET", "POST"])
def unlock() -> Page:
    form = UnlockForm(request.form if request.method == "POST" else None)
    bodies = [(body.code, body.name.in_language(language())) for body in shipped().hosted()]
    form.body.choices = [SelectChoice(code, name) for code, name in bodies]
    if request.method == "GET":
        form.body.data = bodies[0][0]
        return _ask(form)
    if not form.validate():
        return _ask(form), 422
    try:
        return _come_in(form)
    except (WrongPassphrase, IntakeClosed) as error:
        return _ask(form, refused=type(error).__name__), error.status
    except Busy:
        return wait(BUSY_SECONDS)
    except Wait as error:
        return wait(error.seconds, error.ticket)


def _come_in(form: Any) -> Response:
    """Derive the key and start a session; tries are counted by seat and in all, not by address."""
    body, name = form.body.data, form.name.data
    who = hashlib.sha256(f"{body}\0{name.casefold()}".encode()).digest()
    vault().gates.admit("unlock", lookup=who, ticket=request.form.get("ticket"))
    unlocked = opening.derive(store.session(), body, name, form.passphrase.data)
    with store.unit_of_work() as session:
        opening.came_in(session, unlocked, on=today())
    return give_cookie(redirect(url_for("desk.queue")), vault().sessions.start(unlocked))


def _ask(form: UnlockForm, refused: str = "") -> str:
    return render_template(
        "sealed/desk/unlock.html", form=form, ticket=request.values.get("ticket", ""), refused=refused
    )


def wait(seconds: int, ticket: str = "") -> Page:
    """Return the page that says when to come back; who brings the ticket then goes first."""
    page = render_template("sealed/desk/wait.html", seconds=seconds, ticket=ticket)
    response = make_response(page, Wait.status)
    response.headers["Retry-After"] = str(seconds)
    return response


@desk.post("/khoa")
def lock() -> Response:
    """Forget the keys at once."""
    with store.unit_of_work() as session:
        opening.lock(session, here(), on=today())
    vault().sessions.end(request.cookies.get(cookie_name()))
    return take_cookie(redirect(url_for("desk.unlock")))

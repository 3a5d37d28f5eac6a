"""How every act is asked for, done, and refused without losing a word of what was typed."""

from functools import partial
from typing import Any

from flask import redirect, render_template, request, url_for
from wtforms import Form

from feedback_app.confidential import store
from feedback_app.confidential.errors import Conflict, NotFound, VaultError
from feedback_app.confidential.services import opening
from feedback_app.web.sealed.desk.acts import ACTS, FULL, Act
from feedback_app.web.sealed.desk.kept import typed
from feedback_app.web.sealed.desk.room import Page, desk, here, today
from feedback_app.web.sealed.desk.seen import seen
from feedback_app.web.sealed.desk.standing import Standing, standing


def act_page(act: Act, report_id: str) -> Page:
    """Show an act's form, or do it. Whatever is not offered does not exist."""
    at = standing(here(), report_id)
    if not act.offered(at):
        return refused() if request.method == "POST" and typed(request.form) else nothing()
    form = act.form(request.form if request.method == "POST" else None)
    act.prepare(form, at)
    if request.method == "GET" or "draft" in request.form:  # a draft fills the form and does nothing
        return show(act, at, form)
    if not form.validate():
        return show(act, at, form), 422
    return _perform(act, at, form)


def _perform(act: Act, at: Standing, form: Any) -> Page:
    report_id = at.opened.row.id
    try:
        with store.unit_of_work() as session:
            unchanged(session, report_id)
            act.deed(session, here(), report_id, form, today())
    except Conflict:
        return _overtaken(act, report_id, form)
    except VaultError as error:
        said = act.complaints.get(type(error)) or FULL.get(type(error))
        if said is None:
            raise
        return show(act, at, form, complaint=said), 422
    return redirect(after(act, report_id))


def unchanged(session: Any, report_id: str) -> None:
    """Raise Conflict when the report is no longer what the form's page showed."""
    if str(opening.opened(session, here(), report_id).row.version) != request.form.get("version"):
        raise Conflict


def after(act: Act, report_id: str) -> str:
    """Return where to go then: the report, or the queue when it may be out of reach."""
    if not act.leads_away:
        return url_for("desk.report", report_id=report_id, done=act.code)
    return url_for("desk.queue", done=act.code)


def show(act: Act, at: Standing, form: Form, **extra: Any) -> str:
    return render_template("sealed/desk/act.html", act=act, at=at, form=form, view=seen(at), **extra)


def _overtaken(act: Act, report_id: str, form: Any) -> Page:
    """Show the same form on the report as it is now; what was typed stands in it."""
    session = store.session()
    session.rollback()
    session.expire_all()
    try:
        at = standing(here(), report_id)
    except VaultError:
        return refused()
    if not act.offered(at):
        return refused()
    return show(act, at, form, overtaken=True), Conflict.status


def refused() -> Page:
    """Return the page for an act that no longer fits: nothing was done, what was typed is given back."""
    return render_template("sealed/desk/refused.html", kept=typed(request.form)), Conflict.status


def nothing() -> Page:
    raise NotFound


for _act in ACTS:
    desk.add_url_rule(
        f"/bao-cao/<report_id>/{_act.path}",
        endpoint=_act.code,
        view_func=partial(act_page, _act),
        methods=["GET", "POST"],
    )

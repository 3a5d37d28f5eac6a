"""How every act is asked for, done, and refused without losing a word of what was typed."""

from collections.abc import Callable
from typing import Any, TypeAlias

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from feedback_app.core.db import db, unit_of_work
from feedback_app.core.errors import Conflict, FeedbackError, Forbidden, IllegalTransition, Invalid, NotFound
from feedback_app.tickets import queries
from feedback_app.tickets.labels import ACTS
from feedback_app.tickets.lifecycle import Act
from feedback_app.tickets.models import Ticket
from feedback_app.tickets.services.moving import require
from feedback_app.web.identity import actor
from feedback_app.web.officer.forms import ActForm
from feedback_app.web.officer.viewing import TicketView, view_of

Answered: TypeAlias = str | Response | tuple[str, int]
Deed: TypeAlias = Callable[[Any, Ticket], Any]
REFUSALS = (Conflict, Forbidden, IllegalTransition, NotFound)


def act_page(code: str, act: Act, form: ActForm, **extra: Any) -> Answered:
    """Return the page on which ``act`` is asked for.

    Raises:
        NotFound: the ticket does not exist for this reader, and nothing was typed.
    """
    try:
        ticket = queries.handled_by(db.session(), actor(), code, whole=True)
        require(actor(), act, ticket)
        view = view_of(db.session(), ticket)
        if act not in view.acts:
            raise Forbidden(act)
    except REFUSALS as error:
        return refused(code, error, form)
    if request.method == "GET":
        form.seen_version.data = ticket.version
    return render_template(f"officer/{act}.html", form=form, heading=ACTS[act], view=view, **extra)


def perform(code: str, form: ActForm, deed: Deed, said: Any, again: Callable[[], Answered]) -> Answered:
    """Do ``deed`` in a unit of work and show the ticket; ``again`` shows the form when a rule was broken."""
    try:
        with unit_of_work() as session:
            deed(session, queries.handled_by(session, actor(), code, whole=True))
    except Invalid as error:
        _mark(form, error)
        return again()
    except REFUSALS as error:
        return refused(code, error, form)
    flash(str(said), "success")
    return redirect(_next_page(code))


def refused(code: str, error: FeedbackError, form: ActForm) -> Answered:
    """Return the page that says why nothing was done, what happened meanwhile, and what was typed.

    Raises:
        NotFound: there is nothing to keep, and for this reader no such ticket.
    """
    view, kept = _seen(code), form.kept() if request.method == "POST" else []
    if view is None and not kept:
        raise NotFound
    page = render_template(
        "officer/refused.html", code=code, view=view, kept=kept, reason=why_not(error, seen=view is not None)
    )
    return page, NotFound.status if view is None else error.status


def _seen(code: str) -> TicketView | None:
    session = db.session()
    session.rollback()  # what others wrote in the meantime is what the page is about
    session.expire_all()
    try:
        return view_of(session, queries.handled_by(session, actor(), code, whole=True))
    except NotFound:
        return None


def why_not(error: FeedbackError, *, seen: bool) -> str:
    """Return in words why an act was not done; ``seen``: the person still sees the ticket."""
    if not seen:
        reason = _("Phiếu không còn ở cơ quan của Ông/Bà.")
    elif isinstance(error, Forbidden):
        reason = _("Chức năng của Ông/Bà không làm được việc này với phiếu ở trạng thái hiện nay.")
    elif isinstance(error, IllegalTransition):
        reason = _("Việc này không còn phù hợp với trạng thái hiện nay của phiếu.")
    else:
        reason = _("Có người vừa xử lý phiếu này trước Ông/Bà, nên nội dung của Ông/Bà chưa được gửi đi.")
    return str(reason)


def _mark(form: ActForm, error: Invalid) -> None:
    if error.field in form:
        form[error.field].errors = [error.message]
    else:
        form.form_errors.append(error.message)


def _next_page(code: str) -> str:
    """Return the ticket, or the queue where the person has just given the ticket away."""
    try:
        queries.handled_by(db.session(), actor(), code)
    except NotFound:
        return url_for("officer.queue")
    return url_for("officer.ticket", code=code)

"""One act on many tickets: what would be done and what not is shown first, then each is done by itself."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeAlias

from flask import abort, render_template, request
from flask import session as cookie
from flask_babel import gettext as _

from feedback_app.core import clock
from feedback_app.core.db import db, unit_of_work
from feedback_app.core.errors import Conflict, FeedbackError, Forbidden, IllegalTransition, Invalid, NotFound
from feedback_app.tickets import desk, queries
from feedback_app.tickets.labels import ACTS
from feedback_app.tickets.lifecycle import Act
from feedback_app.tickets.models import Ticket
from feedback_app.tickets.services import assigning, handling, staffing
from feedback_app.tickets.services.moving import require
from feedback_app.web.catalogue import loaded
from feedback_app.web.identity import actor
from feedback_app.web.officer import blueprint, choosing
from feedback_app.web.officer.bulk_menu import SAID, acts_for
from feedback_app.web.officer.doing import why_not
from feedback_app.web.officer.forms_desk import BulkForm

MOST = desk.PAGE
REFUSALS = (Conflict, Forbidden, IllegalTransition, Invalid, NotFound)
Deed: TypeAlias = Callable[[Any, Ticket, int], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes, or became, of one ticket; ``why`` says why nothing does."""

    code: str
    title: str
    version: int
    why: str = ""


@blueprint.route("/nhieu-phieu", methods=["GET", "POST"])
def bulk() -> str:
    act = _act()
    form = BulkForm()
    if request.method == "GET":
        return _preview(act, form, [(code, None) for code in request.args.getlist("code")[:MOST]])
    asked = [_item(text) for text in request.form.getlist("item")[:MOST]]
    _offer(form, act, [code for code, _version in asked])
    if not form.validate_on_submit() or not _complete(form, act):
        return _preview(act, form, [*asked])
    if form.once.data in cookie.get("bulk", ()):
        return _page("bulk_done", act, form, [], repeated=True)
    cookie["bulk"] = [*cookie.get("bulk", [])[-9:], form.once.data]
    done = [_do(code, version, _deed(act, form)) for code, version in asked]
    return _page("bulk_done", act, form, done)


def _preview(act: Act, form: BulkForm, asked: list[tuple[str, int | None]]) -> str:
    outcomes = [_look(code, act, version) for code, version in asked]
    _offer(form, act, [o.code for o in outcomes if not o.why])
    if request.method == "GET":
        form.once.data = secrets.token_urlsafe(12)
    return _page("bulk", act, form, outcomes)


def _page(template: str, act: Act, form: BulkForm, outcomes: list[Outcome], **extra: Any) -> str:
    return render_template(
        f"officer/{template}.html",
        act=act,
        heading=ACTS[act],
        said=SAID[act],
        form=form,
        fitting=[o for o in outcomes if not o.why],
        refused=[o for o in outcomes if o.why],
        **extra,
    )


def _look(code: str, act: Act, version: int | None) -> Outcome:
    """Return whether the act could be done now, and why not."""
    try:
        ticket = queries.handled_by(db.session(), actor(), code)
    except NotFound as error:
        return Outcome(code, "", 0, why_not(error, seen=False))
    try:
        require(actor(), act, ticket, version)
    except REFUSALS as error:
        return Outcome(code, ticket.title, ticket.version, why_not(error, seen=True))
    return Outcome(code, ticket.title, ticket.version)


def _do(code: str, version: int, deed: Deed) -> Outcome:
    """Do the deed in a unit of work of its own; what goes wrong stops no other ticket."""
    title = ""
    try:
        with unit_of_work() as session:
            ticket = queries.handled_by(session, actor(), code)
            title = ticket.title
            if ticket.version != version:
                raise Conflict
            deed(session, ticket, version)
    except REFUSALS as error:
        return Outcome(code, title, version, _why(error, seen=bool(title)))
    return Outcome(code, title, version)


def _why(error: FeedbackError, *, seen: bool) -> str:
    return error.message if isinstance(error, Invalid) else why_not(error, seen=seen)


def _deed(act: Act, form: BulkForm) -> Deed:
    deeds: dict[Act, Deed] = {
        Act.ACCEPT: _accept,
        Act.NOTE: partial(_note, form.text.data),
        Act.DELEGATE: partial(_delegate, form.person.data),
        Act.ASSIGN: partial(_assign, loaded().agency_ids.get(form.agency.data or "", 0), form.reason.data),
    }
    return deeds[act]


def _accept(session: Any, ticket: Ticket, version: int) -> None:
    handling.accept(session, ticket, by=actor(), at=clock.now(), seen_version=version)


def _note(text: str, session: Any, ticket: Ticket, _version: int) -> None:
    handling.note(session, ticket, by=actor(), text=text, at=clock.now())


def _delegate(to_id: int, session: Any, ticket: Ticket, version: int) -> None:
    staffing.delegate(session, ticket, by=actor(), to_id=to_id, at=clock.now(), seen_version=version)


def _assign(agency_id: int, reason: str, session: Any, ticket: Ticket, version: int) -> None:
    by, at = actor(), clock.now()
    assigning.assign(session, ticket, agency_id, by=by, reason=reason, at=at, seen_version=version)


def _offer(form: BulkForm, act: Act, codes: list[str]) -> None:
    """Fill in whom or which agency the tickets can be given to: who can have any of them."""
    form.person.choices, form.agency.choices = [], []
    tickets = [t for t in map(choosing.seen, codes) if t] if act in {Act.DELEGATE, Act.ASSIGN} else []
    if act is Act.DELEGATE:
        able = {u.id: u.name for t in tickets for u in queries.who_answer(db.session(), t, clock.today())}
        form.person.choices = sorted(able.items(), key=lambda person: person[1])
    if act is Act.ASSIGN:
        names = dict(pair for ticket in tickets for pair in choosing.agencies(ticket))
        form.agency.choices = [("", _("Chọn cơ quan")), *names.items()]


def _complete(form: BulkForm, act: Act) -> bool:
    """Say whether everything that the act needs was given; what is missing is marked."""
    needed = {
        Act.NOTE: [(form.text, _("Vui lòng nhập nội dung ghi chú."))],
        Act.DELEGATE: [(form.person, _("Vui lòng chọn người xử lý."))],
        Act.ASSIGN: [
            (form.agency, _("Vui lòng chọn cơ quan giải quyết.")),
            (form.reason, _("Vui lòng ghi lý do giao.")),
        ],
    }
    missing = [(field, words) for field, words in needed.get(act, []) if not str(field.data or "").strip()]
    for field, words in missing:
        field.errors = [words]
    return not missing


def _act() -> Act:
    given = request.values.get("act", "")
    if given not in [act for act, _label in acts_for(actor())]:
        abort(404)
    return Act(given)


def _item(text: str) -> tuple[str, int]:
    """Return number and version of a ticket as the preview wrote them."""
    code, _colon, version = text.partition(":")
    return code, int(version) if version.isascii() and version.isdigit() else 0

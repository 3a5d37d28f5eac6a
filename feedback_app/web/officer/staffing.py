"""People of the agency: who is away, and everything handed over when somebody leaves."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from feedback_app.accounts import absences
from feedback_app.accounts.actor import Function
from feedback_app.core import clock
from feedback_app.core.db import db, unit_of_work
from feedback_app.core.errors import Invalid
from feedback_app.tickets.policy import HANDLING
from feedback_app.tickets.services import staffing
from feedback_app.web.identity import actor
from feedback_app.web.officer import blueprint
from feedback_app.web.officer.forms_staffing import AbsenceForm, HandOverForm

BATCH = 50


@blueprint.route("/vang-mat", methods=["GET", "POST"])
def absence() -> str | Response:
    form = _absence_form()
    if form.validate_on_submit():
        try:
            with unit_of_work() as session:
                absences.record(
                    session,
                    user_id=form.person.data,
                    substitute_id=form.substitute.data,
                    first=form.first.data,
                    last=form.last.data,
                    reason=form.reason.data or "",
                    by=actor(),
                    at=clock.now(),
                )
            flash(_("Đã ghi vắng mặt. Người thay xử lý được mọi việc trong những ngày đó."), "success")
            return redirect(url_for("officer.absence"))
        except Invalid as error:
            form[error.field or "first"].errors = [error.message]
    return render_template("officer/absence.html", form=form, rows=_absences(), me=actor().user_id)


@blueprint.post("/vang-mat/<int:absence_id>/ket-thuc")
def end_absence(absence_id: int) -> Response:
    with unit_of_work() as session:
        absences.end(session, absence_id, by=actor(), at=clock.now())
    flash(_("Đã kết thúc lần vắng mặt."), "success")
    return redirect(url_for("officer.absence"))


@blueprint.route("/ban-giao", methods=["GET", "POST"])
def hand_over() -> str | Response:
    """Let the head give all that one person handles to another, in batches of their own transactions."""
    led = actor().agency_ids({Function.AGENCY_HEAD})
    if not led:
        abort(403)
    form, people = (
        HandOverForm(formdata=request.values),
        absences.colleagues(db.session(), led, clock.today()),
    )
    form.person.choices = form.to.choices = [(user.id, user.name) for user in people]
    chosen = form.person.data if form.person.data in {user.id for user in people} else None
    waiting = staffing.handled(db.session(), chosen) if chosen else ()
    if request.method == "POST" and form.validate():
        _hand_over(list(waiting), form)
        return redirect(url_for("officer.hand_over"))
    return render_template("officer/hand_over.html", form=form, chosen=chosen, count=len(waiting))


def _hand_over(waiting: list[int], form: HandOverForm) -> None:
    given: list[str] = []
    refused: list[str] = []
    for start in range(0, len(waiting), BATCH):
        with unit_of_work() as session:
            done, kept = staffing.hand_over(
                session,
                waiting[start : start + BATCH],
                from_id=form.person.data,
                to_id=form.to.data,
                by_id=actor().user_id,
                at=clock.now(),
            )
        given += done
        refused += kept
    flash(_("Đã bàn giao %(count)s phiếu.", count=len(given)), "success")
    if refused:
        flash(_("Người nhận không được xử lý: %(codes)s.", codes=", ".join(refused)), "warning")


def _absence_form() -> AbsenceForm:
    form, me = AbsenceForm(), actor()
    people = absences.colleagues(db.session(), me.agency_ids(HANDLING), clock.today())
    heads = bool(me.agency_ids({Function.AGENCY_HEAD}))
    form.person.choices = [(u.id, u.name) for u in people if heads or u.id == me.user_id]
    form.substitute.choices = [(0, _("Chọn người thay")), *((u.id, u.name) for u in people)]
    if request.method == "GET":
        form.person.data = me.user_id
    return form


def _absences() -> list[dict[str, object]]:
    me, today = actor(), clock.today()
    names = {u.id: u.name for u in absences.colleagues(db.session(), me.agency_ids(HANDLING), today)}
    heads = bool(me.agency_ids({Function.AGENCY_HEAD}))
    return [
        {
            "id": row.id,
            "who": names.get(row.user_id, ""),
            "substitute": names.get(row.substitute_id, ""),
            "first": row.valid_from,
            "last": row.valid_to,
            "mine": heads or row.user_id == me.user_id,
        }
        for row in absences.around(db.session(), me.agency_ids(HANDLING), today)
    ]

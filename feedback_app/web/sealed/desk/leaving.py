"""For leave or a change of post: everything that one inspector handles goes to a colleague, report by report."""

from flask import redirect, render_template, request, url_for

from feedback_app.confidential import store
from feedback_app.confidential.errors import VaultError
from feedback_app.confidential.roster import Role
from feedback_app.confidential.services import handing, opening
from feedback_app.confidential.services.opening import Row
from feedback_app.web.sealed.desk import forms, labels
from feedback_app.web.sealed.desk.queue import belongs
from feedback_app.web.sealed.desk.room import Page, desk, here, today


@desk.route("/ban-giao", methods=["GET", "POST"])
def hand_over_all() -> Page:
    """Hand over all that lies with this seat; what the colleague must not read stays, and is named."""
    form = forms.HandOverForm(request.form if request.method == "POST" else None)
    form.to.choices = forms.offered(
        {
            seat.id: f"{seat.name}, {seat.post}"
            for seat in here().roster.seats
            if seat.id != here().seat.id and (seat.holds(Role.HANDLER) or seat.holds(Role.HEAD))
        }
    )
    if request.method == "GET":
        return _ask(form)
    if not form.validate():
        return _ask(form), 422
    stayed = [row for row in _mine() if not _hand_over(row, form)]
    if stayed:
        return _ask(form, stayed=[labels.reported(row) for row in stayed]), 409
    return redirect(url_for("desk.queue", done="hand_over"))


def _hand_over(row: Row, form: forms.HandOverForm) -> bool:
    """Give one report away; each in a transaction of its own, so that one refusal holds up no other."""
    try:
        with store.unit_of_work() as session:
            if row.id not in here().opened:
                opening.open_report(session, here(), row.id, on=today())
            handing.hand_over(
                session, here(), row.id, form.to.data, form.reason.data, keep=form.keep.data, on=today()
            )
    except VaultError:
        return False
    return True


def _mine() -> list[Row]:
    rows = opening.queue(store.session(), here(), on=today())
    return [row for row in rows if belongs(row, "mine")]


def _ask(form: forms.HandOverForm, stayed: list[str] | None = None) -> str:
    mine = [labels.reported(row) for row in _mine()]
    return render_template("sealed/desk/hand_over_all.html", form=form, mine=mine, stayed=stayed)

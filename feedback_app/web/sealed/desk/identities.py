"""Who reports: the custodian's page, and the handler's after it was opened. Looking is an act."""

from flask import redirect, render_template, request, url_for

from feedback_app.confidential import store
from feedback_app.confidential.documents import Identity
from feedback_app.confidential.errors import NotFound
from feedback_app.confidential.roster import Role
from feedback_app.confidential.services import identifying, opening
from feedback_app.web.sealed.desk import forms, labels
from feedback_app.web.sealed.desk.doing import unchanged
from feedback_app.web.sealed.desk.room import Page, desk, here, today
from feedback_app.web.sealed.desk.seen import seen
from feedback_app.web.sealed.desk.standing import Standing, standing


@desk.get("/danh-tinh")
def identities() -> str:
    """List the reports whose identity is asked for, to custodians who may answer."""
    if not here().holds(Role.CUSTODIAN):
        raise NotFound
    own = here().seat.id
    waiting = [
        (
            report.row.id,
            labels.short(report.row.id),
            labels.week(asked.week),
            labels.seat(here().roster, asked.by),
        )
        for report in opening.readable(store.session(), here())
        for asked in report.working.identity_requests
        if asked.granted is None and own not in {asked.by, report.working.handler}
    ]
    return render_template("sealed/desk/identities.html", waiting=waiting, opened=here().opened)


@desk.route("/bao-cao/<report_id>/danh-tinh/<int:number>", methods=["GET", "POST"])
def answer_identity(report_id: str, number: int) -> Page:
    """Decide on a request: the custodian sees the reason, not yet the identity."""
    at = standing(here(), report_id)
    asked = dict(at.questions_about_identity).get(number)
    if asked is None or not at.is_open:
        raise NotFound
    form = forms.AnswerForm(request.form if request.method == "POST" else None)
    if request.method == "GET":
        return _ask(at, number, form)
    if not form.validate():
        return _ask(at, number, form), 422
    with store.unit_of_work() as session:
        unchanged(session, report_id)
        grant = form.grant.data == "yes"
        identifying.answer(session, here(), report_id, number, grant, form.reason.data, on=today())
    return redirect(url_for("desk.report", report_id=report_id, done="answer_identity"))


@desk.post("/bao-cao/<report_id>/danh-tinh/<int:number>/kiem-tra")
def check_identity(report_id: str, number: int) -> Page:
    """Show the envelope to the custodian who has to check who it is, outside this system; it goes into the log."""
    at = standing(here(), report_id)
    if number not in dict(at.questions_about_identity) or not at.is_open:
        raise NotFound
    with store.unit_of_work() as session:
        found = identifying.as_custodian(session, here(), report_id, on=today())
    return _ask(standing(here(), report_id), number, forms.AnswerForm(), found)


@desk.get("/bao-cao/<report_id>/danh-tinh")
def identity(report_id: str) -> str:
    """Show the identity to the handler for whom it was opened."""
    at = standing(here(), report_id)
    found = identifying.identity(store.session(), here(), report_id)
    return render_template("sealed/desk/identity.html", view=seen(at), identity=found)


def _ask(at: Standing, number: int, form: forms.AnswerForm, found: Identity | None = None) -> str:
    asked = at.opened.working.identity_requests[number]
    who = labels.seat(at.roster, asked.by)
    return render_template(
        "sealed/desk/answer_identity.html",
        view=seen(at), form=form, asked=asked, who=who, number=number, identity=found,
    )  # fmt: skip

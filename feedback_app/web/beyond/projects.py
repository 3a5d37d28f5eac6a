"""Project dossiers: the list, and one with its agencies, milestones, conclusions and tickets."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import DateField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from feedback_app.core import clock
from feedback_app.core.db import db, unit_of_work
from feedback_app.core.errors import Forbidden, Invalid
from feedback_app.tickets.policy import COORDINATING_OFFICES
from feedback_app.tickets.services import projects as service
from feedback_app.tickets.services.ways_up import Paper
from feedback_app.web.beyond import blueprint
from feedback_app.web.catalogue import loaded
from feedback_app.web.forms import FlaskForm
from feedback_app.web.identity import actor
from feedback_app.web.presenting import agency_name, local, status_meta

Page = str | Response


class ProjectForm(FlaskForm):
    title = StringField(
        _l("Tên dự án"), validators=[DataRequired(_l("Vui lòng ghi tên dự án.")), Length(max=300)]
    )
    summary = TextAreaField(_l("Vướng mắc chính"), validators=[Length(max=4000)])
    owner = SelectField(_l("Cơ quan chủ trì"))


class AgenciesForm(FlaskForm):
    agencies = SelectMultipleField(
        _l("Cơ quan tham gia"), widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )


class MilestoneForm(FlaskForm):
    title = StringField(
        _l("Việc phải làm"), validators=[DataRequired(_l("Vui lòng ghi việc phải làm.")), Length(max=300)]
    )
    agency = SelectField(_l("Cơ quan làm"))
    due_on = DateField(_l("Xong trước hết ngày"), validators=[InputRequired(_l("Vui lòng ghi ngày."))])


class ConclusionForm(FlaskForm):
    letter_number = StringField(
        _l("Số Thông báo kết luận"),
        validators=[InputRequired(_l("Vui lòng ghi số văn bản.")), Length(max=100)],
    )
    dated = DateField(_l("Ngày văn bản"), validators=[InputRequired(_l("Vui lòng ghi ngày văn bản."))])
    signer = StringField(
        _l("Người ký"), validators=[InputRequired(_l("Vui lòng ghi người ký.")), Length(max=200)]
    )
    text = TextAreaField(
        _l("Nội dung"), validators=[DataRequired(_l("Vui lòng ghi nội dung.")), Length(max=20_000)]
    )


@blueprint.route("/du-an", methods=["GET", "POST"])
def projects() -> Page:
    form, keeps = ProjectForm(), _keeps()
    form.owner.choices = _living()
    if form.is_submitted() and not keeps:
        raise Forbidden
    if form.validate_on_submit():
        owner_id = loaded().agency_ids[form.owner.data]
        with unit_of_work() as session:
            given: dict[str, Any] = {"title": form.title.data, "summary": form.summary.data or ""}
            code = service.create(session, **given, owner_id=owner_id, by=actor(), at=clock.now()).code
        return redirect(url_for("beyond.project", code=code))
    rows = service.listed(db.session(), actor())
    return render_template("beyond/projects.html", form=form, rows=rows, keeps=keeps, **_words())


@blueprint.get("/du-an/<code>")
def project(code: str) -> str:
    return _page(code)


@blueprint.post("/du-an/<code>/co-quan")
def project_agencies(code: str) -> Page:
    def deed(session: Any, row: Any, form: Any) -> None:
        wanted = [loaded().agency_ids[agency] for agency in form.agencies.data or ()]
        service.set_agencies(session, row, wanted, by=actor(), at=clock.now())

    return _do(code, "agencies", deed)


@blueprint.post("/du-an/<code>/moc")
def add_milestone(code: str) -> Page:
    def deed(session: Any, row: Any, form: Any) -> None:
        agency_id = loaded().agency_ids[form.agency.data]
        given: dict[str, Any] = {"title": form.title.data, "due_on": form.due_on.data, "agency_id": agency_id}
        service.add_milestone(session, row, **given, by=actor(), at=clock.now())

    return _do(code, "milestone", deed)


@blueprint.post("/du-an/<code>/moc/<int:milestone_id>/xong")
def finish_milestone(code: str, milestone_id: int) -> Response:
    with unit_of_work() as session:
        row = service.one(session, actor(), code).project
        service.finish(session, row, milestone_id, note="", by=actor(), at=clock.now())
    return redirect(url_for("beyond.project", code=code))


@blueprint.post("/du-an/<code>/ket-luan")
def add_conclusion(code: str) -> Page:
    def deed(session: Any, row: Any, form: Any) -> None:
        paper = Paper(
            number=form.letter_number.data,
            dated=form.dated.data,
            signer=form.signer.data,
            text=form.text.data,
        )
        service.conclude(session, row, paper, by=actor(), at=clock.now())

    return _do(code, "conclusion", deed)


def _do(code: str, name: str, deed: Any) -> Page:
    """Do the deed of one of the page's forms; the page again where the form is not right."""
    service.one(db.session(), actor(), code)
    if not _keeps():
        raise Forbidden
    form = _forms()[name]
    if not form.validate_on_submit():
        return _page(code, **{name: form})
    try:
        with unit_of_work() as session:
            deed(session, service.one(session, actor(), code).project, form)
    except Invalid as error:
        form.form_errors.append(error.message)
        return _page(code, **{name: form})
    flash(_("Đã ghi vào hồ sơ dự án."), "success")
    return redirect(url_for("beyond.project", code=code))


def _page(code: str, **forms: Any) -> str:
    found = service.one(db.session(), actor(), code)
    shown = _forms() | forms
    if not forms:
        shown["agencies"].agencies.data = [loaded().agency_codes[agency_id] for agency_id in found.agencies]
    tickets = [(t, status_meta(t.status)) for t in service.tickets_of(db.session(), actor(), found.project)]
    may = {m.id: m.done_on is None and service.may_finish(actor(), m) for m in found.milestones}
    refused = next(iter(forms.values()), None)
    return render_template(
        "beyond/project.html",
        found=found,
        forms=shown,
        refused=refused,
        tickets=tickets,
        may=may,
        keeps=_keeps(),
        **_words(),
    )


def _forms() -> dict[str, Any]:
    """Return the forms of the page, each with ids of its own."""
    kinds = {"agencies": AgenciesForm, "milestone": MilestoneForm, "conclusion": ConclusionForm}
    forms: dict[str, Any] = {name: kind(prefix=name) for name, kind in kinds.items()}
    forms["agencies"].agencies.choices = forms["milestone"].agency.choices = _living()
    return forms


def _keeps() -> bool:
    return actor().holds(*COORDINATING_OFFICES)


def _living() -> list[tuple[str, str]]:
    return [(agency.code, local(agency.name)) for agency in loaded().directory.active(clock.today())]


def _words() -> dict[str, Any]:
    return {"agency_name": lambda agency_id: agency_name(loaded(), agency_id), "today": clock.today()}

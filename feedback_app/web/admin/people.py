"""People and the functions they hold."""

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import DateField, EmailField, SelectField, StringField
from wtforms.validators import DataRequired, Length

from feedback_app.accounts import administration, services
from feedback_app.accounts.actor import Function
from feedback_app.core import clock
from feedback_app.core.db import db, unit_of_work
from feedback_app.core.errors import Invalid
from feedback_app.tickets.services import staffing
from feedback_app.web.admin import blueprint
from feedback_app.web.catalogue import loaded
from feedback_app.web.forms import FlaskForm
from feedback_app.web.identity import actor
from feedback_app.web.navigation import FUNCTIONS
from feedback_app.web.numbers import number
from feedback_app.web.presenting import agency_name, local

SIZE = 50


class InviteForm(FlaskForm):
    name = StringField(
        _l("Họ và tên"), validators=[DataRequired(_l("Vui lòng nhập họ và tên.")), Length(max=200)]
    )
    email = EmailField(
        _l("Thư điện tử"), validators=[DataRequired(_l("Vui lòng nhập thư điện tử.")), Length(max=200)]
    )
    function = SelectField(_l("Chức năng"))
    agency = SelectField(
        _l("Cơ quan"), description=_l("Bỏ trống với quản trị viên, kiểm soát viên, lãnh đạo tỉnh")
    )


class LastDayForm(FlaskForm):
    last_day = DateField(_l("Ngày cuối giữ chức năng"), validators=[DataRequired(_l("Vui lòng chọn ngày."))])


@blueprint.get("/nguoi-dung")
def people() -> str:
    words = request.args.get("q", "").strip()[:100]
    found = administration.staff(
        db.session(), words=words, after=number(request.args, "after") or 0, size=SIZE + 1
    )
    return render_template(
        "admin/people.html",
        people=found[:SIZE],
        next_after=found[SIZE - 1].id if len(found) > SIZE else None,
        invitations=administration.open_invitations(db.session(), clock.now()),
        words=words,
        **_words(),
    )


@blueprint.route("/nguoi-dung/moi", methods=["GET", "POST"])
def invite() -> str | Response:
    form = _invite_form()
    link = None
    if form.validate_on_submit():
        try:
            link = _invited(form)
        except Invalid as error:
            form.agency.errors = [error.message]
    return render_template("admin/invite.html", form=form, link=link)


@blueprint.route("/nguoi-dung/chuc-nang/<int:held_id>", methods=["GET", "POST"])
def end_function(held_id: int) -> str | Response:
    row = administration.held(db.session(), held_id)
    form = LastDayForm(last_day=clock.today())
    if form.validate_on_submit():
        try:
            with unit_of_work() as session:
                administration.end_function(
                    session, row, last_day=form.last_day.data, by=actor(), at=clock.now()
                )
            flash(_("Đã ghi ngày cuối giữ chức năng."), "success")
            return redirect(url_for("admin.people"))
        except Invalid as error:
            form.last_day.errors = [error.message]
            row = administration.held(db.session(), held_id)  # the refused change took it out of the session
    return render_template("admin/end_function.html", row=row, form=form, **_words())


@blueprint.route("/nguoi-dung/<int:user_id>/khoa", methods=["GET", "POST"])
def disable(user_id: int) -> str | Response:
    person = administration.person(db.session(), user_id)
    left = staffing.handled(db.session(), user_id)
    if request.method == "GET":
        return render_template("admin/disable.html", person=person, left=len(left))
    with unit_of_work() as session:
        administration.disable(session, person, by=actor(), at=clock.now())
        staffing.release(session, left, from_id=user_id, by_id=actor().user_id, at=clock.now())
    flash(_("Đã khóa tài khoản của %(name)s và kết thúc mọi phiên đăng nhập.", name=person.name), "success")
    return redirect(url_for("admin.people"))


@blueprint.post("/nguoi-dung/<int:user_id>/mo")
def enable(user_id: int) -> Response:
    person = administration.person(db.session(), user_id)
    with unit_of_work() as session:
        administration.enable(session, person, by=actor(), at=clock.now())
    flash(_("Đã mở lại tài khoản của %(name)s.", name=person.name), "success")
    return redirect(url_for("admin.people"))


def _invite_form() -> InviteForm:
    form = InviteForm()
    form.function.choices = [
        (str(f), label) for f, label in FUNCTIONS.items() if f is not Function.ENTERPRISE
    ]
    agencies = loaded().directory.active(clock.today())
    form.agency.choices = [("", "–"), *((agency.code, local(agency.name)) for agency in agencies)]
    return form


def _invited(form: InviteForm) -> str:
    """Return the link of the invitation, which is shown once and stored nowhere."""
    code = form.agency.data
    with unit_of_work() as session:
        secret = services.invite(
            session,
            email=form.email.data,
            name=form.name.data,
            function=Function(form.function.data),
            agency_id=loaded().agency_ids[code] if code else None,
            at=clock.now(),
            by_id=actor().user_id,
        )
    return f"{current_app.config['BASE_URL'].rstrip('/')}{url_for('portal.invitation', code=secret)}"


def _words() -> dict[str, object]:
    return {
        "agency_of": lambda agency_id: agency_name(loaded(), agency_id),
        "function_name": lambda code: FUNCTIONS[Function(code)],
        "state_of": administration.state_of,
        "me": actor().user_id,
    }

"""Signing in and out."""

from http import HTTPStatus

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user, login_user, logout_user
from werkzeug.wrappers import Response
from wtforms import EmailField, PasswordField
from wtforms.validators import DataRequired, Length

from feedback_app.accounts import sign_in as accounts
from feedback_app.accounts.actor import Actor, Audience
from feedback_app.core import clock
from feedback_app.core.db import db, unit_of_work
from feedback_app.core.limits import limiter, visitor
from feedback_app.core.security import keyed_hash
from feedback_app.web.forms import FlaskForm
from feedback_app.web.identity import SignedIn, forget
from feedback_app.web.portal import blueprint
from feedback_app.web.safe import local_target

HOME = {
    Audience.OFFICER: "officer.queue",
    Audience.LEADERSHIP: "leadership.index",
    Audience.ADMIN: "admin.index",
    Audience.ENTERPRISE: "enterprise.index",
}


class SignInForm(FlaskForm):
    email = EmailField(
        _l("Thư điện tử"), validators=[DataRequired(_l("Vui lòng nhập thư điện tử.")), Length(max=200)]
    )
    password = PasswordField(
        _l("Mật khẩu"), validators=[DataRequired(_l("Vui lòng nhập mật khẩu.")), Length(max=200)]
    )


def attempted() -> str:
    """Return the pseudonym of the account tried and the network it is tried from."""
    email = request.form.get("email", "").strip().lower()
    return keyed_hash(f"{email} {visitor()}", "sign-in attempts")


def was_wrong(response: Response) -> bool:
    return response.status_code != HTTPStatus.FOUND


@blueprint.route("/dang-nhap", methods=["GET", "POST"])
@limiter.limit("60 per hour", methods=["POST"])
@limiter.limit("5 per 15 minutes", methods=["POST"], key_func=attempted, deduct_when=was_wrong)
def sign_in() -> str | Response:
    form = SignInForm()
    if form.validate_on_submit():
        user = accounts.verified_user(db.session(), form.email.data, form.password.data)
        if user is not None:
            with unit_of_work() as session:
                hours = current_app.extensions["settings"].session_hours
                sid = accounts.open_session(session, user, hours=hours, at=clock.now())
            return _enter(sid)
        form.password.errors = [_("Thư điện tử hoặc mật khẩu không đúng.")]
    return render_template("portal/sign_in.html", form=form)


@blueprint.post("/dang-xuat")
def sign_out() -> Response:
    if current_user.is_authenticated:
        with unit_of_work() as session:
            accounts.close_session(session, current_user.get_id(), at=clock.now())
    logout_user()
    forget()
    flash(_("Ông/Bà đã đăng xuất."), "success")
    return redirect(url_for("portal.index"))


def _enter(sid: str) -> Response:
    user = accounts.user_of(db.session(), sid, clock.now())
    if user is None:
        raise RuntimeError("a session that was just opened does not exist")
    person = SignedIn(sid, user)
    login_user(person)
    return redirect(local_target(request.args.get("next"), home(person.actor)))


def home(actor: Actor) -> str:
    """Return the page that a person starts from."""
    audiences = actor.audiences()
    return next(
        (url_for(page) for audience, page in HOME.items() if audience in audiences), url_for("portal.index")
    )

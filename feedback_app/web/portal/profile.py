"""One's own account, whatever one's function: name, language, password, ending every sign-in."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user, logout_user
from werkzeug.wrappers import Response
from wtforms import PasswordField, RadioField, StringField, TelField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length

from feedback_app.accounts import profile as accounts
from feedback_app.accounts import sign_in
from feedback_app.accounts.actor import Audience, Function
from feedback_app.core import clock, i18n
from feedback_app.core.db import db, unit_of_work
from feedback_app.core.limits import limiter
from feedback_app.web.forms import FlaskForm
from feedback_app.web.identity import account, actor, forget
from feedback_app.web.passwords import new_password, once_more
from feedback_app.web.portal import blueprint
from feedback_app.web.portal.sign_up import said, stripped
from feedback_app.web.portal.wishes import wishes_form


class ProfileForm(FlaskForm):
    name = StringField(
        _l("Họ và tên"),
        filters=[stripped],
        validators=[said(_l("Vui lòng nhập họ và tên.")), Length(max=200)],
    )
    phone = TelField(_l("Điện thoại"), filters=[stripped], validators=[Length(max=30)])
    identifier = StringField(_l("Mã số thuế"), filters=[stripped], validators=[Length(max=30)])
    locale = RadioField(
        _l("Ngôn ngữ"),
        choices=[SelectChoice("vi", "Tiếng Việt"), SelectChoice("en", "English")],
        default="vi",
    )


class PasswordForm(FlaskForm):
    current = PasswordField(
        _l("Mật khẩu hiện nay"), validators=[InputRequired(_l("Vui lòng nhập mật khẩu hiện nay."))]
    )
    password = new_password()
    again = once_more()


@blueprint.route("/tai-khoan", methods=["GET", "POST"])
def profile() -> str | Response:
    if not current_user.is_authenticated:
        return redirect(url_for("portal.sign_in", next=url_for("portal.profile")))
    user = account()
    form = ProfileForm(obj=user, data={"identifier": user.enterprise.identifier if user.enterprise else ""})
    if not form.validate_on_submit():
        return render_template(
            "portal/profile.html", form=form, user=user, wishes=wishes_form(), at_work=_at_work()
        )
    with unit_of_work() as session:
        accounts.update(session, user.id, _given(form))
    i18n.choose(form.locale.data)
    flash(_("Đã lưu thông tin tài khoản."), "success")
    return redirect(url_for("portal.profile"))


@blueprint.route("/tai-khoan/mat-khau", methods=["GET", "POST"])
@limiter.limit("10 per hour", methods=["POST"])
def change_password() -> str | Response:
    if not current_user.is_authenticated:
        return redirect(url_for("portal.sign_in", next=url_for("portal.change_password")))
    form = PasswordForm()
    if not form.validate_on_submit():
        return render_template("portal/change_password.html", form=form)
    user = account()
    if sign_in.verified_user(db.session(), user.email, form.current.data) is None:
        form.current.errors = [_("Mật khẩu hiện nay không đúng.")]
        return render_template("portal/change_password.html", form=form)
    with unit_of_work() as session:
        accounts.change_password(session, user.id, form.password.data, at=clock.now())
    return leave(_("Đã đổi mật khẩu. Mời Ông/Bà đăng nhập lại."))


@blueprint.post("/tai-khoan/dang-xuat-moi-noi")
def sign_out_everywhere() -> Response:
    if current_user.is_authenticated:
        with unit_of_work() as session:
            accounts.close_all_sessions(session, account().id, at=clock.now())
    return leave(_("Đã đăng xuất khỏi mọi thiết bị."))


def _given(form: ProfileForm) -> accounts.Profile:
    return accounts.Profile(
        name=form.name.data,
        phone=form.phone.data,
        locale=form.locale.data,
        identifier=form.identifier.data,
    )


def leave(message: str) -> Response:
    """End the sign-in of this browser and lead to the page that begins a new one."""
    logout_user()
    forget()
    flash(message, "success")
    return redirect(url_for("portal.sign_in"))


def _at_work() -> dict[str, bool] | None:
    """Return what the pages about colleagues offer this person; ``None`` for whoever handles no tickets."""
    if Audience.OFFICER not in actor().audiences():
        return None
    return {"heads": actor().holds(Function.AGENCY_HEAD)}

"""By a link in one's mailbox: a new password for whoever forgot the old one, the confirmation of the address.

Looking at such a page uses nothing up: programs that inspect mails follow the links in them.
"""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms import EmailField
from wtforms.validators import Length, Regexp

from feedback_app.accounts import links, mailbox
from feedback_app.accounts.links import Purpose
from feedback_app.core import clock
from feedback_app.core.db import db, unit_of_work
from feedback_app.core.limits import limiter
from feedback_app.web.forms import FlaskForm
from feedback_app.web.identity import account
from feedback_app.web.passwords import NewPasswordForm
from feedback_app.web.portal import blueprint
from feedback_app.web.portal.profile import leave
from feedback_app.web.portal.sign_up import ADDRESS, said, stripped


class ForgottenForm(FlaskForm):
    email = EmailField(
        _l("Thư điện tử dùng để đăng nhập"),
        filters=[stripped],
        validators=[
            said(_l("Vui lòng nhập thư điện tử.")),
            Regexp(ADDRESS, message=_l("Thư điện tử chưa đúng, ví dụ đúng: ten@congty.vn")),
            Length(max=200),
        ],
    )


@blueprint.route("/quen-mat-khau", methods=["GET", "POST"])
@limiter.limit("5 per minute; 10 per hour", methods=["POST"])
def forgotten() -> str | Response:
    """Let a link go to the address; the answer is the same whether it has an account or not."""
    form = ForgottenForm()
    if not form.validate_on_submit():
        return render_template("portal/forgotten.html", form=form)
    with unit_of_work() as session:
        mailbox.ask_for_reset(session, form.email.data, at=clock.now())
    return redirect(url_for("portal.link_sent"))


@blueprint.get("/quen-mat-khau/da-gui")
def link_sent() -> str:
    return render_template("portal/link_sent.html")


@blueprint.route("/dat-lai-mat-khau/<token>", methods=["GET", "POST"])
@limiter.limit("20 per minute")
def reset(token: str) -> str | Response:
    user = links.owner(db.session(), token, Purpose.RESET, at=clock.now())
    form = NewPasswordForm()
    if not form.validate_on_submit():
        return render_template("portal/reset.html", form=form, user=user)
    with unit_of_work() as session:
        mailbox.reset(session, token, form.password.data, at=clock.now())
    return leave(_("Đã đặt mật khẩu mới. Mời Ông/Bà đăng nhập."))


@blueprint.route("/xac-nhan-thu/<token>", methods=["GET", "POST"])
@limiter.limit("20 per minute")
def confirm(token: str) -> str | Response:
    user = links.owner(db.session(), token, Purpose.CONFIRM, at=clock.now())
    form = FlaskForm()
    if not form.validate_on_submit():
        return render_template("portal/confirm.html", user=user)
    with unit_of_work() as session:
        mailbox.confirm(session, token, at=clock.now())
    flash(_("Đã xác nhận địa chỉ thư điện tử."), "success")
    return redirect(url_for("portal.profile"))


@blueprint.post("/tai-khoan/xac-nhan-thu")
@limiter.limit("5 per hour")
def ask_for_confirmation() -> Response:
    if not current_user.is_authenticated:
        return redirect(url_for("portal.sign_in", next=url_for("portal.profile")))
    with unit_of_work() as session:
        mailbox.ask_for_confirmation(session, account())
    flash(_("Thư xác nhận đang được gửi, vui lòng xem hộp thư."), "success")
    return redirect(url_for("portal.profile"))

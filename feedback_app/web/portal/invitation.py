"""Whoever holds an invitation sets the password and can sign in."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from feedback_app.accounts import services
from feedback_app.accounts.actor import Function
from feedback_app.core import clock
from feedback_app.core.db import db, unit_of_work
from feedback_app.core.limits import limiter
from feedback_app.web.catalogue import loaded
from feedback_app.web.navigation import FUNCTIONS
from feedback_app.web.passwords import NewPasswordForm
from feedback_app.web.portal import blueprint
from feedback_app.web.presenting import agency_name


@blueprint.route("/loi-moi/<code>", methods=["GET", "POST"])
@limiter.limit("20 per minute")
def invitation(code: str) -> str | Response:
    invited = services.invitation_for(db.session(), code, clock.now())
    form = NewPasswordForm()
    if form.validate_on_submit():
        with unit_of_work() as session:
            services.accept_invitation(session, code, form.password.data, at=clock.now())
        flash(_("Đã đặt mật khẩu. Mời Ông/Bà đăng nhập."), "success")
        return redirect(url_for("portal.sign_in"))
    return render_template(
        "portal/invitation.html",
        form=form,
        invited=invited,
        function=FUNCTIONS[Function(invited.function)],
        agency=agency_name(loaded(), invited.agency_id),
    )

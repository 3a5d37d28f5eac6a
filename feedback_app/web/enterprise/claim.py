"""A ticket filed as a guest joins the account of whoever has its tracking code."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from feedback_app.core import clock
from feedback_app.core.db import unit_of_work
from feedback_app.core.errors import NotFound
from feedback_app.core.limits import limiter
from feedback_app.core.security import normalised
from feedback_app.intake.codes import tracking_hash
from feedback_app.tickets.policy import Owner
from feedback_app.tickets.services import claiming
from feedback_app.web.enterprise import blueprint
from feedback_app.web.enterprise.access import enterprise_id
from feedback_app.web.identity import actor


@blueprint.route("/them-phieu", methods=["GET", "POST"])
@limiter.limit("10 per minute; 60 per hour", methods=["POST"])
def claim() -> str | Response:
    typed = request.form.get("code", "")[:100]
    if request.method == "GET":
        return render_template("enterprise/claim.html", code="", error=None)
    owner = Owner(user_id=actor().user_id, enterprise_id=enterprise_id())
    try:
        with unit_of_work() as session:
            code = claiming.claim(session, tracking_hash(normalised(typed)), by=owner, at=clock.now())
    except NotFound:
        error = _("Không có phiếu nào mang mã này, hoặc phiếu đã thuộc một tài khoản khác.")
        return render_template("enterprise/claim.html", code=typed, error=error)
    flash(_("Đã thêm phiếu %(code)s vào tài khoản.", code=code), "success")
    return redirect(url_for("enterprise.ticket", code=code))

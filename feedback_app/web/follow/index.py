"""The door of a guest: the tracking code, typed into a form and never part of an address."""

import re

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from feedback_app.core.db import db
from feedback_app.core.limits import limiter
from feedback_app.core.security import normalised
from feedback_app.intake.codes import CODE_LENGTH, tracking_hash
from feedback_app.tickets import queries
from feedback_app.web.follow import access, blueprint

NUMBER = re.compile(r"\s*[A-Za-z]{2}\W*20\d{2}\W*\d{1,6}\s*")


@blueprint.route("", methods=["GET", "POST"])
@limiter.limit("10 per minute; 60 per hour", methods=["POST"])
def index() -> str | Response:
    if request.method == "GET":
        return render_template("follow/index.html", code="", error=None)
    typed = request.form.get("code", "")[:100]
    key = tracking_hash(normalised(typed))
    ticket = queries.tracked(db.session(), key)
    if ticket is None:
        return render_template("follow/index.html", code=typed, error=_advice(typed))
    access.grant(ticket.code, key)
    return redirect(url_for("follow.ticket", code=ticket.code))


def _advice(typed: str) -> str:
    """Return what to do about a code that opens nothing, from its shape alone."""
    given = len(normalised(typed))
    if not given:
        return _("Vui lòng nhập mã theo dõi ghi trên giấy tiếp nhận.")
    if NUMBER.fullmatch(typed):
        return _(
            "Đây là số phiếu. Mã theo dõi là dãy %(length)s chữ và số in riêng trên giấy tiếp nhận.",
            length=CODE_LENGTH,
        )
    if given != CODE_LENGTH:
        return _(
            "Mã theo dõi có %(length)s chữ và số; Quý doanh nghiệp đã nhập %(given)s.",
            length=CODE_LENGTH,
            given=given,
        )
    return _("Không có phiếu nào mang mã này. Vui lòng so lại từng nhóm với giấy tiếp nhận.")

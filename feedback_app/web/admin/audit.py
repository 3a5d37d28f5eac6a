"""The audit log, newest first, and whether its chain holds."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from feedback_app.core import audit as log
from feedback_app.core.db import db
from feedback_app.web.admin import blueprint
from feedback_app.web.numbers import number

SIZE = 50


@blueprint.get("/nhat-ky")
def audit() -> str:
    subject = request.args.get("subject", "").strip()[:100]
    before = number(request.args, "before")
    found = log.newest(db.session(), subject=subject, before=before, size=SIZE + 1)
    older = found[SIZE - 1].id if len(found) > SIZE else None
    return render_template(
        "admin/audit.html", entries=found[:SIZE], subject=subject, older=older, first=before is None
    )


@blueprint.get("/nhat-ky/kiem-tra")
def verify() -> Response:
    """Walk the whole chain; reading changes nothing, so an auditor may ask too."""
    position = log.first_break(db.session())
    if position is None:
        flash(_("Chuỗi nhật ký nguyên vẹn."), "success")
    else:
        flash(_("Chuỗi nhật ký bị đứt tại vị trí %(position)s.", position=position), "error")
    return redirect(url_for("admin.audit"))

"""Where filing starts, is taken up again, or is given up."""

from flask import current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from feedback_app.core.db import unit_of_work
from feedback_app.core.limits import limiter
from feedback_app.intake.services import attaching, drafts
from feedback_app.web.intake import blueprint, cookies
from feedback_app.web.intake import desk as desks
from feedback_app.web.intake.kinds import is_sensitive
from feedback_app.web.intake.step import TITLES, unanswered


@blueprint.get("/")
def start() -> str:
    """Say what will be asked; offer the draft that was begun, and the short way by letter."""
    desk = desks.find()
    begun = desk is not None and not desk.away and bool(desk.content.kind)
    return render_template(
        "intake/start.html",
        begun=begun,
        steps=TITLES.values(),
        staff=desks.is_staff(),
        draft_days=current_app.extensions["settings"].draft_days,
    )


@blueprint.get("/nhung-nhieu")
def informal() -> str:
    """Say plainly who reads an open informal-cost report before it is begun."""
    return render_template("intake/informal.html")


@blueprint.get("/soan-tiep")
def resume() -> Response:
    """Go to the first step that is not answered yet."""
    desk = desks.find()
    if desk is None:
        return redirect(url_for("intake.start"))
    step = unanswered(desk.content, sensitive=is_sensitive(desk.content.kind))
    return redirect(url_for(f"intake.{step or 'check'}"))


@blueprint.post("/xoa-nhap")
@limiter.limit("60 per hour")
def discard() -> Response:
    """Delete the draft with its files."""
    secret = cookies.draft()
    if secret is not None:
        with unit_of_work() as session:
            drafts.discard(session, secret)
        attaching.clear(secret)
    flash(_("Đã xóa phiếu đang soạn."), "success")
    return cookies.drop_draft(redirect(url_for("intake.start")))

"""The morning brief: the newest, an older one as of its time, and speaking up on a line."""

from datetime import date

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from feedback_app.briefing import queries
from feedback_app.briefing.models import Brief
from feedback_app.briefing.rules import Deed
from feedback_app.briefing.services import speaking
from feedback_app.core import clock
from feedback_app.core.db import db, unit_of_work
from feedback_app.web.catalogue import loaded
from feedback_app.web.identity import actor
from feedback_app.web.leadership import blueprint
from feedback_app.web.leadership.brief_lines import Reading

PATH = "/ban-tin"


@blueprint.get(PATH)
def brief() -> str:
    return _page(queries.brief(db.session()))


@blueprint.get(f"{PATH}/<day>")
def brief_of(day: str) -> str:
    return _page(_found(day))


@blueprint.post(f"{PATH}/<day>/<subject>/<deed>")
def say(day: str, subject: str, deed: str) -> Response:
    """Say something to a line. Raises NotFound, Forbidden, Conflict as ``speaking.say``."""
    if deed not in set(Deed):
        abort(404)
    with unit_of_work() as session:
        new = speaking.say(session, _found(day), subject, Deed(deed), by=actor(), at=clock.now())
    if new:
        flash(_("Đã ghi và chuyển ý kiến đến nơi phải làm."), "success")
    else:
        flash(_("Hôm nay đã có ý kiến này rồi; không gửi lại."), "info")
    return redirect(url_for("leadership.brief_of", day=day))


def _found(day: str) -> Brief:
    """Return the brief of that day; ends in 404 where there is none."""
    try:
        found = queries.brief(db.session(), date.fromisoformat(day))
    except ValueError:
        found = None
    return found or abort(404)


def _page(brief_: Brief | None) -> str:
    today = clock.today()
    return render_template(
        "leadership/brief.html",
        brief=brief_,
        lines=Reading(brief_, actor(), loaded(), today).lines() if brief_ else None,
        is_today=brief_ is not None and brief_.day == today,
        days=queries.days(db.session()),
    )

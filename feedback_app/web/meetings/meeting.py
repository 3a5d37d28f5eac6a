"""One meeting from the inside: its days, who is late, what is to be done, what was concluded; one-button acts."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from feedback_app.core import clock
from feedback_app.core.db import db, unit_of_work
from feedback_app.core.errors import Invalid
from feedback_app.dialogues import proposals, queries
from feedback_app.dialogues.models import Meeting
from feedback_app.dialogues.policy import open_to
from feedback_app.dialogues.queries import facts_of
from feedback_app.dialogues.rules import is_season
from feedback_app.dialogues.services import planning
from feedback_app.web.catalogue import loaded
from feedback_app.web.identity import actor
from feedback_app.web.meetings import blueprint
from feedback_app.web.presenting.dialogue_lists import promised
from feedback_app.web.presenting.dialogues import item_view, meeting_view, tally
from feedback_app.web.presenting.names import agency_name


@blueprint.get("/<code>")
def meeting(code: str) -> str:
    session = db.session()
    row = queries.meeting(session, actor(), code)
    items = [item_view(loaded(), item) for item in queries.items_of(session, row)]
    owed = [(agency_name(loaded(), o.agency_id), o) for o in proposals.replies_by_agency(session, row)]
    return render_template(
        "meetings/meeting.html",
        meeting=meeting_view(loaded(), row),
        acts=open_to(actor(), facts_of(row)),
        numbers=proposals.number_of(session, row),
        owed=owed,
        replies_late=clock.today() > row.replies_on,
        items=items,
        tally=tally(items),
        before=promised(session, row),
        sectoral=[meeting_view(loaded(), m, whole=False) for m in queries.sectoral_of(session, row.id)],
        parent=queries.by_id(session, row.parent_id),
        off_season=row.kind == "provincial" and not is_season(row.held_on),
    )


@blueprint.post("/<code>/cong-bo")
def call(code: str) -> Response:
    return _done(code, planning.call, _("Đã công bố và bắt đầu nhận kiến nghị."))


@blueprint.post("/<code>/moi")
def invite(code: str) -> Response:
    return _done(code, planning.invite, _("Giấy mời đang được gửi."))


@blueprint.post("/<code>/da-to-chuc")
def hold(code: str) -> Response:
    return _done(code, planning.hold, _("Đã ghi nhận. Xin soạn các nội dung kết luận."))


def _done(code: str, act: Callable[..., Any], told: str) -> Response:
    try:
        with unit_of_work() as session:
            row: Meeting = queries.meeting(session, actor(), code)
            act(session, row, by=actor(), at=clock.now())
    except Invalid as wrong:
        flash(wrong.message, "error")
    else:
        flash(told, "success")
    return redirect(url_for("meetings.meeting", code=code))

"""One meeting in public: when and where, the call, what was concluded and done, what was promised before."""

from flask import Response, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from feedback_app.core import clock, files
from feedback_app.core.db import db, unit_of_work
from feedback_app.core.errors import IllegalTransition, NotFound
from feedback_app.dialogues import proposals, queries
from feedback_app.dialogues.models import Meeting
from feedback_app.dialogues.rules import PUBLIC
from feedback_app.dialogues.services import proposing
from feedback_app.tickets.policy import Owner
from feedback_app.web.catalogue import loaded
from feedback_app.web.dialogues import blueprint, reader
from feedback_app.web.forms import FlaskForm
from feedback_app.web.intake.fields import Choice
from feedback_app.web.presenting.dialogue_lists import promised
from feedback_app.web.presenting.dialogues import item_view, meeting_view, tally


class JoinForm(FlaskForm):
    """An enterprise raises a ticket of its own that is open."""

    ticket = Choice("")


@blueprint.get("/<code>")
def meeting(code: str) -> str:
    session = db.session()
    row = queries.meeting(session, None, code)
    who = reader()
    enterprise_id = who.enterprise_id if who is not None else None
    items = [item_view(loaded(), item) for item in queries.items_of(session, row) if item.issued_at]
    return render_template(
        "dialogues/meeting.html",
        meeting=meeting_view(loaded(), row),
        items=items,
        tally=tally(items),
        before=promised(session, row),
        sectoral=[meeting_view(loaded(), m, whole=False) for m in _sectoral(row)],
        own=proposals.own_of_enterprise(session, enterprise_id, row) if enterprise_id else (),
        joinable=proposals.to_join(session, enterprise_id, row) if enterprise_id else (),
        form=JoinForm(formdata=None),
    )


@blueprint.post("/<code>/phieu-da-gui")
def join(code: str) -> AnyResponse:
    """Raise the enterprise's own ticket at the meeting. 404 for whoever is no enterprise."""
    who = reader()
    if who is None or who.enterprise_id is None:
        raise NotFound(code)
    queries.meeting(db.session(), None, code)
    number = JoinForm().ticket.data or ""
    owner = Owner(user_id=who.user_id, enterprise_id=who.enterprise_id)
    try:
        with unit_of_work() as session:
            row = queries.meeting(session, None, code)
            proposing.join(session, row, number, owner=owner, by=who, at=clock.now())
    except (NotFound, IllegalTransition):
        flash(_("Không đưa được phiếu này vào hội nghị: phiếu đã xong, đã có, hoặc đã hết hạn."), "warning")
    else:
        flash(_("Đã đưa phiếu %(code)s vào hội nghị; phiếu giữ nguyên thời hạn.", code=number), "success")
    return redirect(url_for("dialogues.meeting", code=code))


@blueprint.get("/van-ban/<public_id>")
def paper(public_id: str) -> Response:
    """Return the signed paper: to everybody where it is public, to staff always."""
    found = queries.signed_file(db.session(), reader(), public_id)
    return files.download(found.storage_key, found.name, found.media_type)


def _sectoral(row: Meeting) -> list[Meeting]:
    return [m for m in queries.sectoral_of(db.session(), row.id) if m.state in PUBLIC]

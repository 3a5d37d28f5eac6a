"""Who else has a ticket's page open, so that two people do not write the same answer."""

from flask import jsonify
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from feedback_app.accounts.queries import names_of
from feedback_app.core import presence
from feedback_app.core.db import db
from feedback_app.tickets import queries
from feedback_app.tickets.models import Ticket
from feedback_app.web.identity import actor
from feedback_app.web.officer import blueprint


@blueprint.get("/phieu/<code>/dang-xem")
def looking(code: str) -> Response:
    """Say who else looks; asked again by the page as long as it is open."""
    response = jsonify(said=said_of(queries.handled_by(db.session(), actor(), code)))
    response.headers["Cache-Control"] = "no-store"
    return response


def said_of(ticket: Ticket) -> str:
    """Return the sentence that names who else looks at the ticket, empty where nobody does."""
    others = presence.look(f"ticket:{ticket.id}", actor().user_id)
    names = names_of(db.session(), others) if others else []
    return _("%(names)s cũng đang mở phiếu này.", names=", ".join(names)) if names else ""

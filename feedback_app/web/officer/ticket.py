"""The page of one ticket."""

from flask import render_template

from feedback_app.core.db import db
from feedback_app.tickets import queries
from feedback_app.tickets.search.similar import similar
from feedback_app.web.catalogue import loaded
from feedback_app.web.identity import actor
from feedback_app.web.officer import blueprint
from feedback_app.web.officer.forms import AcceptForm
from feedback_app.web.officer.looking import said_of
from feedback_app.web.officer.viewing import view_of
from feedback_app.web.presenting import agency_name
from feedback_app.web.presenting.library import publication_link


@blueprint.get("/phieu/<code>")
def ticket(code: str) -> str:
    found = queries.handled_by(db.session(), actor(), code, whole=True)
    view = view_of(db.session(), found)
    alike = similar(db.session(), actor(), found)
    return render_template(
        "officer/ticket.html",
        view=view,
        accept=AcceptForm(seen_version=view.version),
        alike=[(item, agency_name(loaded(), item.agency_id, item.answered_on)) for item in alike],
        others=said_of(found),
        publication=publication_link(db.session(), found),
    )

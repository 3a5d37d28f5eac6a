"""The whole ticket on paper, as far as this reader may see it."""

from flask import render_template

from feedback_app.core import clock
from feedback_app.core.db import db
from feedback_app.tickets import queries
from feedback_app.web.identity import actor
from feedback_app.web.officer import blueprint
from feedback_app.web.officer.viewing import view_of


@blueprint.get("/phieu/<code>/phieu-in")
def sheet(code: str) -> str:
    """Show the sheet: matter, clock, answers, opinions and history; a name that must not be known is not on it."""
    ticket = queries.handled_by(db.session(), actor(), code, whole=True)
    view = view_of(db.session(), ticket)
    return render_template("officer/sheet.html", view=view, printed_by=actor().name, printed_at=clock.now())

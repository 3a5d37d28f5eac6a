"""Lists of what has a day of its own: commitments, and matters at a ministry."""

from flask import render_template

from feedback_app.core import clock
from feedback_app.core.db import db
from feedback_app.tickets.services import petitioning, promising
from feedback_app.web.beyond import blueprint
from feedback_app.web.catalogue import loaded
from feedback_app.web.identity import actor
from feedback_app.web.presenting import agency_name
from feedback_app.web.presenting.beyond import promise_of, way_up_of


@blueprint.get("/cam-ket")
def promises() -> str:
    session, today = db.session(), clock.today()
    rows = {
        state: [
            (ticket.code, ticket.title, promise_of(row, loaded(), today), promising.handles(actor(), ticket))
            for row, ticket in promising.of_agencies(session, actor(), state=state)
        ]
        for state in (promising.OPEN, promising.BROKEN, promising.KEPT)
    }
    counts = [(agency_name(loaded(), c.agency_id), c) for c in promising.counts(session, today)]
    return render_template("beyond/promises.html", rows=rows, counts=counts)


@blueprint.get("/bo-nganh")
def ministries() -> str:
    rows = [
        (ticket.code, ticket.title, way_up_of(row, loaded()), agency_name(loaded(), ticket.holder_id))
        for row, ticket, _seen in petitioning.at_ministries(db.session(), actor())
    ]
    return render_template("beyond/ministries.html", rows=rows)

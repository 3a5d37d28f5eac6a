"""How the register and the rounds stand, for the focal point. Nothing can be drawn or sent from here."""

from datetime import timedelta

from flask import render_template

from feedback_app.core import clock
from feedback_app.core.db import db
from feedback_app.pulses import queries
from feedback_app.pulses.labels import REASONS
from feedback_app.pulses.rules import NotNow, hindrance, quarter_of, span
from feedback_app.web.catalogue import loaded
from feedback_app.web.presenting import field_name
from feedback_app.web.pulses import register


@register.get("/")
def index() -> str:
    session, pack, today = db.session(), loaded().catalogue.pulses, clock.today()
    rounds = queries.rounds(session)
    listed = queries.listed(session, today - timedelta(days=pack.round.register_days))
    reason = hindrance(today, pack)
    if reason is None and sum(line.enterprises for line in listed) < pack.sampling.least_frame:
        reason = NotNow.TOO_FEW
    quarter = quarter_of(today)
    first, last = span(quarter)
    return render_template(
        "pulses/rounds.html",
        rounds=rounds,
        drawn=any(row.quarter == quarter for row in rounds),
        quarter=quarter,
        draw_from=first + timedelta(days=pack.round.draw_after),
        answers_until=last,
        reason=REASONS[reason] if reason else "",
        listed=[(field_name(loaded(), line.field), line) for line in listed],
        pack=pack,
    )

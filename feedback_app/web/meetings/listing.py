"""All meetings, what the reader's agency has to do for them, all that was promised."""

from flask import render_template, request, url_for

from feedback_app.core import clock
from feedback_app.core.db import db
from feedback_app.dialogues import policy, proposals, queries
from feedback_app.tickets.policy import COORDINATING_OFFICES
from feedback_app.web.catalogue import loaded
from feedback_app.web.identity import actor
from feedback_app.web.meetings import blueprint
from feedback_app.web.numbers import number
from feedback_app.web.presenting.dialogue_lists import after_day, token_of
from feedback_app.web.presenting.dialogues import item_view, meeting_view, readiness_tag

SIZE = 20
MOST_ITEMS = 50


@blueprint.get("/")
def index() -> str:
    after = after_day(request.args)
    found = queries.page_of(db.session(), actor(), after=after, size=SIZE + 1)
    return render_template(
        "meetings/index.html",
        meetings=[meeting_view(loaded(), row, whole=False) for row in found[:SIZE]],
        older=url_for("meetings.index", truoc=token_of(found[SIZE - 1])) if len(found) > SIZE else None,
        first=after is None,
        plans=policy.plans_any(actor()),
    )


@blueprint.get("/viec")
def own() -> str:
    """Show what the reader's agency owes: answers before meetings, items of conclusions; what waits to be confirmed."""
    session, today = db.session(), clock.today()
    confirms = actor().holds(*COORDINATING_OFFICES)
    return render_template(
        "meetings/own.html",
        replies=[
            (row, m, readiness_tag(row.readiness))
            for row, m in proposals.own_replies(session, actor(), today)
        ],
        items=[(item_view(loaded(), item), m) for item, m in queries.own_items(session, actor())],
        confirming=[(item_view(loaded(), item), m) for item, m in queries.to_confirm(session)]
        if confirms
        else (),
        today=today,
    )


@blueprint.get("/da-hua-da-lam")
def followed() -> str:
    after = number(request.args, "truoc")
    found = queries.issued_items(db.session(), after=after, size=MOST_ITEMS + 1)
    rows = [(item_view(loaded(), item), m) for item, m in found[:MOST_ITEMS]]
    older = found[MOST_ITEMS - 1][0].id if len(found) > MOST_ITEMS else None
    return render_template("meetings/followed.html", rows=rows, older=older, first=after is None)

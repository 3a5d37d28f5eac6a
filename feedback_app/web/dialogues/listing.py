"""All meetings, the latest first, and all that was promised at them."""

from flask import render_template, request, url_for

from feedback_app.core import clock
from feedback_app.core.db import db
from feedback_app.dialogues import queries
from feedback_app.web.catalogue import loaded
from feedback_app.web.dialogues import blueprint, reader
from feedback_app.web.numbers import number
from feedback_app.web.presenting.dialogue_lists import after_day, token_of
from feedback_app.web.presenting.dialogues import item_view, meeting_view

SIZE = 20
MOST_PROMISES = 50


@blueprint.get("/")
def index() -> str:
    session, after = db.session(), after_day(request.args)
    found = queries.page_of(session, None, after=after, size=SIZE + 1)
    views = [meeting_view(loaded(), row, whole=False) for row in found[:SIZE]]
    calls = queries.calls(session, clock.today()) if after is None else ()
    return render_template(
        "dialogues/index.html",
        calls=[meeting_view(loaded(), row, whole=False) for row in calls],
        meetings=views,
        older=url_for("dialogues.index", truoc=token_of(found[SIZE - 1])) if len(found) > SIZE else None,
        first=after is None,
        reader=reader(),
    )


@blueprint.get("/da-hua-da-lam")
def promises() -> str:
    """Show every item of every conclusion: who promised what by when, and what became of it."""
    after = number(request.args, "truoc")
    found = queries.issued_items(db.session(), after=after, size=MOST_PROMISES + 1)
    rows = [(item_view(loaded(), item), meeting) for item, meeting in found[:MOST_PROMISES]]
    older = found[MOST_PROMISES - 1][0].id if len(found) > MOST_PROMISES else None
    return render_template("dialogues/promises.html", rows=rows, older=older, first=after is None)

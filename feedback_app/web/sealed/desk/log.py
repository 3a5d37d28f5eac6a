"""The chained log: whether it is whole. What stands in its lines only the body's offline key reads."""

from flask import render_template

from feedback_app.confidential import journal, rosters, store
from feedback_app.web.sealed.desk.room import desk, here


@desk.get("/nhat-ky")
def log() -> str:
    """Check the chain from its first line to its last."""
    session, body = store.session(), here().body
    return render_template(
        "sealed/desk/log.html",
        broken=journal.first_break(session, body),
        fingerprint=rosters.fingerprint(body),
        seats=here().roster.seats,
        version=here().roster.version,
    )

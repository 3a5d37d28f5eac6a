"""What monitoring asks: is the house well? Figures only."""

from flask import jsonify
from werkzeug.wrappers import Response

from feedback_app.core import health
from feedback_app.core.db import db
from feedback_app.web.portal import blueprint


@blueprint.get("/suc-khoe")
def well() -> tuple[Response, int]:
    """Return the state as JSON: 200 while the database answers (filing survives without Redis), else 503."""
    session = db.session()
    answers = health.database_answers(session)
    pending = health.queue(session).pending if answers else None
    state = {"database": answers, "redis": health.redis_answers(), "outbox_pending": pending}
    return jsonify(state), 200 if answers else 503

"""Pages of everybody who handles tickets: the queue, the ticket, and what can be done with it."""

from flask import Blueprint

blueprint = Blueprint("officer", __name__, url_prefix="/can-bo")

from feedback_app.web.officer import acts, distributing, files, queue, ticket  # noqa: E402, F401

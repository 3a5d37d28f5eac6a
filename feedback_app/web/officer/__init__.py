"""Pages of everybody who handles tickets: the queue, the ticket, and what can be done with it."""

from flask import Blueprint

blueprint = Blueprint("officer", __name__, url_prefix="/can-bo")

from feedback_app.web.officer import (  # noqa: E402
    acts,  # noqa: F401
    approving,  # noqa: F401
    bulk,  # noqa: F401
    coordination,  # noqa: F401
    deciding,  # noqa: F401
    distributing,  # noqa: F401
    files,  # noqa: F401
    find,  # noqa: F401
    letters,  # noqa: F401
    linking,  # noqa: F401
    looking,  # noqa: F401
    queue,  # noqa: F401
    sheet,  # noqa: F401
    shortcuts,  # noqa: F401
    staffing,  # noqa: F401
    ticket,  # noqa: F401
    timing,  # noqa: F401
    upward,  # noqa: F401
)

"""Reports of a period: asked for, followed while they are made, read, taken away as files."""

from flask import Blueprint

from feedback_app.core.errors import Forbidden
from feedback_app.reports.policy import READERS
from feedback_app.web.identity import actor

blueprint = Blueprint("reports", __name__, url_prefix="/bao-cao")


@blueprint.before_request
def readers_only() -> None:
    """Raise Forbidden for whoever reads the reports of no agency."""
    if not actor().holds(*READERS):
        raise Forbidden


from feedback_app.web.reports import asking, reading  # noqa: E402, F401

"""The action programme for the agencies: their own tasks, the reports they owe, the obstacles behind a task."""

from flask import Blueprint

from feedback_app.core.errors import Forbidden
from feedback_app.programme.policy import reports_for
from feedback_app.web.identity import actor

blueprint = Blueprint("programme", __name__, url_prefix="/chuong-trinh-hanh-dong")


@blueprint.before_request
def reporters_only() -> None:
    """Raise Forbidden for whoever reports for no agency."""
    if not reports_for(actor()):
        raise Forbidden


from feedback_app.web.programme import own, reporting, task  # noqa: E402, F401

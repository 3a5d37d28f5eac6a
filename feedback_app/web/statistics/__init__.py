"""Statistics for everybody: the published figures, how they are computed."""

from flask import Blueprint

blueprint = Blueprint("statistics", __name__, url_prefix="/so-lieu")

from feedback_app.web.statistics import downloads, group, methodology, month  # noqa: E402, F401

"""Statistics for everybody: the month's figures and indicators, how they are computed, open data."""

from flask import Blueprint

blueprint = Blueprint("statistics", __name__, url_prefix="/so-lieu")

from feedback_app.web.statistics import downloads, methodology, month  # noqa: E402, F401

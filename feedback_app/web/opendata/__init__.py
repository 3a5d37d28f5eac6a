"""Open data: the published periods as files at addresses that stay, what is in them, and a feed of what is new."""

from flask import Blueprint

blueprint = Blueprint("opendata", __name__, url_prefix="/du-lieu-mo")

from feedback_app.web.opendata import feed, pages  # noqa: E402, F401

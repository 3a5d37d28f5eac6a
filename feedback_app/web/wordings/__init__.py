"""Templates of answers: heads keep those of their agency, the focal point shares its own with all."""

from flask import Blueprint

blueprint = Blueprint("wordings", __name__, url_prefix="/mau-tra-loi")

from feedback_app.web.wordings import pages  # noqa: E402, F401

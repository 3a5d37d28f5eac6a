"""What a signed-in person is told: staff and enterprises alike."""

from flask import Blueprint

blueprint = Blueprint("inbox", __name__, url_prefix="/thong-bao")

from feedback_app.web.inbox import index  # noqa: E402, F401

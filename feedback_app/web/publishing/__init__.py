"""The answers library for officers: what is on its way, approving, taking out, documents that are replaced."""

from flask import Blueprint

blueprint = Blueprint("publishing", __name__, url_prefix="/cong-bo")

from feedback_app.web.publishing import desk, documents, proposing  # noqa: E402, F401

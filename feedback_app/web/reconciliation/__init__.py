"""The days in which agencies check their figures of a period, and its freezing."""

from flask import Blueprint

blueprint = Blueprint("reconciliation", __name__, url_prefix="/doi-chieu")

from feedback_app.web.reconciliation import pages  # noqa: E402, F401

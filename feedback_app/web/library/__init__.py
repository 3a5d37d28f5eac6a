"""The answers library for everybody: search, and one page an answer."""

from flask import Blueprint

blueprint = Blueprint("library", __name__, url_prefix="/hoi-dap")

from feedback_app.web.library import pages  # noqa: E402, F401

"""Leadership: where the province stands, on one page that prints."""

from flask import Blueprint

blueprint = Blueprint("leadership", __name__, url_prefix="/lanh-dao")

from feedback_app.web.leadership import (  # noqa: E402, F401
    brief,
    dashboard,
    following,
    ledger,
    programme,
    programme_year,
    simulator,
    sub_indices,
    waiting,
)

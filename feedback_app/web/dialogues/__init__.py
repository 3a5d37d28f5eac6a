"""Meetings in public: the call with its short form, what was concluded, what was promised and done."""

from flask import Blueprint
from flask_login import current_user

from feedback_app.accounts.actor import Actor

blueprint = Blueprint("dialogues", __name__, url_prefix="/doi-thoai")


def reader() -> Actor | None:
    """Return who reads; ``None`` for a guest."""
    if not current_user.is_authenticated:
        return None
    found: Actor = current_user.actor
    return found


from feedback_app.web.dialogues import listing, meeting, proposing  # noqa: E402, F401

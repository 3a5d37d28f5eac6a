"""Pages for everybody: the front page, language, signing in."""

from flask import Blueprint

blueprint = Blueprint("portal", __name__)

from feedback_app.web.portal import (  # noqa: E402, F401
    backlog,
    front,
    health,
    invitation,
    leaving,
    mailbox,
    profile,
    sealed,
    session,
    sign_up,
)

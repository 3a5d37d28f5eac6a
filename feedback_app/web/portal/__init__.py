"""Pages for everybody: the front page, language, signing in."""

from flask import Blueprint

blueprint = Blueprint("portal", __name__)

from feedback_app.web.portal import front, health, invitation, leaving, mailbox, profile, session, sign_up  # noqa: E402, F401

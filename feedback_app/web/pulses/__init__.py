"""Invited pulses: questions for whoever bears an invitation, results for all, the register for the focal point."""

from flask import Blueprint

from feedback_app.core.errors import Forbidden
from feedback_app.pulses.policy import keeps_register
from feedback_app.web.identity import actor

blueprint = Blueprint("pulses", __name__, url_prefix="/khao-sat")
register = Blueprint("pulse_register", __name__, url_prefix="/dau-moi/khao-sat")


@register.before_request
def keepers_only() -> None:
    """Raise Forbidden for everybody but the focal point, and for whoever answers for a rated agency besides."""
    if not keeps_register(actor()):
        raise Forbidden


from feedback_app.web.pulses import answering, importing, results, rounds  # noqa: E402, F401

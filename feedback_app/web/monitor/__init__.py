"""How agencies work: the anti-gaming signals and the themes of DDCI; overseers see all, an agency sees its own."""

from flask import Blueprint

from feedback_app.core.errors import Forbidden
from feedback_app.monitor.policy import READERS
from feedback_app.web.identity import actor

blueprint = Blueprint("monitor", __name__, url_prefix="/theo-doi-co-quan")


@blueprint.before_request
def readers_only() -> None:
    """Raise Forbidden for whoever neither oversees agencies nor works in one."""
    if not actor().holds(*READERS):
        raise Forbidden


from feedback_app.web.monitor import ddci, signals  # noqa: E402, F401

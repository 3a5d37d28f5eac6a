"""Following a ticket: by tracking code here; the enterprise's own pages share the acts."""

from flask import Blueprint

blueprint = Blueprint("follow", __name__, url_prefix="/theo-doi")

from feedback_app.web.follow import access, index, installing, third  # noqa: E402, F401

installing.install(blueprint, access.load)

"""The enterprise's own tickets, behind its sign-in."""

from flask import Blueprint

blueprint = Blueprint("enterprise", __name__, url_prefix="/doanh-nghiep")

from feedback_app.web.enterprise import access, claim, index  # noqa: E402, F401
from feedback_app.web.follow import installing  # noqa: E402

installing.install(blueprint, access.load, prefix="/phieu")

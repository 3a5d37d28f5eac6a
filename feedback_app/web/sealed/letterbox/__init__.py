"""The reporter's side of the vault: no account, no cookie, no script, nothing of theirs in an address."""

from flask import Blueprint, Flask

blueprint = Blueprint("letterbox", __name__)

# the views register themselves on the blueprint
from feedback_app.web.sealed.letterbox import (  # noqa: E402
    conversation,
    handing_in,
    padding,
    pages,
    trouble,
    writing,
)

__all__ = ["conversation", "handing_in", "init_app", "pages", "writing"]

PREFIX = "/bao-cao-kin"
trouble.init_blueprint(blueprint)
blueprint.after_request(padding.pad)


def init_app(app: Flask) -> None:
    """Register the pages, their errors and their padding."""
    app.register_blueprint(blueprint, url_prefix=PREFIX)

"""Filing, one question a screen: kind, story, place, files, who, check, receipt."""

from flask import Blueprint

blueprint = Blueprint("intake", __name__, url_prefix="/gui-phieu")

from feedback_app.web.intake import (  # noqa: E402
    check,
    files,
    kind,
    letter,
    place,
    receipt,
    recover,
    start,
    story,
    who,
)

__all__ = [
    "blueprint",
    "check",
    "files",
    "kind",
    "letter",
    "place",
    "receipt",
    "recover",
    "start",
    "story",
    "who",
]

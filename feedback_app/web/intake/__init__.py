"""Filing, one question a screen: kind, story, place, files, who, check, receipt."""

from flask import Blueprint

from feedback_app.notifications.reaching import reaches_phones

blueprint = Blueprint("intake", __name__, url_prefix="/gui-phieu")


@blueprint.context_processor
def _reach() -> dict[str, bool]:
    """Say on every page whether messages reach telephones here: what one leaves depends on it."""
    return {"by_phone": reaches_phones()}


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

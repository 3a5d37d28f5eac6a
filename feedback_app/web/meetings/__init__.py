"""Meetings from the inside: for those who prepare, answer, chair and follow them."""

from typing import Any

from flask import Blueprint, request, url_for
from flask_babel import lazy_gettext as _l

from feedback_app.core.errors import Forbidden
from feedback_app.dialogues.policy import INSIDERS
from feedback_app.web.identity import actor

blueprint = Blueprint("meetings", __name__, url_prefix="/hoi-nghi-doi-thoai")
TABS: tuple[tuple[str, Any], ...] = (
    ("meetings.index", _l("Các hội nghị")),
    ("meetings.own", _l("Việc của cơ quan")),
    ("meetings.followed", _l("Đã hứa, đã làm")),
)


@blueprint.before_request
def insiders_only() -> None:
    """Raise Forbidden for whoever neither handles tickets nor leads the province."""
    if not actor().holds(*INSIDERS):
        raise Forbidden


@blueprint.context_processor
def sections() -> dict[str, Any]:
    """Return the tabs that the pages show."""
    tabs = [
        {"label": label, "count": None, "href": url_for(page), "active": request.endpoint == page}
        for page, label in TABS
    ]
    return {"tabs": tabs}


from feedback_app.web.meetings import (  # noqa: E402
    agenda,  # noqa: F401
    concluding,  # noqa: F401
    importing,  # noqa: F401
    items,  # noqa: F401
    listing,  # noqa: F401
    meeting,  # noqa: F401
    planning,  # noqa: F401
    proposals,  # noqa: F401
)

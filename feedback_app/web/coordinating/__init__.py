"""Pages of the coordinating offices: the whole province's tickets, sorting, rules, what comes in from elsewhere."""

from typing import Any

from flask import Blueprint, request, url_for
from flask_babel import lazy_gettext as _l

from feedback_app.core.errors import Forbidden
from feedback_app.tickets.policy import COORDINATING_OFFICES
from feedback_app.web.identity import actor

blueprint = Blueprint("coordinating", __name__, url_prefix="/dau-moi")

SECTIONS: dict[str, tuple[Any, frozenset[str]]] = {
    "coordinating.board": (_l("Các cơ quan"), frozenset()),
    "coordinating.triage": (_l("Phân loại"), frozenset({"coordinating.give"})),
    "coordinating.imports": (_l("Nhập phiếu"), frozenset({"coordinating.import_batch"})),
    "coordinating.rules": (_l("Quy tắc đề xuất"), frozenset({"coordinating.rule"})),
}


@blueprint.before_request
def offices_only() -> None:
    """Raise Forbidden for everybody outside the coordinating offices."""
    if not actor().holds(*COORDINATING_OFFICES):
        raise Forbidden


@blueprint.context_processor
def sections() -> dict[str, Any]:
    """Return the tabs that every page of the offices shows."""
    tabs = [
        {
            "label": label,
            "count": None,
            "href": url_for(page),
            "active": request.endpoint == page or request.endpoint in below,
        }
        for page, (label, below) in SECTIONS.items()
    ]
    return {"tabs": tabs}


from feedback_app.web.coordinating import board, importing, rules, triage  # noqa: E402, F401

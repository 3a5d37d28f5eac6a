"""The inspection calendar: the inspectorate keeps it, the coordinating offices read what is announced in it."""

from typing import Any

from flask import Blueprint, request, url_for
from flask_babel import lazy_gettext as _l

from feedback_app.core.errors import Forbidden
from feedback_app.inspections import policy
from feedback_app.web.identity import actor

blueprint = Blueprint("inspections", __name__, url_prefix="/thanh-tra/lich")

READING = (
    ("inspections.index", _l("Lịch"), frozenset({"inspections.enterprise", "inspections.change"})),
    ("inspections.collisions", _l("Cần phối hợp"), frozenset[str]()),
)
KEEPING = (
    ("inspections.record", _l("Ghi một cuộc"), frozenset[str]()),
    ("inspections.imports", _l("Nhập tệp"), frozenset({"inspections.import_batch"})),
)


@blueprint.before_request
def readers_only() -> None:
    """Raise Forbidden for whoever may not read the calendar, and for readers where it is written."""
    if not policy.reads(actor()):
        raise Forbidden
    reading = {endpoint for endpoint, _label, _below in READING} | {"inspections.enterprise"}
    if request.endpoint not in reading and not policy.keeps(actor()):
        raise Forbidden


@blueprint.context_processor
def sections() -> dict[str, Any]:
    """Return the tabs that every page of the calendar shows."""
    shown = READING + (KEEPING if policy.keeps(actor()) else ())
    tabs = [
        {
            "label": label,
            "count": None,
            "href": url_for(page),
            "active": request.endpoint == page or request.endpoint in below,
        }
        for page, label, below in shown
    ]
    return {"tabs": tabs}


from feedback_app.web.inspectorate.calendar import importing, listing, recording  # noqa: E402, F401

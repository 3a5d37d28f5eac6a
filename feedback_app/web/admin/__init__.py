"""Pages of the administrator; an auditor reads them and changes nothing."""

from typing import Any

from flask import Blueprint, request, url_for
from flask_babel import lazy_gettext as _l

from feedback_app.accounts.actor import Function
from feedback_app.core.errors import Forbidden
from feedback_app.web.identity import actor

blueprint = Blueprint("admin", __name__, url_prefix="/quan-tri")

SECTIONS: dict[str, tuple[Any, frozenset[str]]] = {
    "admin.index": (_l("Tổng quan"), frozenset()),
    "admin.people": (_l("Người dùng"), frozenset({"admin.invite", "admin.end_function", "admin.disable"})),
    "admin.regulation": (_l("Thời hạn"), frozenset({"admin.limit", "admin.profile"})),
    "admin.approvals": (_l("Quy trình duyệt"), frozenset({"admin.approval"})),
    "admin.report_layouts": (_l("Mẫu báo cáo"), frozenset({"admin.send_layout"})),
    "admin.calendar": (_l("Lịch làm việc"), frozenset({"admin.edit_calendar"})),
    "admin.reorganisation": (_l("Sắp xếp cơ quan"), frozenset()),
    "admin.unconfirmed": (_l("Chờ xác nhận"), frozenset({"admin.agency"})),
    "admin.packs": (_l("Dữ liệu danh mục"), frozenset()),
    "admin.audit": (_l("Nhật ký"), frozenset({"admin.verify"})),
    "admin.messages": (_l("Tin gửi đi"), frozenset()),
    "admin.health": (_l("Tình trạng"), frozenset()),
}

# pages that are a form and nothing else: there is nothing in them to read
FORMS = frozenset(
    {
        "admin.approval",
        "admin.disable",
        "admin.edit_calendar",
        "admin.end_function",
        "admin.invite",
        "admin.profile",
    }
)


@blueprint.before_request
def keep_forms_from_readers() -> None:
    if request.endpoint in FORMS and not _writes():
        raise Forbidden


@blueprint.context_processor
def sections() -> dict[str, Any]:
    """Return the tabs that every page of the administrator shows, and whether the reader may change anything."""
    tabs = [
        {
            "label": label,
            "count": None,
            "href": url_for(page),
            "active": request.endpoint == page or request.endpoint in below,
        }
        for page, (label, below) in SECTIONS.items()
    ]
    return {"tabs": tabs, "writes": _writes()}


def _writes() -> bool:
    return actor().holds(Function.ADMINISTRATOR)


from feedback_app.web.admin import (  # noqa: E402
    agencies,  # noqa: F401
    approvals,  # noqa: F401
    audit,  # noqa: F401
    index,  # noqa: F401
    messages,  # noqa: F401
    notices,  # noqa: F401
    packs,  # noqa: F401
    people,  # noqa: F401
    regulation,  # noqa: F401
    reorganising,  # noqa: F401
    report_layouts,  # noqa: F401
)

"""Who is signed in and where that person can go, for the head of every page.

The values are looked up only when a template uses them: a page that says that the database is away asks nothing.
"""

from typing import Any

from flask import Flask, g, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.local import LocalProxy

from feedback_app.accounts.actor import Audience, Function
from feedback_app.core.db import db
from feedback_app.dialogues.policy import INSIDERS
from feedback_app.inspections.policy import READERS
from feedback_app.monitor.policy import READERS as MONITOR_READERS
from feedback_app.notifications import queries as notifications
from feedback_app.programme.policy import REPORTERS
from feedback_app.reports.policy import READERS as REPORT_READERS
from feedback_app.tickets.policy import COORDINATING_OFFICES, HANDLING
from feedback_app.tickets.services.templates import KEEPERS
from feedback_app.web.catalogue import loaded
from feedback_app.web.elsewhere import sealed_url
from feedback_app.web.identity import actor
from feedback_app.web.presenting.names import agency_name

PAGES: dict[Audience, tuple[str, Any]] = {
    Audience.OFFICER: ("officer.queue", _l("Phiếu cần xử lý")),
    Audience.INSPECTORATE: ("inspectorate.index", _l("Thanh tra, kiểm tra")),
    Audience.LEADERSHIP: ("leadership.index", _l("Tình hình toàn tỉnh")),
    Audience.ADMIN: ("admin.index", _l("Quản trị")),
    Audience.ENTERPRISE: ("enterprise.index", _l("Phiếu của doanh nghiệp")),
}
# what only some functions of an audience have
BESIDE: tuple[tuple[str, Any, frozenset[Function]], ...] = (
    ("beyond.backlog", _l("Việc theo dõi"), frozenset(HANDLING)),
    ("programme.index", _l("Chương trình hành động"), frozenset(REPORTERS)),
    ("meetings.index", _l("Đối thoại"), frozenset(INSIDERS)),
    ("dialogues.index", _l("Đối thoại doanh nghiệp"), frozenset({Function.ENTERPRISE})),
    ("coordinating.board", _l("Điều phối"), frozenset(COORDINATING_OFFICES)),
    ("pulse_register.index", _l("Khảo sát doanh nghiệp"), frozenset({Function.FOCAL_POINT})),
    ("inspections.index", _l("Lịch thanh tra, kiểm tra"), frozenset(READERS)),
    (
        "reconciliation.index",
        _l("Đối chiếu số liệu"),
        frozenset({Function.AGENCY_HEAD, *COORDINATING_OFFICES}),
    ),
    ("monitor.signals", _l("Theo dõi cơ quan"), frozenset(MONITOR_READERS)),
    ("reports.index", _l("Báo cáo kỳ"), REPORT_READERS),
    ("publishing.index", _l("Công bố câu trả lời"), frozenset(HANDLING)),
    ("wordings.index", _l("Mẫu trả lời"), frozenset(KEEPERS)),
)
FOR_GUESTS: tuple[tuple[str, Any], ...] = (
    ("follow.index", _l("Theo dõi phiếu")),
    ("library.index", _l("Hỏi đáp")),
    ("statistics.index", _l("Số liệu giải quyết")),
    ("dialogues.index", _l("Đối thoại doanh nghiệp")),
    ("portal.backlog", _l("Kiến nghị sửa quy định")),
    ("portal.sign_in", _l("Đăng nhập")),
)
FUNCTIONS: dict[Function, Any] = {
    Function.ADMINISTRATOR: _l("Quản trị viên"),
    Function.AGENCY_HEAD: _l("Lãnh đạo cơ quan"),
    Function.AUDITOR: _l("Kiểm soát viên"),
    Function.CLERK: _l("Văn thư"),
    Function.ENTERPRISE: _l("Doanh nghiệp"),
    Function.FOCAL_POINT: _l("Cơ quan đầu mối"),
    Function.INSPECTOR: _l("Thanh tra viên"),
    Function.LEADERSHIP: _l("Lãnh đạo tỉnh"),
    Function.OFFICER: _l("Cán bộ xử lý"),
    Function.PROVINCIAL_OFFICE: _l("Văn phòng UBND tỉnh"),
}


def init_app(app: Flask) -> None:
    """Give every template ``nav_items``, ``account``, ``sign_out_url`` and what the foot and the banner need."""
    app.context_processor(
        lambda: {
            "nav_items": LocalProxy(items),
            "account": LocalProxy(account),
            "sign_out_url": LocalProxy(lambda: url_for("portal.sign_out")),
            "sealed_url": sealed_url,
            "methodology_url": LocalProxy(lambda: url_for("statistics.methodology")),
            "is_demo": app.config["IS_DEMO"],
        }
    )


def items() -> list[dict[str, Any]]:
    """Return the pages of the person's audiences, or those open to guests."""
    if not current_user.is_authenticated:
        return [_item(endpoint, label) for endpoint, label in FOR_GUESTS]
    audiences = actor().audiences()
    pages = [page for audience, page in PAGES.items() if audience in audiences]
    pages += [(endpoint, label) for endpoint, label, whose in BESIDE if actor().holds(*whose)]
    pages.append(("inbox.index", _inbox()))
    pages.append(("portal.profile", _l("Tài khoản")))
    return [_item(endpoint, label) for endpoint, label in pages]


def _item(endpoint: str, label: Any) -> dict[str, Any]:
    """Return one place to go; it is the active one on each page of its audience (of the portal: on itself only)."""
    area = endpoint.partition(".")[0]
    active = request.endpoint == endpoint if area == "portal" else request.blueprint == area
    return {"endpoint": endpoint, "label": label, "active": active}


def _inbox() -> str:
    """Return the label with the number of unread news, counted once a page though the page names its places thrice."""
    if "unread" not in g:
        g.unread = notifications.unread(db.session(), actor())
    unread = g.unread
    return str(_("Thông báo (%(number)s)", number=unread) if unread else _("Thông báo"))


def account() -> dict[str, Any] | None:
    """Return name, function and agency of the person who is signed in; ``None`` for a guest."""
    if not current_user.is_authenticated:
        return None
    held = actor().held[0] if actor().held else None
    return {
        "name": actor().name,
        "function": FUNCTIONS[held.function] if held else "",
        "agency": agency_name(loaded(), held.agency_code) if held else "",
    }

"""The queue as its macros draw it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from feedback_app.accounts.actor import Actor
from feedback_app.catalogue.store import Loaded
from feedback_app.deadlines.calendar import WorkCalendar
from feedback_app.deadlines.standing import Category
from feedback_app.tickets import desk
from feedback_app.tickets.desk import Row, View, Wanted
from feedback_app.tickets.labels import STATUSES, Meta
from feedback_app.tickets.lifecycle import MEANING, Clock, Status
from feedback_app.web import days
from feedback_app.web.officer import wanting
from feedback_app.web.presenting import agency_name, area_name, field_name, local, status_meta

VIEWS: dict[View, Any] = {
    View.AGENCY: _l("Của cơ quan"),
    View.MINE: _l("Của tôi"),
    View.WAITING: _l("Chờ tôi"),
    View.UNCLAIMED: _l("Chưa ai nhận"),
    View.COORDINATING: _l("Phối hợp"),
    View.DONE: _l("Đã trả lời"),
    View.TRIAGE: _l("Chờ phân loại"),
    View.PROVINCE: _l("Toàn tỉnh"),
}
GROUPS: dict[Category, Meta] = {
    Category.LATE: Meta(_l("Trễ hạn"), "late", "alert"),
    Category.DUE_SOON: Meta(_l("Sắp đến hạn"), "soon", "clock"),
    Category.IN_TIME: Meta(_l("Trong hạn"), "intime", "check"),
    Category.WAITING: Meta(_l("Chờ doanh nghiệp"), "waiting", "pause"),
    Category.DONE: Meta(_l("Đã trả lời"), "intime", "check"),
}
NOTABLE = frozenset({Status.REVIEW, Status.TRIAGE, Status.CLOSED, Status.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class RowView:
    """One line of the macro ``queue_table``."""

    code: str
    version: int
    title: str
    href: str
    enterprise: str
    field: str
    deadline: days.Chip
    ball: str
    status: Meta | None


@dataclass(frozen=True, slots=True)
class Group:
    meta: Meta
    count: int
    rows: Sequence[RowView]


def row_view(row: Row, view: View, loaded: Loaded, calendar: WorkCalendar, today: date) -> RowView:
    return RowView(
        code=row.code,
        version=row.version,
        title=row.title,
        href=url_for("officer.ticket", code=row.code),
        enterprise=_firm(row),
        field=field_name(loaded, row.field),
        deadline=days.chip(
            row.due_on,
            today,
            calendar,
            paused=row.clock == Clock.PAUSED,
            answered_on=row.answered_on or (row.received_on if row.clock == Clock.CLOSED else None),
            estimated=row.due_estimated,
        ),
        ball=_ball(row, view, loaded),
        status=status_meta(row.status) if row.status in NOTABLE else None,
    )


def tabs(actor: Actor, wanted: Wanted, sizes: Mapping[View, int]) -> list[dict[str, Any]]:
    """Return the parts of the queue that this person has, with their sizes where they cost nothing."""
    return [
        {
            "label": VIEWS[view],
            "count": sizes.get(view),
            "href": wanting.href(wanted, view=view, category=None, status=None),
            "active": view == wanted.view,
        }
        for view in desk.views_of(actor)
    ]


def count_views(tally: Mapping[Category, int], wanted: Wanted) -> list[dict[str, Any]]:
    """Return the counts of the categories; pressing the active one shows all again."""
    if wanted.view is View.DONE:
        return []
    return [
        {
            "label": GROUPS[category].label,
            "count": count,
            "tone": GROUPS[category].tone,
            "active": category == wanted.category,
            "href": wanting.href(wanted, category=None if category == wanted.category else category),
        }
        for category, count in tally.items()
    ]


def groups(rows: Sequence[RowView], tally: Mapping[Category, int], wanted: Wanted) -> list[Group]:
    """Return the rows of this page by category, with the count of the whole category."""
    if wanted.view is View.DONE:
        return [Group(GROUPS[Category.DONE], len(rows), rows)] if rows else []
    found = [Group(GROUPS[c], tally[c], [r for r in rows if r.deadline.category == c]) for c in tally]
    return [group for group in found if group.rows]


def field_options(loaded: Loaded) -> list[tuple[str, str]]:
    return [("", _("Tất cả")), *((f.code, local(f.name)) for f in loaded.catalogue.fields.fields)]


def status_options(view: View) -> list[tuple[str, str]]:
    """Return the states in which the tickets of this part can be."""
    over = view is View.DONE
    fitting = [s for s in Status if (MEANING[s].clock in {Clock.ANSWERED, Clock.CLOSED}) == over]
    return [("", _("Tất cả")), *((status.value, str(STATUSES[status].label)) for status in fitting)]


def area_options(loaded: Loaded, today: date) -> list[tuple[str, str]]:
    """Return the areas of today, then those that are no more but stand in older tickets."""
    areas = sorted(loaded.catalogue.areas.areas, key=lambda area: (not area.exists(today), area.code))
    return [("", _("Tất cả")), *((area.code, local(area.name)) for area in areas)]


def handler_options(people: Sequence[tuple[int, str]]) -> list[tuple[str, str]]:
    named = [(str(id_), name) for id_, name in people if wanting.handler_word(id_) != wanting.ME]
    return [("", _("Tất cả")), (wanting.ME, _("Tôi")), (wanting.NONE, _("Chưa ai nhận")), *named]


def chips(wanted: Wanted, loaded: Loaded, people: Mapping[int, str]) -> list[dict[str, str]]:
    """Return what narrows the list now, each with the address that lifts it alone."""
    labels = {
        "q": _("Có từ: %(words)s", words=wanted.words) if wanted.words else None,
        "status": wanted.status and _("Trạng thái: %(status)s", status=STATUSES[wanted.status].label),
        "field": wanted.field and _("Lĩnh vực: %(field)s", field=field_name(loaded, wanted.field)),
        "area": wanted.areas and _("Địa bàn: %(area)s", area=area_name(loaded, wanted.areas[0])),
        "handler": _handler(wanted.handler_id, people),
        "agency": _("Đang giữ: %(agency)s", agency=agency_name(loaded, wanted.holder_id))
        if wanted.holder_id is not None
        else None,
    }
    return [
        {"label": str(label), "remove_href": wanting.href(wanted, **{name: None})}
        for name, label in labels.items()
        if label
    ]


def _handler(handler_id: int | None, people: Mapping[int, str]) -> str | None:
    if handler_id is None:
        return None
    words = {wanting.ME: _("Tôi"), wanting.NONE: _("Chưa ai nhận")}
    name = words.get(wanting.handler_word(handler_id) or "") or people.get(handler_id) or _("người khác")
    return str(_("Người thụ lý: %(name)s", name=name))


def _firm(row: Row) -> str:
    if row.firm is None:
        return str(_("Ẩn danh"))
    return _("%(name)s (ẩn danh)", name=row.firm) if row.hide_identity else row.firm


def _ball(row: Row, view: View, loaded: Loaded) -> str:
    if row.clock in {Clock.ANSWERED, Clock.CLOSED}:
        return row.handler or "–"
    if row.clock == Clock.PAUSED:
        return str(_("Doanh nghiệp"))
    if view in {View.COORDINATING, View.PROVINCE}:
        return agency_name(loaded, row.holder_id) or str(_("hệ thống"))
    return row.handler or str(_("Chưa ai nhận"))

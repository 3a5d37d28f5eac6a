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
from feedback_app.tickets.labels import Meta
from feedback_app.tickets.lifecycle import Clock, Status
from feedback_app.web import days
from feedback_app.web.catalogue import loaded as current
from feedback_app.web.presenting import agency_name, field_name, local, status_meta

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
            "href": url_for("officer.queue", view=view, q=wanted.words or None),
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
            "href": url_for("officer.queue", **_toggled(wanted, category)),
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


def chips(wanted: Wanted, loaded: Loaded) -> list[dict[str, str]]:
    """Return what narrows the list now, each with the address that lifts it."""
    found = []
    if wanted.words:
        label = _("Có từ: %(words)s", words=wanted.words)
        found.append(
            {"label": label, "remove_href": url_for("officer.queue", **(arguments(wanted) | {"q": None}))}
        )
    if wanted.field in {field.code for field in loaded.catalogue.fields.fields}:
        label = _("Lĩnh vực: %(field)s", field=field_name(loaded, wanted.field))
        href = url_for("officer.queue", **(arguments(wanted) | {"field": None}))
        found.append({"label": label, "remove_href": href})
    if wanted.holder_id is not None:
        label = _("Đang giữ: %(agency)s", agency=agency_name(loaded, wanted.holder_id))
        href = url_for("officer.queue", **(arguments(wanted) | {"agency": None}))
        found.append({"label": label, "remove_href": href})
    return found


def arguments(wanted: Wanted) -> dict[str, Any]:
    """Return the arguments of an address that shows the same list from its beginning."""
    return {
        "view": wanted.view if wanted.view is not View.AGENCY else None,
        "category": wanted.category,
        "q": wanted.words or None,
        "field": wanted.field or None,
        "agency": current().agency_codes.get(wanted.holder_id or 0),
    }


def _toggled(wanted: Wanted, category: Category) -> dict[str, Any]:
    return arguments(wanted) | {"category": None if category == wanted.category else category}


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

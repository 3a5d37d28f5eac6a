"""The oversight board: every agency on one page, the reddest first, each number a way into the queue."""

import csv
import io
from typing import Any

from flask import Response, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from feedback_app.core import clock
from feedback_app.core.db import db
from feedback_app.deadlines.calendar import work_calendar
from feedback_app.deadlines.standing import Category
from feedback_app.oversight import queries
from feedback_app.oversight.rules import ROLES, Board, Standing
from feedback_app.web.catalogue import loaded
from feedback_app.web.coordinating import blueprint
from feedback_app.web.identity import actor
from feedback_app.web.presenting import agency_name

PERIODS: dict[int, Any] = {30: _l("30 ngày qua"), 90: _l("90 ngày qua"), 365: _l("một năm qua")}
USUAL = 90
CATEGORIES: dict[Category, Any] = {
    Category.LATE: _l("Trễ hạn"),
    Category.DUE_SOON: _l("Sắp đến hạn"),
    Category.IN_TIME: _l("Trong hạn"),
    Category.WAITING: _l("Tạm dừng"),
}
LEGS: dict[str, Any] = {
    "triage": _l("Phân loại"),
    "assignment": _l("Phân công, nhận việc"),
    "answer": _l("Giải quyết, trả lời"),
    "opinion": _l("Góp ý phối hợp"),
    "approval": _l("Duyệt trả lời"),
    "province": _l("UBND tỉnh"),
}
TONES = {
    Category.LATE: "late",
    Category.DUE_SOON: "soon",
    Category.IN_TIME: "intime",
    Category.WAITING: "waiting",
}


@blueprint.get("/")
def board() -> str:
    days = _days()
    found = _board(days)
    return render_template(
        "coordinating/board.html",
        board=found,
        days=days,
        periods=list(PERIODS.items()),
        categories=CATEGORIES,
        tones=TONES,
        legs={role: LEGS[role] for role in ROLES},
        agency_name=lambda agency_id: agency_name(loaded(), agency_id),
        queue_href=_queue_href,
        percent=_percent,
    )


@blueprint.get("/bang.csv")
def board_csv() -> Response:
    days = _days()
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(_head())
    writer.writerows(_line(row) for row in _board(days).rows)
    name = f"co-quan-{clock.today().isoformat()}-{days}-ngay.csv"
    return Response(
        "\ufeff" + text.getvalue(),  # the mark by which spreadsheets know UTF-8
        mimetype="text/csv",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _board(days: int) -> Board:
    calendar = work_calendar(loaded().catalogue)
    return queries.overview(db.session(), actor(), calendar, clock.today(), days)


def _days() -> int:
    asked = request.args.get("days", USUAL, type=int)
    return asked if asked in PERIODS else USUAL


def _queue_href(agency_id: int, category: Category | None = None) -> str:
    code = loaded().agency_codes[agency_id]
    return url_for("officer.queue", view="province", agency=code, category=category)


def _head() -> list[str]:
    head = [_("Mã cơ quan"), _("Cơ quan"), *map(str, CATEGORIES.values()), _("Đang mở")]
    for label in LEGS.values():
        head += [
            _("%(leg)s: số chặng", leg=label),
            _("%(leg)s: trung vị (ngày làm việc)", leg=label),
            _("%(leg)s: tổng (ngày làm việc)", leg=label),
            _("%(leg)s: tổng ngày trễ của chặng", leg=label),
        ]
    return [*head, _("Phiếu chủ trì"), _("Phiếu có tạm dừng"), _("Phiếu có gia hạn"), _("Lần trả lại")]


def _line(row: Standing) -> list[object]:
    line: list[object] = [loaded().agency_codes[row.agency_id], agency_name(loaded(), row.agency_id)]
    line += [row.count(category) for category in CATEGORIES]
    line.append(row.waits)
    for role in LEGS:
        found = row.days.get(role)
        line += [found.legs, found.median, found.total, found.late] if found else ["", "", "", ""]
    rates = row.rates
    return [*line, rates.led, rates.paused, rates.extended, rates.returned]


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{round(share * 100)}\u00a0%"

"""The words of the ladder of reminders, as the page of the time limits shows it."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from feedback_app.catalogue.packs.ladder import Delivery, Group, Rung, RunningClock, Weekday
from feedback_app.core.i18n import WEEKDAYS, language

GROUPS: dict[Group, Any] = {
    Group.HANDLER: _l("người xử lý"),
    Group.FOCAL_POINT: _l("cơ quan đầu mối"),
    Group.HEAD: _l("lãnh đạo cơ quan đang giữ phiếu"),
    Group.COORDINATING_OFFICE: _l("Văn phòng UBND tỉnh"),
    Group.CHAIRMAN: _l("Chủ tịch UBND tỉnh"),
}
CLOCKS: dict[RunningClock, Any] = {
    RunningClock.CASE: _l("thời hạn của phiếu"),
    RunningClock.LEG: _l("thời hạn của từng phần việc"),
}


def rung_day(rung: Rung) -> str:
    """Return on which day a rung is reached, in words."""
    if rung.distance == 0:
        return str(_("ngày đến hạn"))
    days = abs(rung.distance)
    if rung.is_late:
        return str(_("%(days)s ngày làm việc sau hạn", days=days))
    return str(_("%(days)s ngày làm việc trước hạn", days=days))


def rung_delivery(rung: Rung) -> str:
    """Return how a rung is told outside the application."""
    match rung.delivery:
        case Delivery.DIGEST:
            return str(_("thư tổng hợp buổi sáng"))
        case Delivery.SINGLE:
            return str(_("thư riêng"))
        case Delivery.WEEKLY:
            day = WEEKDAYS[language()][list(Weekday).index(rung.weekday or Weekday.MONDAY)]
            return str(_("danh sách hằng tuần, %(day)s", day=day))


def group_names(rung: Rung) -> str:
    return "; ".join(str(GROUPS[group]) for group in rung.groups)


def clock_names(rung: Rung) -> str:
    return "; ".join(str(CLOCKS[clock]) for clock in rung.clocks)


WORDS = {
    "rung_day": rung_day,
    "rung_delivery": rung_delivery,
    "group_names": group_names,
    "clock_names": clock_names,
}

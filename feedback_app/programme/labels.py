"""Words for states of tasks and for periods."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from feedback_app.programme.rules import State

STATES: dict[State, Any] = {
    State.NOT_STARTED: _l("chưa triển khai"),
    State.IN_PROGRESS: _l("đang thực hiện"),
    State.BEHIND: _l("chậm tiến độ"),
    State.DONE: _l("hoàn thành"),
}


def period_name(code: str) -> str:
    """Return how a period is called: tháng 10/2026, quý IV/2026, 6 tháng cuối năm 2026, năm 2026."""
    year, _dash, part = code.partition("-")
    if not part:
        return str(_("năm %(year)s", year=year))
    if part.startswith("Q"):
        quarter = ("I", "II", "III", "IV")[int(part[1]) - 1]
        return str(_("quý %(quarter)s/%(year)s", quarter=quarter, year=year))
    if part == "H1":
        return str(_("6 tháng đầu năm %(year)s", year=year))
    if part == "H2":
        return str(_("6 tháng cuối năm %(year)s", year=year))
    return str(_("tháng %(month)s/%(year)s", month=part, year=year))

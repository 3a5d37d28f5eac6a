"""Legs of a ticket as its page shows them: whose days, how many, which of them late."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l

from feedback_app.catalogue.store import Loaded
from feedback_app.deadlines.standing import Leg
from feedback_app.web.presenting.names import agency_name

ROLES: dict[str, Any] = {
    "triage": _l("phân loại"),
    "assignment": _l("nhận phiếu"),
    "answer": _l("giải quyết, trả lời"),
    "opinion": _l("cho ý kiến phối hợp"),
    "approval": _l("duyệt văn bản"),
    "province": _l("UBND tỉnh chỉ đạo"),
}


@dataclass(frozen=True, slots=True)
class LegView:
    """One line: ``days`` used, ``late`` after the leg's own last day ``due_on``, ``case_late`` after the case's."""

    agency: str
    role: str
    since: date
    until: date | None
    due_on: date | None
    days: int
    late: int
    case_late: int


def leg_views(legs: Iterable[Leg], loaded: Loaded) -> list[LegView]:
    """Return the lines; the agencies bear the names of the day on which their leg began."""
    return [_view(leg, loaded) for leg in legs]


def _view(leg: Leg, loaded: Loaded) -> LegView:
    held = leg.assignment
    return LegView(
        agency=agency_name(loaded, int(held.agency), held.since),
        role=str(ROLES.get(held.role, held.role)),
        since=held.since,
        until=held.until,
        due_on=held.due_on,
        days=leg.working_days,
        late=leg.late_days,
        case_late=leg.case_late_days,
    )

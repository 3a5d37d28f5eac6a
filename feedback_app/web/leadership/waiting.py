"""The tickets behind a count of what waits: numbers for leaders, links for whoever may open them."""

import re
from datetime import date
from typing import Any

from flask import abort, render_template, request, url_for
from flask_babel import gettext as _

from feedback_app.core import clock
from feedback_app.core.db import db
from feedback_app.statistics import waiting as behind
from feedback_app.statistics.backlog import Leg
from feedback_app.statistics.waiting import Asked, Mark, WaitingTicket
from feedback_app.tickets.labels import STATUSES
from feedback_app.tickets.lifecycle import Status
from feedback_app.web.catalogue import loaded
from feedback_app.web.identity import actor
from feedback_app.web.leadership import blueprint
from feedback_app.web.leadership.dashboard_parts import LEGS
from feedback_app.web.presenting import agency_name, field_name

SIZE = 50
KEPT = ("co_quan", "khau", "tre")
_MARK = re.compile(r"(\d{4}-\d{2}-\d{2})_(\d{1,17})", re.ASCII)


@blueprint.get("/dang-cho")
def waiting() -> str:
    asked = _asked()
    found = behind.page(db.session(), actor(), asked, clock.today(), after=_after(), size=SIZE + 1)
    kept: dict[str, Any] = {name: request.args[name] for name in KEPT if request.args.get(name)}
    day, id_ = found[SIZE - 1].mark if len(found) > SIZE else (None, 0)
    return render_template(
        "leadership/waiting.html",
        title=_title(asked),
        rows=[_row(ticket) for ticket in found[:SIZE]],
        today=clock.today(),
        next_href=url_for("leadership.waiting", **{**kept, "sau": f"{day}_{id_}"}) if day else None,
    )


def _asked() -> Asked:
    """Return what the address asks for; ends in 404 for a code that is none."""
    code, leg = request.args.get("co_quan"), request.args.get("khau")
    if (code and code not in loaded().agency_ids) or (leg and leg not in set(Leg)):
        abort(404)
    agency_id = loaded().agency_ids[code] if code else None
    return Asked(agency_id, Leg(leg) if leg else None, request.args.get("tre") == "1")


def _after() -> Mark | None:
    match = _MARK.fullmatch(request.args.get("sau", ""))
    try:
        return (date.fromisoformat(match[1]), int(match[2])) if match else None
    except ValueError:
        return None


def _title(asked: Asked) -> str:
    parts = [_("Phiếu quá hạn") if asked.late else _("Phiếu đang chờ")]
    parts += [agency_name(loaded(), asked.agency_id)] if asked.agency_id is not None else []
    parts += [str(LEGS[asked.leg])] if asked.leg else []
    return " · ".join(parts)


def _row(ticket: WaitingTicket) -> dict[str, object]:
    return {
        "code": ticket.code,
        "href": url_for("officer.ticket", code=ticket.code) if ticket.visible else None,
        "agency": agency_name(loaded(), ticket.holder_id),
        "field": field_name(loaded(), ticket.field),
        "status": STATUSES[Status(ticket.status)],
        "due_on": ticket.due_on,
    }

"""The agencies that may be given a ticket: the candidates of the rules first, then every living agency."""

from typing import Any

from flask_babel import gettext as _

from feedback_app.core import clock
from feedback_app.core.db import db
from feedback_app.core.errors import NotFound
from feedback_app.core.i18n import language
from feedback_app.tickets import queries
from feedback_app.tickets.models import Ticket
from feedback_app.web.catalogue import loaded
from feedback_app.web.identity import actor
from feedback_app.web.officer.forms import OTHER, AssignForm
from feedback_app.web.presenting import local


def agencies(ticket: Ticket | None) -> list[tuple[str, str]]:
    """Return the living agencies by code and name, without those that the report is about."""
    if ticket is None:
        return []
    barred = {row.agency_id for row in ticket.concerned}
    living = loaded().directory.active(clock.today())
    return [(a.code, local(a.name)) for a in living if loaded().agency_ids[a.code] not in barred]


def seen(code: str) -> Ticket | None:
    """Return the ticket whose facts the choices depend on; ``None`` where the act will be refused anyway."""
    try:
        return queries.handled_by(db.session(), actor(), code, whole=True)
    except NotFound:
        return None


def offer(form: AssignForm, ticket: Ticket | None) -> None:
    """Fill in what can be chosen."""
    every = agencies(ticket)
    names, best = dict(every), _scores(ticket)
    form.agency.choices = [
        *((code, f"{names[code]} ({score}\u00a0%)") for code, score in best.items() if code in names),
        (OTHER, str(_("Cơ quan khác"))),
    ]
    form.other.choices = [("", str(_("Chọn cơ quan"))), *every]


def whys(ticket: Ticket | None) -> dict[str, str]:
    """Return what spoke for each candidate, by code, in the reader's language."""
    name = "why_en" if language() == "en" else "why_vi"
    return {row["code"]: row[name] for row in _best(ticket) if name in row}


def _scores(ticket: Ticket | None) -> dict[str, int]:
    """Return what the rules last thought, in percent by code, best first."""
    return {row["code"]: round(row["score"] * 100) for row in _best(ticket)}


def _best(ticket: Ticket | None) -> list[dict[str, Any]]:
    legs = reversed(ticket.assignments) if ticket is not None else ()
    best: list[dict[str, Any]] = next((leg.candidates["best_first"] for leg in legs if leg.candidates), [])
    return best

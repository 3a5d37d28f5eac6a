"""Visits in the inspection calendar."""

from datetime import date
from itertools import count
from typing import Any

from feedback_app.accounts.actor import Actor
from feedback_app.catalogue.store import Loaded
from feedback_app.core import clock
from feedback_app.core.db import unit_of_work
from feedback_app.inspections.entries import Entry
from feedback_app.inspections.models import InspectionVisit
from feedback_app.inspections.services import recording

_numbers = count(1)


def an_entry(**overrides: Any) -> Entry:
    """Return a planned check of construction by Sở Xây dựng in 2026, unless told otherwise."""
    given: dict[str, Any] = {
        "code": f"KH-{next(_numbers)}",
        "tax_code": "4200000001",
        "enterprise": "Công ty TNHH Mẫu A",
        "year": 2026,
        "form": "check",
        "agency": "so-xd",
        "contents": ("construction",),
    }
    return Entry(**(given | overrides))


def a_visit(loaded: Loaded, inspector: Actor, **overrides: Any) -> InspectionVisit:
    """Return the visit of ``an_entry``; committed. One that is done took place on 05/03 unless told otherwise."""
    if overrides.get("state") == "done":
        overrides = {"starts_on": date(overrides.get("year", 2026), 3, 5)} | overrides
    with unit_of_work() as session:
        return recording.record(session, an_entry(**overrides), loaded, by=inspector, at=clock.now())

"""By which structure a page of statistics is read: that of the period, or that of today."""

from typing import Any

from flask import request, url_for
from flask_babel import lazy_gettext as _l

from feedback_app.statistics.structure import Structure

PRESENT = "hien-nay"
NAME = "co_cau"
STRUCTURES = {
    Structure.THEN: _l("Theo cơ cấu trong kỳ"),
    Structure.PRESENT: _l("Theo cơ cấu hiện nay"),
}


def asked_for() -> Structure:
    """Return what the address asks for, else the structure of the period."""
    return Structure.PRESENT if request.args.get(NAME) == PRESENT else Structure.THEN


def kept(structure: Structure | None = None) -> dict[str, Any]:
    """Return what an address adds for the structure (None: the one asked for); nothing for that of the period."""
    return {NAME: PRESENT} if (structure or asked_for()) is Structure.PRESENT else {}


def choices(endpoint: str, **kept_too: Any) -> list[tuple[str, Structure, str]]:
    """Return name, structure and address of each way to read the page."""
    return [
        (str(name), structure, url_for(endpoint, **kept_too, **kept(structure)))
        for structure, name in STRUCTURES.items()
    ]

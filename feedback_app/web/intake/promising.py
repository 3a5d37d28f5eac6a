"""The promise as the check page draws it: the same for everybody who files such a matter on the same day."""

from dataclasses import dataclass
from datetime import date

from flask import get_template_attribute
from markupsafe import Markup

from feedback_app.catalogue.packs import Catalogue
from feedback_app.core import clock
from feedback_app.deadlines.profiles import territory_of
from feedback_app.deadlines.promise import Promise, promise
from feedback_app.web import days


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is promised, and its strip of days as markup; it holds for ``catalogue`` on ``day`` only."""

    catalogue: Catalogue
    day: date
    promised: Promise
    strip: Markup


def drawn(catalogue: Catalogue, kind: str, language: str, area: str | None = None) -> Drawn:
    """Return the promise to a filing of ``kind`` in ``area`` received now, drawn once a day for each territory."""
    today = clock.today()
    key = (kind, language, territory_of(catalogue, area))
    kept = _kept.get(key)
    if kept is None or kept.day != today or kept.catalogue is not catalogue:
        kept = _kept[key] = _draw(catalogue, kind, today, language, area)
    return kept


def _draw(catalogue: Catalogue, kind: str, today: date, language: str, area: str | None) -> Drawn:
    promised = promise(catalogue, kind, clock.now(), area=area)
    strip = days.strip(promised.days, promised.due_on, today, language)
    return Drawn(
        catalogue, today, promised, get_template_attribute("components/case.html", "day_strip")(strip)
    )


_kept: dict[tuple[str, str, str | None], Drawn] = {}

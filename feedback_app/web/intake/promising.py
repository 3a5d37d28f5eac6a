"""The promise as the check page draws it: the same for everybody who files such a matter on the same day."""

from dataclasses import dataclass
from datetime import date

from flask import get_template_attribute
from markupsafe import Markup

from feedback_app.catalogue.packs import Catalogue
from feedback_app.core import clock
from feedback_app.deadlines.promise import Promise, promise
from feedback_app.web import days


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is promised, and its strip of days as markup; it holds for ``catalogue`` on ``day`` only."""

    catalogue: Catalogue
    day: date
    promised: Promise
    strip: Markup


def drawn(catalogue: Catalogue, kind: str, language: str) -> Drawn:
    """Return the promise to a filing of ``kind`` received now, drawn once a day for each kind and language."""
    today = clock.today()
    kept = _kept.get((kind, language))
    if kept is None or kept.day != today or kept.catalogue is not catalogue:
        kept = _kept[kind, language] = _draw(catalogue, kind, today, language)
    return kept


def _draw(catalogue: Catalogue, kind: str, today: date, language: str) -> Drawn:
    promised = promise(catalogue, kind, clock.now())
    strip = days.strip(promised.days, promised.due_on, today, language)
    return Drawn(
        catalogue, today, promised, get_template_attribute("components/case.html", "day_strip")(strip)
    )


_kept: dict[tuple[str, str], Drawn] = {}

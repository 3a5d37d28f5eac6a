"""The page of one month. Only calendar months: two cuts that overlap could be subtracted from one another."""

from dataclasses import dataclass

from flask import render_template, request, url_for

from feedback_app.catalogue.packs.indicators import IndicatorEdition
from feedback_app.core import clock
from feedback_app.core.db import db
from feedback_app.indicators.definitions import IndicatorResult, evaluate
from feedback_app.indicators.labels import FIGURES
from feedback_app.indicators.queries import edition_for
from feedback_app.statistics import queries
from feedback_app.statistics.figures import total_counts
from feedback_app.statistics.periods import Period, cuts
from feedback_app.statistics.queries import Figures
from feedback_app.statistics.structure import Structure
from feedback_app.web.catalogue import loaded
from feedback_app.web.presenting import periods, switching
from feedback_app.web.presenting.indicators import indicator_views
from feedback_app.web.presenting.public_tables import Tables, tables
from feedback_app.web.presenting.structures import in_present
from feedback_app.web.statistics import blueprint

CALENDAR_MONTH = 1


@dataclass(frozen=True, slots=True)
class Month:
    """What may be published of one month."""

    figures: Figures
    edition: IndicatorEdition
    results: tuple[IndicatorResult, ...]
    tables: Tables
    structure: Structure = Structure.THEN


@blueprint.get("/")
def index() -> str:
    period, wrong = asked_for()
    month = published(period, switching.asked_for())
    return render_template(
        "statistics/index.html",
        period=period,
        wrong=wrong,
        choices=periods.choices(queries.computed(db.session()), period, first_day=CALENDAR_MONTH),
        running=period.last >= clock.today(),
        month=month,
        indicators=indicator_views(month.results, month.edition) if month else [],
        figures=FIGURES,
        methodology_url=url_for("statistics.methodology"),
        structures=switching.choices("statistics.index", ky=period.code),
        kept=switching.kept(month.structure) if month else {},
    )


def asked_for() -> tuple[Period, str]:
    """Return the month that the address names, else the last full one, and what was wrong with the name."""
    months = [cut for cut in cuts(loaded().catalogue) if (cut.months, cut.first_day) == (1, CALENDAR_MONTH)]
    return periods.chosen(request.args.get("ky"), months, periods.last_full_month(clock.today()))


def published(period: Period, structure: Structure = Structure.THEN) -> Month | None:
    """Return the month's figures as far as they may be shown, ``None`` if they were never computed."""
    figures = queries.figures(db.session(), period)
    if figures is None:
        return None
    edition = edition_for(db.session(), period)
    results = evaluate(edition, total_counts(figures.by_group))
    shown = tables(figures, loaded())
    if structure is Structure.PRESENT:
        shown = in_present(shown, loaded(), clock.today())
    return Month(figures, edition, results, shown, structure)

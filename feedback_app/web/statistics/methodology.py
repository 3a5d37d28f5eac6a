"""How the figures are computed: written out of the definitions themselves."""

from flask import render_template, request, url_for

from feedback_app.catalogue.packs.indicators import IndicatorEdition
from feedback_app.core import clock
from feedback_app.core.db import db
from feedback_app.indicators import queries as indicators
from feedback_app.indicators.definitions import MINIMUM_COVERAGE, UnknownEdition, evaluate
from feedback_app.indicators.labels import FIGURES, MEASURES
from feedback_app.statistics.periods import cuts
from feedback_app.surveys.rules import LEAST
from feedback_app.web.catalogue import loaded
from feedback_app.web.presenting import periods as asking
from feedback_app.web.presenting.indicators import indicator_views, official
from feedback_app.web.presenting.names import local
from feedback_app.web.statistics import blueprint


@blueprint.get("/cach-tinh")
def methodology() -> str:
    edition, wrong = _asked_for()
    measured = {indicator.sub_index for indicator in edition.indicators}
    return render_template(
        "statistics/methodology.html",
        edition=edition,
        wrong=wrong,
        editions=_editions(),
        unnamed=(edition.number_of_sub_indices or 0) - len(edition.sub_indices),
        indicators=indicator_views(evaluate(edition, {}), edition),
        sub_indices=[
            (sub_index, local(sub_index.name), official(sub_index, edition), sub_index.number in measured)
            for sub_index in edition.sub_indices
        ],
        words=[*FIGURES.values(), *MEASURES.values()],
        periods=[(local(cut.name), cut.source) for cut in cuts(loaded().catalogue)],
        coverage=round(MINIMUM_COVERAGE * 100),
        least=LEAST,
        methodology_url=url_for("statistics.methodology"),
    )


def _asked_for() -> tuple[IndicatorEdition, str]:
    """Return the edition that the address names, as it was in force for the period it names, and what was wrong."""
    known, code = cuts(loaded().catalogue), request.args.get("an_ban") or None
    period, wrong = asking.chosen(request.args.get("ky"), known, asking.last_full_month(clock.today()))
    try:
        return indicators.edition_for(db.session(), period, code), wrong
    except UnknownEdition as error:
        return indicators.edition_for(db.session(), period), str(error)


def _editions() -> list[tuple[str, str, str]]:
    return [
        (local(edition.name), edition.code, url_for("statistics.methodology", an_ban=edition.code))
        for edition in loaded().catalogue.indicators
    ]

"""How the figures are computed: written out of the definitions themselves."""

from flask import render_template, url_for

from feedback_app.indicators.definitions import MINIMUM_COVERAGE, edition_of, evaluate
from feedback_app.indicators.labels import FIGURES, MEASURES
from feedback_app.statistics.periods import cuts
from feedback_app.surveys.rules import LEAST
from feedback_app.web.catalogue import loaded
from feedback_app.web.presenting.indicators import indicator_views, official
from feedback_app.web.presenting.names import local
from feedback_app.web.statistics import blueprint


@blueprint.get("/cach-tinh")
def methodology() -> str:
    edition = edition_of(loaded().catalogue.indicators)
    measured = {indicator.sub_index for indicator in edition.indicators}
    return render_template(
        "statistics/methodology.html",
        edition=edition,
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

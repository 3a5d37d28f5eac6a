"""Which edition, sub-index and period an address of the indicators names, and what stands there."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import abort, request, url_for

from feedback_app.catalogue.packs.indicators import IndicatorEdition, SubIndex
from feedback_app.core import clock
from feedback_app.core.db import db
from feedback_app.indicators import queries as indicators
from feedback_app.indicators.definitions import IndicatorResult, UnknownEdition, evaluate
from feedback_app.statistics import queries
from feedback_app.statistics.figures import total_counts
from feedback_app.statistics.periods import Period, cuts
from feedback_app.statistics.queries import Figures
from feedback_app.web.catalogue import loaded
from feedback_app.web.presenting import periods
from feedback_app.web.presenting.names import local

EDITION = "an_ban"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is shown: figures None if the period has none; ``wrong`` says what the address named and is not."""

    period: Period
    edition: IndicatorEdition
    figures: Figures | None
    today: date  # to which everything has been counted
    wrong: str

    @property
    def kept(self) -> dict[str, Any]:
        """Return what addresses keep beside the period."""
        return {EDITION: self.edition.code} if request.args.get(EDITION) else {}

    @property
    def place(self) -> dict[str, Any]:
        """Return what addresses keep to stay in this period and edition."""
        return {"ky": self.period.code} | self.kept

    def results(self) -> tuple[IndicatorResult, ...]:
        """Return the indicators of the edition; without figures they say that nothing is known."""
        return evaluate(self.edition, total_counts(self.figures.by_group) if self.figures else {})

    def result_of(self, sub_index: SubIndex) -> IndicatorResult | None:
        """Return the indicator that measures the sub-index, ``None`` where none does."""
        return next((r for r in self.results() if r.sub_index.number == sub_index.number), None)

    def sub_index(self, code: str) -> SubIndex:
        """Return the sub-index of that code; ends in 404 if the edition has none."""
        found = next((sub for sub in self.edition.sub_indices if sub.code == code), None)
        return found or abort(404)


def asked_for() -> Asked:
    """Return what the address asks for; the last full month and the first edition where it names none."""
    session, today = db.session(), clock.today()
    period, wrong = periods.chosen(
        request.args.get("ky"), cuts(loaded().catalogue), periods.last_full_month(today)
    )
    code = request.args.get(EDITION) or None
    try:
        edition = indicators.edition_for(session, period, code)
    except UnknownEdition as error:
        edition, wrong = indicators.edition_for(session, period), str(error)
    figures = queries.figures(session, period)
    return Asked(period, edition, figures, indicators.counted_to(session) or today, wrong)


def editions(endpoint: str, asked: Asked, **kept: Any) -> list[tuple[str, str, str]]:
    """Return name, code and address of each edition with indicators, for the switch."""
    return [
        (local(one.name), one.code, url_for(endpoint, ky=asked.period.code, **kept, an_ban=one.code))
        for one in loaded().catalogue.indicators
        if one.indicators
    ]

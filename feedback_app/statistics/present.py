"""The figures of a period by the agencies of today, computed when asked: they change with each reorganisation."""

from datetime import date

from sqlalchemy.orm import Session

from feedback_app.catalogue.store import Loaded
from feedback_app.statistics import queries
from feedback_app.statistics.periods import Period
from feedback_app.statistics.queries import Figures
from feedback_app.statistics.rollup import figures_of
from feedback_app.statistics.structure import as_present


def present_figures(session: Session, loaded: Loaded, period: Period, today: date) -> Figures | None:
    """Return the figures of ``period``, counted for whoever answers for each matter on ``today``.

    ``None`` if the period has no figures: both ways of reading it show the same moment.
    """
    stored = queries.figures(session, period)
    if stored is None:
        return None
    facts = queries.cases(session, queries.touching(period, min(period.last, today)), at_once=True)
    by_agency = figures_of(((fact, ()) for fact in as_present(facts, loaded.directory, today)), period, today)
    kept = {group: values for group, values in stored.by_group.items() if not group.agency}
    fresh = {group: values for group, values in by_agency.items() if group.agency}
    return Figures(period, stored.computed_at, kept | fresh)

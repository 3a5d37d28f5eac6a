"""The figures of a period by the agencies of today, computed when asked: they change with each reorganisation."""

from datetime import date

from sqlalchemy.orm import Session

from feedback_app.catalogue.store import Loaded
from feedback_app.statistics.figures import figures_of
from feedback_app.statistics.periods import Period
from feedback_app.statistics.queries import Figures, facts_touching, figures
from feedback_app.statistics.structure import as_present


def present_figures(session: Session, loaded: Loaded, period: Period, today: date) -> Figures | None:
    """Return the figures of ``period``, counted for whoever answers for each matter on ``today``.

    ``None`` if nobody has computed the period yet: both ways of reading it show the same moment.
    """
    stored = figures(session, period)
    if stored is None:
        return None
    facts = as_present(facts_touching(session, period, today), loaded.directory, today)
    by_agency = figures_of(facts, period, today)
    kept = {group: values for group, values in stored.by_group.items() if not group.agency}
    fresh = {group: values for group, values in by_agency.items() if group.agency}
    return Figures(period, stored.computed_at, kept | fresh)

"""What the front page says of last month: the figures of /so-lieu/, under the same rule for small numbers."""

from dataclasses import dataclass

from feedback_app.catalogue.packs.indicators import Measure
from feedback_app.catalogue.store import Loaded
from feedback_app.core import clock
from feedback_app.core.db import STORE_IS_AWAY, db
from feedback_app.statistics import queries
from feedback_app.statistics.figures import Figure
from feedback_app.statistics.periods import Period
from feedback_app.web.catalogue import loaded
from feedback_app.web.presenting.periods import last_full_month
from feedback_app.web.presenting.public_tables import Row, tables


@dataclass(frozen=True, slots=True)
class LastMonth:
    """``answered`` tickets are the n of the others; ``None``: not known, or hidden with a small number."""

    period: Period
    answered: int
    percent_in_time: int | None
    days_median: float | None


def last_month() -> LastMonth | None:
    """Return last month's figures; ``None`` when nothing may be said, or nobody can be asked."""
    try:
        return _published(last_full_month(clock.today()), loaded())
    except STORE_IS_AWAY:
        db.session.rollback()
        return None


def _published(period: Period, catalogue: Loaded) -> LastMonth | None:
    found = queries.figures(db.session(), period)
    row = tables(found, catalogue).by_agency.total if found is not None else None
    answered = row.counts[Measure.ANSWERED] if row is not None else None
    if row is None or not answered:
        return None
    return LastMonth(period, answered, _share(row, answered), row.days_median)


def _share(row: Row, answered: int) -> int | None:
    in_time = row.counts[Figure.IN_TIME]
    return None if in_time is None else round(in_time / answered * 100)

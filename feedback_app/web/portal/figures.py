"""What the front page says of the youngest published month: the figures of /so-lieu/."""

from dataclasses import dataclass

from feedback_app.catalogue.packs.indicators import Measure
from feedback_app.core.db import STORE_IS_AWAY, db
from feedback_app.opendata import queries
from feedback_app.statistics.figures import Figure
from feedback_app.statistics.periods import Period
from feedback_app.web.catalogue import loaded
from feedback_app.web.presenting.public_tables import Row, tables


@dataclass(frozen=True, slots=True)
class LastMonth:
    """``answered`` tickets are the n of the others; ``None``: not known, or hidden with a small number."""

    period: Period
    answered: int
    percent_in_time: int | None
    days_median: float | None


def last_month() -> LastMonth | None:
    """Return the youngest month's figures; ``None`` when nothing may be said, or nobody can be asked."""
    try:
        newest = queries.newest(db.session())
        release = queries.release(db.session(), newest.period) if newest else None
        return (
            _published(queries.period_of(release), tables(release, loaded()).by_agency.total)
            if release
            else None
        )
    except STORE_IS_AWAY:
        db.session.rollback()
        return None


def _published(period: Period, row: Row) -> LastMonth | None:
    answered = row.counts[Measure.ANSWERED]
    if not answered:
        return None
    return LastMonth(period, answered, row.share(Figure.IN_TIME, Measure.ANSWERED), row.days_median)

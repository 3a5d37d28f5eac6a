"""What is known of each agency under the five themes of DDCI: shares of whole months of one year, no score."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from feedback_app.catalogue.packs.ddci import DdciMeasure
from feedback_app.catalogue.packs.indicators import Measure
from feedback_app.catalogue.store import Loaded
from feedback_app.core import clock
from feedback_app.indicators.definitions import Interval, wilson
from feedback_app.programme.models import ProgrammeReport
from feedback_app.statistics import queries as statistics
from feedback_app.statistics.periods import Period, containing
from feedback_app.surveys import queries as surveys
from feedback_app.surveys.rules import LEAST
from feedback_app.tickets.beyond import Commitment

KEPT = "kept"
OF_CASES: Mapping[DdciMeasure, tuple[Measure, Measure]] = {
    DdciMeasure.ANSWERED_IN_TIME: (Measure.ANSWERED_IN_TIME, Measure.DUE_IN_PERIOD),
    DdciMeasure.SATISFIED: (Measure.SATISFIED_ANSWERED, Measure.RATED),
    DdciMeasure.SOLVED: (Measure.SOLVED_SAYS_ENTERPRISE, Measure.RATED),
    DdciMeasure.REOPENED: (Measure.REOPENED_WITHIN_30_DAYS, Measure.ANSWERED),
}


@dataclass(frozen=True, slots=True)
class Known:
    """So many of so many; below ``LEAST`` no share is told."""

    k: int = 0
    n: int = 0

    @property
    def share(self) -> float | None:
        return 100 * self.k / self.n if self.n >= LEAST else None

    @property
    def interval(self) -> Interval | None:
        return wilson(self.k, self.n) if self.n >= LEAST else None


Figures = dict[str, dict[DdciMeasure, Known]]  # agency → measure


def months(today: date) -> tuple[Period, Period]:
    """Return the first and the last whole month of the year in which the last whole month lies."""
    last = containing(today).previous()
    return containing(last.last.replace(month=1, day=1)), last


def figures(session: Session, loaded: Loaded, first: Period, last: Period) -> Figures:
    """Return what is known of each agency in the whole months from ``first`` through ``last``."""
    found: Figures = defaultdict(dict)
    for agency, counts in _of_cases(session, first, last).items():
        found[agency].update(counts)
    for measure, known in (
        (DdciMeasure.PROGRAMME_REPORTS, _reports(session, first.first, last.last)),
        (DdciMeasure.PROMISES_KEPT, _promises(session, first.first, last.last)),
    ):
        for agency_id, own in known.items():
            found[loaded.agency_codes[agency_id]][measure] = own
    return dict(found)


def of_province(session: Session, first: Period, last: Period, today: date) -> dict[DdciMeasure, Known]:
    """Return what is known of all agencies together: the answers that nobody can trace, of closed months."""
    year = [f"{first.first.year}-{month:02d}" for month in range(1, last.first.month + 1)]
    totals = surveys.totals(session, year, today=today)
    return {
        DdciMeasure.TREATED_PROPERLY: Known(totals.treated_properly.yes, totals.treated_properly.n),
        DdciMeasure.NO_EXTRA_PAYMENT: Known(totals.extra_payment.no, totals.extra_payment.n),
    }


def _of_cases(session: Session, first: Period, last: Period) -> Figures:
    sums: defaultdict[str, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    for (agency, _field), counts in statistics.pairs(session, first.first, last.first).items():
        for name, n in counts.items():
            sums[agency][name] += n
    sums.pop("", None)
    return {
        agency: {measure: Known(own[k], own[n]) for measure, (k, n) in OF_CASES.items()}
        for agency, own in sums.items()
    }


def _reports(session: Session, first: date, last: date) -> dict[int, Known]:
    """Return, by agency, how many of the reports that fell due were handed in by their day."""
    row = ProgrammeReport
    query = select(row.agency_id, row.due_on, row.reported_at).where(row.due_on.between(first, last))
    pairs: defaultdict[int, list[int]] = defaultdict(lambda: [0, 0])
    for agency_id, due_on, at in session.execute(query):
        pairs[agency_id][0] += at is not None and clock.local_date(at) <= due_on
        pairs[agency_id][1] += 1
    return {agency_id: Known(k, n) for agency_id, (k, n) in pairs.items()}


def _promises(session: Session, first: date, last: date) -> dict[int, Known]:
    """Return, by agency, how many of the commitments whose day came were kept; open ones past their day are not."""
    row = Commitment
    due = row.due_on.between(first, last)
    query = select(row.agency_id, func.count().filter(row.state == KEPT), func.count()).where(due)
    return {agency_id: Known(k, n) for agency_id, k, n in session.execute(query.group_by(row.agency_id))}

"""Behind every figure: exactly the cases that are counted in it."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy.orm import Session

from feedback_app.statistics import queries
from feedback_app.statistics.facts import CaseFact
from feedback_app.statistics.figures import Group
from feedback_app.statistics.models import CaseFactRow
from feedback_app.statistics.periods import Period
from feedback_app.statistics.rollup import behind


def cases_behind(
    session: Session, period: Period, group: Group, measure: str, *, today: date
) -> Iterator[CaseFact]:
    """Yield the cases counted in a figure as it stands on ``today``, in order; who may open which the reader asks.

    Of a frozen period these are the cases as they are known today: what was corrected since is in
    ``closing.correcting``.
    """
    conditions = [queries.touching(period, min(period.last, today))]
    if group.field:
        conditions.append(CaseFactRow.field == group.field)
    for fact, legs in queries.cases_with_legs(session, *conditions):
        if (group, measure) in behind(fact, legs, period, today):
            yield fact

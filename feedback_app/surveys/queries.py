"""What may be read of the answers: closed periods only, and no small count."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from feedback_app import disclosure
from feedback_app.core import clock
from feedback_app.disclosure import Key, Table
from feedback_app.surveys.models import SurveyCell
from feedback_app.surveys.rules import EXTRA_PAYMENT, LEAST, QUESTIONS, TREATED_PROPERLY, YES, is_closed


@dataclass(frozen=True, slots=True)
class Count:
    """Answers to one question."""

    yes: int = 0
    no: int = 0

    @property
    def n(self) -> int:
        return self.yes + self.no

    def __add__(self, other: "Count") -> "Count":
        return Count(self.yes + other.yes, self.no + other.no)


Shown = dict[Key, Count | None]


@dataclass(frozen=True, slots=True)
class Totals:
    """Answers of the whole province."""

    treated_properly: Count
    extra_payment: Count


def closed_cells(
    session: Session, period: str, *, today: date | None = None
) -> dict[str, dict[Key, Count | None]]:
    """Return, by question, the counts by (agency, field) with their totals under ``disclosure.TOTAL``.

    ``None`` stands for a count that is hidden; where nobody answered nothing stands. Nothing at all of a period
    that is not closed on ``today`` (the present date unless given).
    """
    if not is_closed(period, today or clock.today()):
        return {}
    return {question: _shown(_counts(session, period, question)) for question in QUESTIONS}


def totals(session: Session, periods: Iterable[str], *, today: date | None = None) -> Totals:
    """Return the answers of the closed ones of ``periods``; a month with fewer than 5 is not among them.

    Month by month, since two sums over different months could be subtracted from one another.
    """
    closed = [period for period in periods if is_closed(period, today or clock.today())]
    return Totals(_total(session, closed, TREATED_PROPERLY), _total(session, closed, EXTRA_PAYMENT))


def _total(session: Session, periods: Iterable[str], question: str) -> Count:
    query = (
        select(SurveyCell.period, SurveyCell.option, func.sum(SurveyCell.n))
        .where(SurveyCell.question == question, SurveyCell.period.in_(list(periods)))
        .group_by(SurveyCell.period, SurveyCell.option)
    )
    by_period: dict[str, Count] = {}
    for period, option, n in session.execute(query):
        by_period[period] = by_period.get(period, Count()) + _one(option, int(n))
    return sum((count for count in by_period.values() if count.n >= LEAST), Count())


def _counts(session: Session, period: str, question: str) -> dict[Key, Count]:
    query = select(SurveyCell).where(SurveyCell.period == period, SurveyCell.question == question)
    counts: dict[Key, Count] = {}
    for row in session.scalars(query):
        key = (row.agency, row.field)
        counts[key] = counts.get(key, Count()) + _one(row.option, row.n)
    return counts


def _shown(counts: Mapping[Key, Count]) -> Shown:
    """Return the counts with their totals; the number of answers alone says which are hidden."""
    sizes = disclosure.protect(_table({key: c.n for key, c in counts.items()}), zeros_hidden=False).values
    yes = _table({key: count.yes for key, count in counts.items()}).with_totals()
    return {key: None if n is None else Count(yes[key], n - yes[key]) for key, n in sizes.items() if n != 0}


def _table(counts: Mapping[Key, int]) -> Table:
    agencies, fields = (tuple(sorted({key[place] for key in counts})) for place in (0, 1))
    return Table((("agency", agencies), ("field", fields)), counts)


def _one(option: str, n: int) -> Count:
    return Count(yes=n) if option == YES else Count(no=n)

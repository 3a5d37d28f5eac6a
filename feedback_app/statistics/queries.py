"""Reads on statistics: facts that touch a period, and the figures as they were last computed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from feedback_app.deadlines.events import Pause
from feedback_app.statistics.facts import CaseFact, Inherited
from feedback_app.statistics.figures import Group, Value
from feedback_app.statistics.models import CaseFactRow, PeriodFigure, PeriodRun
from feedback_app.statistics.periods import Period

BATCH = 5000
_COLUMNS = tuple(CaseFactRow.__table__.columns)


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a period, by group and name; a name that is missing is zero."""

    period: Period
    computed_at: datetime
    by_group: dict[Group, dict[str, Value]]

    def value(self, group: Group, name: str) -> float | None:
        """Return a figure of working days, ``None`` where nothing was answered."""
        found = self.by_group.get(group, {}).get(name)
        return found.value if found else None

    def count(self, group: Group, name: str) -> int:
        found = self.by_group.get(group, {}).get(name)
        return found.n if found else 0


def facts_touching(session: Session, period: Period, today: date) -> Iterator[CaseFact]:
    """Yield the facts with a deed in ``period`` or a wait at its end (at ``today``, while it runs)."""
    day = min(period.last, today)
    rows = session.execute(select(*_COLUMNS).where(_touching(period, day)).execution_options(yield_per=BATCH))
    return (fact_of(row) for row in rows.mappings())


def all_facts(session: Session) -> list[CaseFact]:
    """Return every fact, in order: for comparing two ways of taking them."""
    query = select(*_COLUMNS).order_by(CaseFactRow.ticket_id, CaseFactRow.round)
    return [fact_of(row) for row in session.execute(query).mappings()]


def first_day(session: Session) -> date | None:
    """Return the first day on which anything was filed."""
    return session.scalar(select(func.min(CaseFactRow.started_on)))


def computed(session: Session) -> Sequence[Period]:
    """Return the periods whose figures were computed, newest first."""
    query = select(PeriodRun.first, PeriodRun.last).order_by(PeriodRun.last.desc())
    return [Period(first, last) for first, last in session.execute(query)]


def figures(session: Session, period: Period) -> Figures | None:
    """Return the figures of ``period``, ``None`` if nobody has computed them yet."""
    run = session.get(PeriodRun, period.code)
    if run is None:
        return None
    rows = select(
        PeriodFigure.agency, PeriodFigure.field, PeriodFigure.sensitive, PeriodFigure.measure,
        PeriodFigure.value, PeriodFigure.n,
    ).where(PeriodFigure.period == period.code)  # fmt: skip
    found: dict[Group, dict[str, Value]] = {}
    for agency, field, sensitive, measure, value, n in session.execute(rows):
        found.setdefault(Group(agency, field, sensitive), {})[measure] = Value(value, n)
    return Figures(period, run.computed_at, found)


def _touching(period: Period, day: date) -> ColumnElement[bool]:
    dates = (
        CaseFactRow.started_on, CaseFactRow.answered_on, CaseFactRow.due_on,
        CaseFactRow.rated_on, CaseFactRow.disputed_on, CaseFactRow.ended_on,
    )  # fmt: skip
    still_open = or_(CaseFactRow.ended_on.is_(None), CaseFactRow.ended_on > day)
    return or_(
        *(column.between(period.first, period.last) for column in dates),
        and_(CaseFactRow.started_on <= day, still_open),
    )


def fact_of(row: Mapping[Any, Any]) -> CaseFact:
    """Return the fact of a row that holds every column of ``case_fact``."""
    return CaseFact(**{**row, "pauses": _pauses(row["pauses"]), "inherited": _inherited(row["inherited"])})


def _pauses(spans: Iterable[tuple[str, str | None]]) -> tuple[Pause, ...]:
    return tuple(
        Pause(date.fromisoformat(begun), date.fromisoformat(ended) if ended else None)
        for begun, ended in spans
    )


def _inherited(pairs: Iterable[tuple[str, str]]) -> tuple[Inherited, ...]:
    return tuple(Inherited(agency, date.fromisoformat(until)) for agency, until in pairs)

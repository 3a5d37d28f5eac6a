"""Reads on statistics: cases, their sums, the snapshots, and the figures of a period."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from feedback_app.catalogue import store
from feedback_app.catalogue.packs.indicators import Measure
from feedback_app.statistics import archive
from feedback_app.statistics.facts import CaseFact
from feedback_app.statistics.figures import DUE_NAMES, WAITING, Group, Value
from feedback_app.statistics.legs import LegFact
from feedback_app.statistics.models import (
    COUNTED,
    CaseFactRow,
    DeedDay,
    DeedMonth,
    LegFactRow,
    OpenDay,
    StatisticsMark,
)
from feedback_app.statistics.periods import Period, back_from, containing, cuts, months_of, quarters_of
from feedback_app.statistics.rollup import Sum, together
from feedback_app.statistics.rows import CASE_COLUMNS, LEG_COLUMNS, case_of, leg_of
from feedback_app.surveys import outside, releases
from feedback_app.surveys import queries as surveys

BATCH = 5000
ONE = 1


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a period, by group and name; a name that is missing is zero."""

    period: Period
    computed_at: datetime
    by_group: dict[Group, dict[str, Value]]
    snapshot: str = ""  # of a frozen period

    def value(self, group: Group, name: str) -> float | None:
        """Return a figure of working days, ``None`` where nothing was answered."""
        found = self.by_group.get(group, {}).get(name)
        return found.value if found else None

    def count(self, group: Group, name: str) -> int:
        found = self.by_group.get(group, {}).get(name)
        return found.n if found else 0


def mark(session: Session) -> StatisticsMark | None:
    """Return how far the tables stand; None before the first refresh."""
    return session.get(StatisticsMark, ONE, populate_existing=True)


def is_building(session: Session) -> bool:
    """Say whether a rebuild is under way: nobody else may change facts or sums then."""
    known = mark(session)
    return known is not None and known.building_since is not None


def figures(
    session: Session, period: Period, *, today: date | None = None, fields: bool = True
) -> Figures | None:
    """Return the figures of ``period``: the frozen ones if it is frozen, else those of the last refresh.

    ``today``: what falls due on it or later is not due yet; the day of the last refresh unless given. ``None``:
    nothing was ever counted, the period has not begun, or it ended before anything was filed. ``fields`` False: those
    of the fields are left out, more than half of what there is to read.
    """
    return frozen_figures(session, period, fields=fields) or _live(session, period, today, fields)


def frozen_figures(session: Session, period: Period, *, fields: bool = True) -> Figures | None:
    """Return the figures as they were frozen, ``None`` if they were not."""
    frozen = session.get(archive.FrozenPeriod, period.code)
    if frozen is None:
        return None
    row = archive.FrozenFigure
    query = select(row.agency, row.field, row.sensitive, row.measure, row.value, row.n)
    query = query.where(row.period == period.code, *_whole(row.field, fields))
    found: dict[Group, dict[str, Value]] = {}
    for agency, field, sensitive, measure, value, n in session.execute(query):
        found.setdefault(Group(agency, field, sensitive), {})[measure] = Value(value, n)
    return Figures(period, frozen.at, found, frozen.snapshot)


def live_figures(
    session: Session, period: Period, today: date, day: date, *, fields: bool = True
) -> dict[Group, dict[str, Value]]:
    """Return the figures as the facts have them, whether frozen or not; ``day``: of the last snapshot."""
    sums: defaultdict[Group, Sum] = defaultdict(Sum)
    for row in session.execute(_counts(period, today).where(*_whole(DeedDay.field, fields))).mappings():
        sums[group_of(row)].include({name: int(row[name] or 0) for name in COUNTED}, {})
    for row in session.execute(_days(period).where(*_whole(DeedDay.field, fields))).mappings():
        sums[group_of(row)].include({}, distribution(row["days"]))
    (waiting,) = _open_at(session, [min(period.last, day)]).values()
    found = together(sums.items(), waiting)
    if beside := beside_cases(session, period, today):
        found.setdefault(Group(), {}).update(beside)
    return found


def beside_cases(session: Session, period: Period, today: date) -> dict[str, Value]:
    """Return what counts for the province and no case stands behind: unlinkable answers, tables from outside."""
    return third_question(session, period, today) | from_outside(session, period)


def from_outside(session: Session, period: Period) -> dict[str, Value]:
    """Return what invited pulses and quarter releases count; nothing but in periods made of whole quarters."""
    counts: Counter[str] = Counter()
    for quarter in quarters_of(period):
        for table in outside.tables(session, quarter.code):
            counts.update(releases.counts_of(table.source, table.content))
    return {name: Value(float(n), n) for name, n in counts.items() if n}


def third_question(session: Session, period: Period, today: date) -> dict[str, Value]:
    """Return the answers that nobody can trace; they are counted by calendar month, each once it is closed."""
    if period.first.day != 1:
        return {}
    months = [f"{month.last:%Y-%m}" for month in months_of(period)]
    totals = surveys.totals(session, months, today=today)
    counts = {
        Measure.THIRD_QUESTION_TREATMENT_ANSWERS: totals.treated_properly.n,
        Measure.THIRD_QUESTION_TREATED_PROPERLY: totals.treated_properly.yes,
        Measure.THIRD_QUESTION_PAYMENT_ANSWERS: totals.extra_payment.n,
        Measure.THIRD_QUESTION_NO_EXTRA_PAYMENT: totals.extra_payment.no,
    }
    return {str(measure): Value(float(n), n) for measure, n in counts.items() if n}


def first_day(session: Session) -> date | None:
    """Return the first day on which anything was filed."""
    return session.scalar(select(func.min(CaseFactRow.started_on)))


def computed(session: Session) -> list[Period]:
    """Return the periods that have figures, of every cut, newest first."""
    known = mark(session)
    if known is None:
        return []
    since = first_day(session) or known.day
    found: list[Period] = []
    for cut in cuts(store.current(session).catalogue):
        for period in back_from(containing(known.day, cut.first_day, cut.months)):
            if period.last < since:
                break
            found.append(period)
    return sorted(found, key=lambda period: (period.last, period.first), reverse=True)


def pairs(session: Session, first_month: date, last_month: date) -> dict[tuple[str, str], dict[str, int]]:
    """Return the counts of whole months by agency (empty: nobody's yet) and field, zeros left out."""
    query = select(DeedMonth.agency, DeedMonth.field, *_sums(DeedMonth, COUNTED))
    query = query.where(DeedMonth.month.between(first_month, last_month))
    rows = session.execute(query.group_by(DeedMonth.agency, DeedMonth.field)).mappings()
    return {(row["agency"], row["field"]): _not_zero(row) for row in rows}


def by_month(
    session: Session,
    first_month: date,
    last_month: date,
    group: Group = Group(),  # noqa: B008 - frozen
) -> dict[date, dict[str, int]]:
    """Return the counts of one group in each month, for histories; sensitive reports are in none."""
    own = [DeedMonth.agency == group.agency] if group.agency else []
    own += [DeedMonth.field == group.field] if group.field else []
    query = select(DeedMonth.month, *_sums(DeedMonth, COUNTED)).where(*own)
    query = query.where(DeedMonth.month.between(first_month, last_month)).group_by(DeedMonth.month)
    return {
        row["month"]: _not_zero(row) for row in session.execute(query.order_by(DeedMonth.month)).mappings()
    }


def open_at(session: Session, days: Sequence[date]) -> dict[date, dict[Group, dict[str, int]]]:
    """Return what waited at the end of each day, by group, as it was known that day."""
    return _open_at(session, days)


def cases(session: Session, *conditions: ColumnElement[bool], at_once: bool = False) -> Iterator[CaseFact]:
    """Yield the cases that meet the conditions, in order; ``at_once``: read outside a transaction, as pages do."""
    query = select(*CASE_COLUMNS).where(*conditions).order_by(CaseFactRow.ticket_id, CaseFactRow.round)
    rows = session.execute(query if at_once else query.execution_options(yield_per=BATCH))
    return (case_of(row) for row in rows.mappings())


def cases_with_legs(
    session: Session, *conditions: ColumnElement[bool]
) -> Iterator[tuple[CaseFact, list[LegFact]]]:
    """Yield the cases that meet the conditions, in order, each with its legs."""
    join = and_(LegFactRow.ticket_id == CaseFactRow.ticket_id, LegFactRow.round == CaseFactRow.round)
    query = select(*LEG_COLUMNS).join(CaseFactRow, join).where(*conditions)
    legs: defaultdict[tuple[int, int], list[LegFact]] = defaultdict(list)
    ordered = query.order_by(LegFactRow.ticket_id, LegFactRow.round, LegFactRow.number)
    for row in session.execute(ordered).mappings():
        leg = leg_of(row)
        legs[leg.ticket_id, leg.round].append(leg)
    for fact in cases(session, *conditions):
        yield fact, legs.get((fact.ticket_id, fact.round), [])


def touching(period: Period, day: date) -> ColumnElement[bool]:
    """Return the condition for cases with a deed in ``period`` or a wait at the end of ``day``."""
    dates = (
        CaseFactRow.started_on, CaseFactRow.answered_on, CaseFactRow.due_on,
        CaseFactRow.rated_on, CaseFactRow.disputed_on, CaseFactRow.ended_on,
    )  # fmt: skip
    still_open = or_(CaseFactRow.ended_on.is_(None), CaseFactRow.ended_on > day)
    return or_(
        *(column.between(period.first, period.last) for column in dates),
        and_(CaseFactRow.started_on <= day, still_open),
    )


def all_facts(session: Session) -> list[CaseFact]:
    """Return every case, in order: for comparing two ways of taking them."""
    return list(cases(session))


def group_of(row: Mapping[Any, Any]) -> Group:
    return Group(row["agency"], row["field"], row.get("sensitive", False))


def day_of(model: type[DeedDay | DeedMonth]) -> InstrumentedAttribute[date]:
    return DeedMonth.month if model is DeedMonth else DeedDay.day


def distribution(days: Mapping[str, int] | None) -> dict[int, int]:
    """Return a stored histogram of working days."""
    return {int(number): n for number, n in (days or {}).items()}


def _live(session: Session, period: Period, today: date | None, fields: bool) -> Figures | None:
    known = mark(session)
    if known is None or period.first > known.day:
        return None
    since = first_day(session)
    if period.last < (since or known.day):
        return None
    found = live_figures(session, period, today or known.day, known.day, fields=fields)
    return Figures(period, known.as_of, found)


def _counts(period: Period, today: date) -> Any:
    passed = [case((DeedDay.day < today, getattr(DeedDay, name)), else_=0) for name in sorted(DUE_NAMES)]
    due = [func.sum(column).label(name) for column, name in zip(passed, sorted(DUE_NAMES), strict=True)]
    others = _sums(DeedDay, [name for name in COUNTED if name not in DUE_NAMES])
    query = select(DeedDay.agency, DeedDay.field, DeedDay.sensitive, *others, *due)
    return query.where(_within(period)).group_by(DeedDay.agency, DeedDay.field, DeedDay.sensitive)


def _days(period: Period) -> Any:
    query = select(DeedDay.agency, DeedDay.field, DeedDay.sensitive, DeedDay.days)
    return query.where(_within(period), DeedDay.answered > 0)


def _whole(column: InstrumentedAttribute[str], fields: bool) -> list[ColumnElement[bool]]:
    return [] if fields else [column == ""]


def _within(period: Period) -> ColumnElement[bool]:
    return DeedDay.day.between(period.first, period.last)


def _sums(model: type[DeedDay | DeedMonth], names: Iterable[str]) -> list[Any]:
    return [func.sum(getattr(model, name)).label(name) for name in names]


def _not_zero(row: Mapping[Any, Any]) -> dict[str, int]:
    return {name: int(row[name]) for name in COUNTED if row[name]}


def _open_at(session: Session, days: Sequence[date]) -> dict[date, dict[Group, dict[str, int]]]:
    found: dict[date, dict[Group, dict[str, int]]] = {day: {} for day in days}
    query = select(*OpenDay.__table__.columns).where(OpenDay.day.in_(list(found)))
    for row in session.execute(query).mappings():
        found[row["day"]][group_of(row)] = {name: row[name] for name in WAITING}
    return found

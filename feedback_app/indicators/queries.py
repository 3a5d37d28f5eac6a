"""Reads for indicators: counts of many periods at once, definitions as they were, the cases behind a count."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from feedback_app.catalogue import store
from feedback_app.catalogue.models import PackVersion
from feedback_app.catalogue.packs.indicators import IndicatorEdition, Measure
from feedback_app.indicators.definitions import edition_of
from feedback_app.statistics import queries
from feedback_app.statistics.archive import FrozenFigure, FrozenPeriod
from feedback_app.statistics.facts import CaseFact
from feedback_app.statistics.figures import DUE_NAMES, Group, Value, total_counts
from feedback_app.statistics.models import COUNTED, CaseFactRow, DeedDay
from feedback_app.statistics.periods import Period
from feedback_app.statistics.rows import CASE_COLUMNS, case_of

APART = Group(sensitive=True)  # all sensitive reports together
MOST = 2_000  # tickets of a sort that a counterfactual looks at, the newest first
_NAMES = tuple(name for name in COUNTED if name in frozenset(Measure))

Counts = dict[Measure, int]
_Groups = dict[Group, dict[str, Value]]


def counted_to(session: Session) -> date | None:
    """Return the day to which everything has been counted; what falls due on it or later is not due yet."""
    known = queries.mark(session)
    return known.day if known else None


def edition_for(session: Session, period: Period, code: str | None = None) -> IndicatorEdition:
    """Return the definitions by which ``period`` is shown: of a frozen one those in force when it was frozen.

    Raises:
        UnknownEdition: there is no such edition.
    """
    edition = edition_of(store.current(session).catalogue.indicators, code)
    frozen = session.get(FrozenPeriod, period.code)
    return edition if frozen is None else _in_force_at(session, edition, frozen)


def counts_over(session: Session, periods: Sequence[Period]) -> dict[Period, Counts]:
    """Return the counts that indicators are made of, of each period that has figures: as frozen, else as they are."""
    today, since = counted_to(session), queries.first_day(session)
    if today is None:
        return {}
    found = {period: total_counts(groups) for period, groups in _frozen(session, periods).items()}
    live = [p for p in periods if p not in found and p.first <= today and p.last >= (since or today)]
    if live:
        found |= {p: total_counts(groups) for p, groups in _live(session, live, today).items()}
    return {period: found[period] for period in periods if period in found}


def snapshots(session: Session, periods: Sequence[Period]) -> dict[Period, str]:
    """Return the snapshots of those of the periods that are frozen."""
    by_code = {period.code: period for period in periods}
    query = select(FrozenPeriod.period, FrozenPeriod.snapshot).where(FrozenPeriod.period.in_(list(by_code)))
    return {by_code[code]: snapshot for code, snapshot in session.execute(query)}


@dataclass(frozen=True, slots=True)
class Unsettled:
    """The rounds that could be settled; ``is_capped``: there are more than were read."""

    facts: list[CaseFact]
    is_capped: bool


def unsettled(session: Session, period: Period, today: date) -> Unsettled:
    """Return the rounds that the enterprises did not find settled, and on a day of the period those that wait.

    At most ``MOST`` of each, the newest ratings and the earliest due dates first; no sensitive ones.
    """
    not_solved = or_(CaseFactRow.rated_solved != "yes", CaseFactRow.rated_answered.is_(False))
    rated = and_(CaseFactRow.rated_on.between(period.first, period.last), not_solved)
    parts = [_facts(session, rated, CaseFactRow.rated_on.desc())]
    if period.holds(today):
        parts.append(_facts(session, CaseFactRow.ended_on.is_(None), CaseFactRow.due_on))
    facts = [fact for part in parts for fact in part[:MOST]]
    return Unsettled(facts, any(len(part) > MOST for part in parts))


def _facts(session: Session, condition: ColumnElement[bool], order: Any) -> list[CaseFact]:
    query = select(*CASE_COLUMNS).where(condition, CaseFactRow.sensitive.is_(False))
    ordered = query.order_by(order, CaseFactRow.ticket_id, CaseFactRow.round).limit(MOST + 1)
    return [case_of(row) for row in session.execute(ordered).mappings()]


def _in_force_at(session: Session, edition: IndicatorEdition, frozen: FrozenPeriod) -> IndicatorEdition:
    query = select(func.max(PackVersion.id)).where(
        PackVersion.pack == f"indicators/{edition.code}", PackVersion.loaded_at <= frozen.at
    )
    version = session.scalar(query)
    return cast("IndicatorEdition", store.version(session, version)) if version else edition


def _frozen(session: Session, periods: Sequence[Period]) -> dict[Period, _Groups]:
    by_code = {period.code: period for period in periods}
    found: dict[Period, _Groups] = {period: {} for period in snapshots(session, periods)}
    row = FrozenFigure
    query = select(row.period, row.agency, row.field, row.sensitive, row.measure, row.value, row.n).where(
        row.period.in_([period.code for period in found]),
        row.field == "",
        or_(row.agency == "", row.sensitive),
    )
    for code, agency, field, sensitive, measure, value, n in session.execute(query):
        group = Group(agency, field, sensitive)
        found[by_code[code]].setdefault(group, {})[measure] = Value(value, n)
    return found


def _live(session: Session, periods: Sequence[Period], today: date) -> dict[Period, _Groups]:
    found = {}
    days = list(_days(session, min(p.first for p in periods), max(p.last for p in periods)))
    for period in periods:
        groups = _summed((row for row in days if period.holds(row["day"])), today)
        groups.setdefault(Group(), {}).update(queries.beside_cases(session, period, today))
        found[period] = groups
    return found


def _days(session: Session, first: date, last: date) -> Iterator[Mapping[Any, Any]]:
    columns = [getattr(DeedDay, name) for name in _NAMES]
    whole = and_(DeedDay.agency == "", DeedDay.sensitive.is_(False))
    query = select(DeedDay.day, DeedDay.sensitive, *columns).where(
        DeedDay.day.between(first, last), DeedDay.field == "", or_(whole, DeedDay.sensitive)
    )
    return iter(session.execute(query).mappings().all())


def _summed(rows: Iterator[Mapping[Any, Any]], today: date) -> _Groups:
    counts: dict[Group, dict[str, int]] = {}
    for row in rows:
        own = counts.setdefault(APART if row["sensitive"] else Group(), {})
        for name in _NAMES:
            if row["day"] < today or name not in DUE_NAMES:
                own[name] = own.get(name, 0) + row[name]
    return {
        group: {name: Value(float(n), n) for name, n in own.items() if n} for group, own in counts.items()
    }

"""Figures of one reporting period for the province, each agency and each field: counts, working days. Pure.

A deed counts in the period in which it happened (answered, fell due, rated), in local dates. Every name a
definition of an indicator may use (``Measure``) is counted here too, so that both speak of the same tickets.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from math import ceil
from statistics import median

from feedback_app.catalogue.packs import Kind
from feedback_app.catalogue.packs.indicators import Measure
from feedback_app.statistics.facts import CaseFact
from feedback_app.statistics.periods import Period


class Figure(StrEnum):
    """What the tables show besides the measures of the definitions."""

    RECEIVED = "received"  # filed, first round only
    IN_TIME = "in_time"  # of those answered, by the due date
    LATE = "late"  # of those answered, after it
    OPEN = "open"  # waited for an answer at the end of the period, or today
    OVERDUE = "overdue"  # of those open, due date passed
    PAUSED = "paused"  # of those open, the enterprise has the ball
    DISPUTED = "disputed"  # the enterprise asked for a new look
    WITHDRAWN = "withdrawn"
    DAYS_MEDIAN = "days_median"  # working days of those answered
    DAYS_P90 = "days_p90"


@dataclass(frozen=True, slots=True)
class Group:
    """Whose figures: empty codes stand for all; sensitive reports stand apart, in no total."""

    agency: str = ""
    field: str = ""
    sensitive: bool = False


@dataclass(frozen=True, slots=True)
class Value:
    """A figure, and of how many cases; ``value`` None: there were none to take it of."""

    value: float | None
    n: int


@dataclass
class _Tally:
    counts: Counter[str] = field(default_factory=Counter)
    days: list[int] = field(default_factory=list)

    def values(self) -> dict[str, Value]:
        """Return every count above zero and the two figures of working days."""
        found = {name: Value(float(number), number) for name, number in self.counts.items()}
        if self.days:
            n = len(self.days)
            found[Figure.DAYS_MEDIAN] = Value(float(median(self.days)), n)
            found[Figure.DAYS_P90] = Value(float(percentile(self.days, 90)), n)
        return found


def figures_of(facts: Iterable[CaseFact], period: Period, today: date) -> dict[Group, dict[str, Value]]:
    """Return the figures of ``period`` as they stand on ``today``, by group; what is zero is left out."""
    tallies: dict[Group, _Tally] = {}
    for fact in facts:
        deeds = tuple(deeds_of(fact, period, today))
        if not deeds:
            continue
        for group in groups_of(fact):
            tally = tallies.setdefault(group, _Tally())
            tally.counts.update(deeds)
            if Measure.ANSWERED in deeds and fact.working_days is not None:
                tally.days.append(fact.working_days)
    return {group: tally.values() for group, tally in tallies.items()}


def groups_of(fact: CaseFact) -> tuple[Group, ...]:
    """Return the groups that a case enters; a sensitive report only the Inspectorate's, apart from all."""
    if fact.sensitive:
        return (Group(agency=fact.agency, sensitive=True),) if fact.agency else ()
    everywhere = (Group(), Group(field=fact.field))
    return (*everywhere, Group(agency=fact.agency)) if fact.agency else everywhere


def deeds_of(fact: CaseFact, period: Period, today: date) -> Iterator[str]:
    """Yield the names under which a case counts in ``period``."""
    if fact.round == 1 and period.holds(fact.started_on):
        yield Figure.RECEIVED
    if period.holds(fact.answered_on):
        yield from _answered(fact)
    if period.holds(fact.rated_on):
        yield from _rated(fact)
    if period.holds(fact.disputed_on):
        yield Figure.DISPUTED
    if fact.answered_on is None and period.holds(fact.ended_on):
        yield Figure.WITHDRAWN
    if fell_due(fact, period, today):
        yield from _due(fact)
    if period.first <= today:
        yield from _waiting(fact, min(period.last, today))


def fell_due(fact: CaseFact, period: Period, today: date) -> bool:
    """Whether the due date lies in the period and has passed, neither suspended nor withdrawn before it.

    A project dossier lasts as long as it must: its tickets fall due in no rate.
    """
    due = fact.due_on
    if due is None or fact.in_project or not period.holds(due) or due >= today or fact.paused_on(due):
        return False
    return fact.answered_on is not None or fact.ended_on is None or fact.ended_on > due


def percentile(days: Iterable[int], share: int) -> int:
    """Return the smallest of ``days`` that at least ``share`` % of them do not exceed (nearest rank)."""
    ordered = sorted(days)
    return ordered[max(ceil(share * len(ordered) / 100), 1) - 1]


def total_counts(figures: Mapping[Group, Mapping[str, Value]]) -> dict[Measure, int]:
    """Return the counts of the whole province that the definitions of indicators are made of."""
    ordinary = figures.get(Group(), {})
    found = {measure: ordinary[measure].n for measure in Measure if measure in ordinary}
    for group, values in figures.items():
        if group.sensitive:
            for measure in _OF_KIND_NAMES & values.keys():
                found[Measure(measure)] = found.get(Measure(measure), 0) + values[measure].n
    return found


_OF_KIND: Mapping[str, tuple[Measure, Measure]] = {
    Kind.INFORMAL_COST: (Measure.INFORMAL_COST_DUE, Measure.INFORMAL_COST_SETTLED_IN_TIME),
    Kind.OVERLAPPING_INSPECTION: (Measure.INSPECTION_REPORTS_DUE, Measure.INSPECTION_REPORTS_SETTLED),
}
_OF_KIND_NAMES = frozenset(measure for pair in _OF_KIND.values() for measure in pair)
_ORDINARY = (Measure.DUE_IN_PERIOD, Measure.ANSWERED_IN_TIME)


def _answered(fact: CaseFact) -> Iterator[str]:
    yield Measure.ANSWERED
    if not fact.in_project:
        yield Figure.IN_TIME if fact.in_time else Figure.LATE
    if fact.reopened:
        yield Measure.REOPENED_WITHIN_30_DAYS


def _rated(fact: CaseFact) -> Iterator[str]:
    """An answer that was reopened counts as rated, never as satisfactory or solved."""
    yield Measure.RATED
    if fact.rated_answered and not fact.reopened:
        yield Measure.SATISFIED_ANSWERED
    if fact.solved:
        yield Measure.SOLVED_SAYS_ENTERPRISE


def _due(fact: CaseFact) -> Iterator[str]:
    """An answer in time that was reopened within 30 days gains nothing: hurried closing does not pay."""
    due, in_time = _OF_KIND.get(fact.kind, _ORDINARY)
    yield due
    if fact.in_time and not fact.reopened:
        yield in_time


def _waiting(fact: CaseFact, day: date) -> Iterator[str]:
    if not fact.open_on(day):
        return
    yield Figure.OPEN
    if fact.paused_on(day):
        yield Figure.PAUSED
    elif fact.overdue_on(day):
        yield Figure.OVERDUE

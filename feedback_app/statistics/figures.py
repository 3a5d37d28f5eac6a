"""Figures of one reporting period for the province, each agency and each field: counts, working days. Pure.

A deed counts in the period in which it happened (answered, fell due, rated), in local dates. Every name a
definition of an indicator may use (``Measure``) is counted here too, so that both speak of the same tickets.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import ceil
from typing import NamedTuple

from feedback_app.catalogue.packs import Kind
from feedback_app.catalogue.packs.indicators import Measure
from feedback_app.statistics.facts import CaseFact


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
    REJECTED = "rejected"  # of those answered: a refusal, with its reason
    REDIRECTED = "redirected"  # of those answered: shown to the procedure it belongs to
    POLICY_BACKLOG = "policy_backlog"  # of those answered: a rule would have to change first
    DAYS_MEDIAN = "days_median"  # working days of those answered
    DAYS_P90 = "days_p90"


class Group(NamedTuple):
    """Whose figures: empty codes stand for all; sensitive reports stand apart, in no total."""

    agency: str = ""
    field: str = ""
    sensitive: bool = False


@dataclass(frozen=True, slots=True)
class Value:
    """A figure, and of how many cases; ``value`` None: there were none to take it of."""

    value: float | None
    n: int


WAITING = (Figure.OPEN, Figure.OVERDUE, Figure.PAUSED)
_OF_KIND: Mapping[str, tuple[Measure, Measure]] = {
    Kind.INFORMAL_COST: (Measure.INFORMAL_COST_DUE, Measure.INFORMAL_COST_SETTLED_IN_TIME),
    Kind.OVERLAPPING_INSPECTION: (Measure.INSPECTION_REPORTS_DUE, Measure.INSPECTION_REPORTS_SETTLED),
}
_OF_KIND_NAMES = frozenset(measure for pair in _OF_KIND.values() for measure in pair)
_ORDINARY = (Measure.DUE_IN_PERIOD, Measure.ANSWERED_IN_TIME)
DUE_NAMES: frozenset[str] = frozenset({*_OF_KIND_NAMES, *_ORDINARY})  # known only once the day has passed
_OUTCOMES = frozenset({Figure.REJECTED, Figure.REDIRECTED, Figure.POLICY_BACKLOG})


def groups_of(fact: CaseFact, agency: str | None) -> tuple[Group, ...]:
    """Return the groups that a case of ``agency`` enters; a sensitive report only the Inspectorate's, apart."""
    if fact.sensitive:
        return (Group(agency=agency, sensitive=True),) if agency else ()
    everywhere = (Group(), Group(field=fact.field))
    return (*everywhere, Group(agency=agency)) if agency else everywhere


def deeds_of(fact: CaseFact) -> Iterator[tuple[date, str]]:
    """Yield the days on which a case counts, each with the name under which it does.

    What falls due counts on its due date, also one that has not come yet: whoever reads leaves out those days.
    """
    if fact.round == 1:
        yield fact.started_on, Figure.RECEIVED
    if fact.answered_on is not None:
        yield from ((fact.answered_on, name) for name in _answered(fact))
    elif fact.ended_on is not None:
        yield fact.ended_on, Figure.WITHDRAWN
    if fact.rated_on is not None:
        yield from ((fact.rated_on, name) for name in _rated(fact))
    if fact.disputed_on is not None:
        yield fact.disputed_on, Figure.DISPUTED
    if fact.due_on is not None and falls_due(fact, fact.due_on):
        yield from ((fact.due_on, name) for name in _due(fact))


def falls_due(fact: CaseFact, due: date) -> bool:
    """Whether the due date counts: neither suspended then nor withdrawn before it has passed.

    A project dossier lasts as long as it must: its tickets fall due in no rate.
    """
    if fact.in_project or fact.paused_on(due):
        return False
    return fact.answered_on is not None or fact.ended_on is None or fact.ended_on > due


def total_counts(figures: Mapping[Group, Mapping[str, Value]]) -> dict[Measure, int]:
    """Return the counts of the whole province that the definitions of indicators are made of."""
    ordinary = figures.get(Group(), {})
    found = {measure: ordinary[measure].n for measure in Measure if measure in ordinary}
    for group, values in figures.items():
        if group.sensitive:
            for measure in _OF_KIND_NAMES & values.keys():
                found[Measure(measure)] = found.get(Measure(measure), 0) + values[measure].n
    return found


def values_of(counts: Mapping[str, int], days: Mapping[int, int]) -> dict[str, Value]:
    """Return every count above zero and, of how many cases took how many working days, the two figures of days."""
    found = {str(name): Value(float(number), number) for name, number in counts.items() if number}
    if n := sum(days.values()):
        found[Figure.DAYS_MEDIAN] = Value(median(days), n)
        found[Figure.DAYS_P90] = Value(float(percentile(days, 90)), n)
    return found


def median(days: Mapping[int, int]) -> float:
    """Return the middle of the days (the mean of the two in the middle)."""
    n = sum(days.values())
    return (nth(days, (n + 1) // 2) + nth(days, n // 2 + 1)) / 2


def percentile(days: Mapping[int, int], share: int) -> int:
    """Return the smallest of ``days`` that at least ``share`` % of them do not exceed (nearest rank)."""
    return nth(days, max(ceil(share * sum(days.values()) / 100), 1))


def nth(days: Mapping[int, int], rank: int) -> int:
    """Return the ``rank``-th smallest, counted from 1. Raises ValueError where there are fewer."""
    passed = 0
    for day in sorted(days):
        passed += days[day]
        if passed >= rank:
            return day
    raise ValueError(f"{rank} of {passed}")


def _answered(fact: CaseFact) -> Iterator[str]:
    yield Measure.ANSWERED
    if not fact.in_project:
        yield Figure.IN_TIME if fact.in_time else Figure.LATE
    if fact.reopened:
        yield Measure.REOPENED_WITHIN_30_DAYS
    if fact.outcome in _OUTCOMES:
        yield Figure(fact.outcome)


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

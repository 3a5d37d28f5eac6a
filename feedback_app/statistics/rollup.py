"""Sums of what cases did, by day and by month: one rule for adding, taking away and reading. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from feedback_app.statistics.facts import CaseFact
from feedback_app.statistics.figures import DUE_NAMES, Group, Value, deeds_of, groups_of, values_of
from feedback_app.statistics.legs import LegFact
from feedback_app.statistics.periods import Period
from feedback_app.statistics.snapshot import waiting_on

Key = tuple[date, Group]  # a day and a group; in the sums by month the first of it and a pair
Case = tuple[CaseFact, Sequence[LegFact]]


@dataclass(slots=True)
class Sum:
    """Counts by name, and how many answers took how many working days."""

    counts: dict[str, int] = field(default_factory=dict)
    days: dict[int, int] = field(default_factory=dict)

    def is_empty(self) -> bool:
        return not any(self.counts.values()) and not any(self.days.values())

    def include(self, counts: Mapping[str, int], days: Mapping[int, int]) -> None:
        """Add what another row has."""
        for name, n in counts.items():
            self.counts[name] = self.counts.get(name, 0) + n
        for day, n in days.items():
            self.days[day] = self.days.get(day, 0) + n


@dataclass(slots=True)
class Sums:
    """The two rollups, or the change of them."""

    by_day: dict[Key, Sum] = field(default_factory=dict)
    by_month: dict[Key, Sum] = field(default_factory=dict)

    def add(self, fact: CaseFact, times: int = 1) -> None:
        """Add the deeds of a case; ``times`` -1 takes them away again."""
        by_day: dict[date, list[str]] = {}
        for day, name in deeds_of(fact):
            by_day.setdefault(day, []).append(name)
        for day, names in by_day.items():
            agency = fact.agency_on(day) if fact.inherited else fact.agency
            used = fact.working_days if day == fact.answered_on else None
            for group in groups_of(fact, agency):
                _add(self.by_day, (day, group), names, used, times)
            if not fact.sensitive:
                pair = Group(agency or "", fact.field)
                _add(self.by_month, (day.replace(day=1), pair), names, None, times)


def figures_of(cases: Iterable[Case], period: Period, today: date) -> dict[Group, dict[str, Value]]:
    """Return the figures of ``period`` as they stand on ``today``, from the cases themselves."""
    sums, kept = Sums(), list(cases)
    for fact, _legs in kept:
        sums.add(fact)
    by_day = (
        (group, sum_ if day < today else _without_due(sum_))
        for (day, group), sum_ in sums.by_day.items()
        if period.holds(day)
    )
    waiting = waiting_on(kept, min(period.last, today)) if period.first <= today else {}
    return together(by_day, waiting)


def together(
    sums: Iterable[tuple[Group, Sum]], waiting: Mapping[Group, Mapping[str, int]]
) -> dict[Group, dict[str, Value]]:
    """Return the figures of each group: sums over days, and what waited at the end."""
    found: dict[Group, Sum] = {}
    for group, part in sums:
        found.setdefault(group, Sum()).include(part.counts, part.days)
    for group, counts in waiting.items():
        found.setdefault(group, Sum()).include(counts, {})
    values = ((group, values_of(sum_.counts, sum_.days)) for group, sum_ in found.items())
    return {group: told for group, told in values if told}


def behind(
    fact: CaseFact, legs: Sequence[LegFact], period: Period, today: date
) -> Iterator[tuple[Group, str]]:
    """Yield every figure of ``period`` in which the case is counted."""
    for day, name in deeds_of(fact):
        if period.holds(day) and (day < today or name not in DUE_NAMES):
            yield from ((group, name) for group in groups_of(fact, fact.agency_on(day)))
    if period.first <= today:
        for group, counts in waiting_on([(fact, legs)], min(period.last, today)).items():
            yield from ((group, name) for name in counts)


def _without_due(sum_: Sum) -> Sum:
    return Sum({name: n for name, n in sum_.counts.items() if name not in DUE_NAMES}, sum_.days)


def _add(sums: dict[Key, Sum], key: Key, names: Sequence[str], used: int | None, times: int) -> None:
    sum_ = sums.get(key)
    if sum_ is None:
        sum_ = sums[key] = Sum()
    counts = sum_.counts
    for name in names:
        counts[name] = counts.get(name, 0) + times
    if used is not None:
        sum_.days[used] = sum_.days.get(used, 0) + times

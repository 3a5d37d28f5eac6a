"""What the score would be if certain tickets were settled, as the enterprises see it. Pure.

A ticket is settled in thought (``settled``), and both stories are counted by the very rule that counts the
figures (``figures.deeds_of``). So an answer that was reopened within 30 days gains nothing here either: it
counts as solved, as satisfactory and as in time in neither story.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from feedback_app.catalogue.packs.indicators import Measure
from feedback_app.indicators.definitions import IndicatorResult, Interval, component_result, composite
from feedback_app.statistics.facts import ANSWERED, CaseFact
from feedback_app.statistics.figures import DUE_NAMES, deeds_of
from feedback_app.statistics.periods import Period

SOLVED = "yes"
_MEASURES = frozenset(Measure)

Change = Mapping[Measure, int]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A round that could still be settled, and by how much the counts of the period would change."""

    fact: CaseFact
    change: Change


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The score as it is and as it would be, of the same components."""

    tickets: int
    before: float
    after: float
    interval: Interval


def settled(fact: CaseFact, period: Period, today: date) -> CaseFact | None:
    """Return the round as it would be, settled; ``None`` if nothing about it can be settled in ``period``.

    An answer that was rated in the period: the enterprise says that it is answered and solved. A round that
    waits for an answer on ``today``, itself in the period: answered today, and rated so.
    """
    if fact.sensitive:
        return None  # of these only the days are counted, and they have passed
    if period.holds(fact.rated_on):
        return replace(fact, rated_answered=True, rated_solved=SOLVED)
    if period.holds(today) and fact.open_on(today) and not fact.paused_on(today):
        return replace(
            fact,
            answered_on=today,
            ended_on=today,
            outcome=ANSWERED,
            rated_on=today,
            rated_answered=True,
            rated_solved=SOLVED,
        )
    return None


def change_between(before: CaseFact, after: CaseFact, period: Period, today: date) -> dict[Measure, int]:
    """Return by how much the counts of ``period`` differ, zeros left out."""
    counts = _counts(after, period, today)
    counts.subtract(_counts(before, period, today))
    return {measure: n for measure, n in counts.items() if n}


def candidates(
    result: IndicatorResult, facts: Iterable[CaseFact], period: Period, today: date
) -> list[Candidate]:
    """Return the rounds whose settling would raise the score, those that raise it most first."""
    if result.score is None:
        return []
    gains: dict[frozenset[tuple[Measure, int]], float] = {}  # few kinds of change, many tickets
    found = []
    for fact in facts:
        after = settled(fact, period, today)
        change = change_between(fact, after, period, today) if after else {}
        kind = frozenset(change.items())
        if kind not in gains:
            gains[kind] = score_after(result, change)[0] - result.score
        if gains[kind] > 0:
            found.append((gains[kind], Candidate(fact, change)))
    return [one for _gain, one in sorted(found, key=lambda pair: (-pair[0], pair[1].fact.ticket_id))]


def what_if(result: IndicatorResult, chosen: Iterable[Candidate]) -> WhatIf | None:
    """Return the score if all the chosen were settled; ``None`` without a score or without any ticket."""
    total: Counter[Measure] = Counter()
    number = 0
    for candidate in chosen:
        total.update(candidate.change)
        number += 1
    if result.score is None or not number:
        return None
    score, interval = score_after(result, total)
    return WhatIf(number, result.score, score, interval)


def score_after(result: IndicatorResult, change: Change) -> tuple[float, Interval]:
    """Return the score and its interval after the change, of those components that have enough data now.

    Raises:
        ValueError: none has.
    """
    parts = [part for part in result.components if part.score is not None]
    counts = {part.component.denominator: part.denominator for part in parts}
    counts |= {part.component.numerator: part.numerator for part in parts}
    after = {measure: n + change.get(measure, 0) for measure, n in counts.items()}
    return composite([component_result(part.component, after) for part in parts])


def _counts(fact: CaseFact, period: Period, today: date) -> Counter[Measure]:
    return Counter(
        Measure(name)
        for day, name in deeds_of(fact)
        if name in _MEASURES and period.holds(day) and (day < today or name not in DUE_NAMES)
    )

"""What the packs' definitions make of counts: shares in %, an internal score 0-100, each with an interval. Pure.

The score is an internal leading indicator. VCCI's targets and scores (1-10) are passed along as they stand in
the pack and enter no computation.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

from feedback_app.catalogue.packs.indicators import Component, Indicator, IndicatorEdition, Measure, SubIndex

Z_95 = 1.959963984540054
MINIMUM_COVERAGE = 0.6  # share of the weights that needs enough answers before a score is given at all

SAME_PEOPLE = ("third_question", "pulse_")  # how measures begin that the same people's answers decide

Interval = tuple[float, float]


class UnknownEdition(LookupError):
    """No pack holds that edition; the text is in Vietnamese."""


class Status(StrEnum):
    """How far a figure may be relied on."""

    COMPLETE = "complete"
    PARTIAL = "partial"  # computed from the components with enough data, which bear most of the weight
    INSUFFICIENT = "insufficient_data"


@dataclass(frozen=True, slots=True)
class ComponentResult:
    """A component in %; all figures are None below its minimum number of cases."""

    component: Component
    numerator: int
    denominator: int
    value: float | None
    interval: Interval | None
    score: float | None
    score_interval: Interval | None

    @property
    def status(self) -> Status:
        return Status.INSUFFICIENT if self.value is None else Status.COMPLETE


@dataclass(frozen=True, slots=True)
class IndicatorResult:
    """An internal score 0-100 with its interval, and beside it what VCCI measures."""

    indicator: Indicator
    components: tuple[ComponentResult, ...]
    score: float | None
    interval: Interval | None
    coverage: float  # share of the weights whose components have enough data
    status: Status
    sub_index: SubIndex

    @property
    def n(self) -> int:
        """The cases behind the component that has the most."""
        return max(result.denominator for result in self.components)


def edition_of(editions: Sequence[IndicatorEdition], code: str | None = None) -> IndicatorEdition:
    """Return the edition of that code; without one, the first that defines indicators.

    Raises:
        UnknownEdition: there is none; the text names those there are.
    """
    for edition in editions:
        if edition.code == code or (code is None and edition.indicators):
            return edition
    known = ", ".join(edition.code for edition in editions)
    raise UnknownEdition(f"Không có ấn bản '{code}' trong danh mục; các ấn bản: {known}.")


def evaluate(edition: IndicatorEdition, counts: Mapping[Measure, int]) -> tuple[IndicatorResult, ...]:
    """Return the indicators of an edition for the counts of one period; a missing count is zero."""
    sub_indices = {sub_index.number: sub_index for sub_index in edition.sub_indices}
    return tuple(
        indicator_result(indicator, counts, sub_indices[indicator.sub_index])
        for indicator in edition.indicators
    )


def component_result(component: Component, counts: Mapping[Measure, int]) -> ComponentResult:
    """Return the share of one component with its Wilson interval, in %."""
    numerator, n = counts.get(component.numerator, 0), counts.get(component.denominator, 0)
    if n < component.minimum_n:
        return ComponentResult(component, numerator, n, None, None, None, None)
    value, (low, high) = 100 * numerator / n, wilson(numerator, n)
    ends = sorted((score_of(low, component), score_of(high, component)))
    return ComponentResult(
        component, numerator, n, value, (low, high), score_of(value, component), (ends[0], ends[1])
    )


def wilson(successes: int, n: int, z: float = Z_95) -> Interval:
    """Return the Wilson score interval of a share in %, 95 % unless told.

    Raises:
        ValueError: not 0 ≤ ``successes`` ≤ ``n``, or ``n`` is 0.
    """
    if not 0 <= successes <= n or n == 0:
        raise ValueError(f"{successes} of {n} is no share")
    share, spread = successes / n, z * z / n
    middle = (share + spread / 2) / (1 + spread)
    half = z / (1 + spread) * sqrt(share * (1 - share) / n + spread / (4 * n))
    return 100 * max(min(middle - half, share), 0.0), 100 * min(max(middle + half, share), 1.0)


def score_of(value: float, component: Component) -> float:
    """Return where ``value`` lies between the worst (0) and the best bound (100); beyond, it stays there."""
    return min(max((value - component.worst) / (component.best - component.worst) * 100, 0.0), 100.0)


def indicator_result(
    indicator: Indicator, counts: Mapping[Measure, int], sub_index: SubIndex
) -> IndicatorResult:
    """Return one indicator; no score where the components with enough data bear less than 60 % of the weight."""
    results = tuple(component_result(component, counts) for component in indicator.components)
    coverage = sum(result.component.weight for result in results if result.value is not None)
    if coverage < MINIMUM_COVERAGE - 1e-9:
        return IndicatorResult(indicator, results, None, None, coverage, Status.INSUFFICIENT, sub_index)
    status = Status.COMPLETE if all(r.value is not None for r in results) else Status.PARTIAL
    score, interval = composite(results)
    return IndicatorResult(indicator, results, score, interval, coverage, status, sub_index)


def composite(results: Sequence[ComponentResult]) -> tuple[float, Interval]:
    """Return the weighted mean of the scores there are, and its interval.

    The interval recovers the spread from those of the components (MOVER, Zou and Donner 2008): components
    that the same people answered are added up as if they moved together, the others as independent.

    Raises:
        ValueError: no component has a score.
    """
    parts = [(r, r.score, r.score_interval) for r in results if r.score is not None and r.score_interval]
    total = sum(result.component.weight for result, _score, _ends in parts)
    if not parts:
        raise ValueError("no component has enough data")
    score, below, above = 0.0, defaultdict[str, float](float), defaultdict[str, float](float)
    for result, own, (low, high) in parts:
        weight = result.component.weight / total
        score += weight * own
        below[_respondents(result.component)] += weight * (own - low)
        above[_respondents(result.component)] += weight * (high - own)
    return score, (max(score - _together(below), 0.0), min(score + _together(above), 100.0))


def _together(spreads: Mapping[str, float]) -> float:
    return sqrt(sum(spread * spread for spread in spreads.values()))


def _respondents(component: Component) -> str:
    """Return what components share when the same answers decide them."""
    whole = component.denominator
    return next((who for who in SAME_PEOPLE if whole.startswith(who)), whole)

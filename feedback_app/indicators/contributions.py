"""What moves an internal score: what each agency or field takes from 100, and what one agency alone decides. Pure.

Contributions add up to the distance of the score from **100, the best bound of every component**; the distance
from the target is less by what the target lets pass. A group contributes its share of a component's cases times
how far its own share lies from the best bound, so who has many cases near the bound may take as much as who has
few far from it; who does better than the bound gives points back (a negative number).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from feedback_app.catalogue.packs.indicators import Measure
from feedback_app.indicators.definitions import ComponentResult, IndicatorResult, indicator_result
from feedback_app.statistics.figures import Group, Value, total_counts

FULL_SCORE = 100
OF_NONE = ""  # of no agency (or field): unlinkable answers, tickets that nobody has yet

Counts = Mapping[Measure, int]
Figures = Mapping[Group, Mapping[str, Value]]


@dataclass(frozen=True, slots=True)
class Part:
    """A group's cases in one component, and the points of the composite that they take."""

    component: str
    numerator: int
    denominator: int
    points: float


@dataclass(frozen=True, slots=True)
class Contribution:
    """The points of 100 that a group takes from the composite; negative: it gives points back."""

    group: str
    points: float
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The composite without one agency's cases; both None where too few cases would be left."""

    agency: str
    score: float | None
    change: float | None


def counts_by_agency(figures: Figures) -> dict[str, dict[Measure, int]]:
    """Return what ``total_counts`` counts, by agency; sensitive reports are the Inspectorate's."""
    return _by(figures, lambda group: group.agency)


def counts_by_field(figures: Figures) -> dict[str, dict[Measure, int]]:
    """Return what ``total_counts`` counts, by field; sensitive reports have none."""
    return _by(figures, lambda group: group.field)


def contributions(result: IndicatorResult, by_group: Mapping[str, Counts]) -> tuple[Contribution, ...]:
    """Return what each group takes from 100, most first; what is of no group stands under ``""``.

    The points add up to ``100 - result.score``. Nothing is returned without a score.
    """
    if result.score is None:
        return ()
    parts: dict[str, list[Part]] = {}
    for component in result.components:
        if component.score is not None:
            weight = component.component.weight / result.coverage
            for group, part in _parts(component, by_group, weight):
                parts.setdefault(group, []).append(part)
    found = [Contribution(group, sum(p.points for p in own), tuple(own)) for group, own in parts.items()]
    return tuple(sorted(found, key=lambda one: (-one.points, one.group)))


def leave_one_out(
    result: IndicatorResult, counts: Counts, by_agency: Mapping[str, Counts]
) -> tuple[LeftOut, ...]:
    """Return the score without each agency in turn, those first whose absence changes it most."""
    if result.score is None:
        return ()
    # of components below their minimum not even whether there are any cases is told
    touched = {part.component.denominator for part in result.components if part.score is not None}
    found = [
        _without(agency, result, counts, own)
        for agency, own in by_agency.items()
        if any(own.get(measure) for measure in touched)
    ]
    return tuple(sorted(found, key=lambda left: (-abs(left.change or 0.0), left.agency)))


def _by(figures: Figures, name: Callable[[Group], str]) -> dict[str, dict[Measure, int]]:
    apart: dict[str, dict[Group, Mapping[str, Value]]] = {}
    for group, values in figures.items():
        if code := name(group):
            as_whole = group if group.sensitive else Group()
            apart.setdefault(code, {})[as_whole] = values
    return {code: total_counts(own) for code, own in apart.items()}


def _parts(result: ComponentResult, by_group: Mapping[str, Counts], weight: float) -> list[tuple[str, Part]]:
    component = result.component
    cases = {
        group: (own.get(component.numerator, 0), own.get(component.denominator, 0))
        for group, own in by_group.items()
    }
    rest = (
        result.numerator - sum(k for k, _n in cases.values()),
        result.denominator - sum(n for _k, n in cases.values()),
    )
    linear = {
        group: _from_best(result, k, n) for group, (k, n) in (cases | {OF_NONE: rest}).items() if n or k
    }
    gap, total = FULL_SCORE - (result.score or 0.0), sum(linear.values())
    factor = weight * gap / total if gap > 0 and total > 0 else 0.0  # beyond a bound the score stays there
    return [
        (group, Part(component.id, *(cases | {OF_NONE: rest})[group], points * factor))
        for group, points in linear.items()
    ]


def _from_best(result: ComponentResult, numerator: int, n: int) -> float:
    """Return how far the cases of a group pull the component from its best bound, in points of its score."""
    component = result.component
    distance = (n * component.best - 100 * numerator) / result.denominator
    return distance / (component.best - component.worst) * FULL_SCORE


def _without(agency: str, result: IndicatorResult, counts: Counts, own: Counts) -> LeftOut:
    rest = {measure: n - own.get(measure, 0) for measure, n in counts.items()}
    score = indicator_result(result.indicator, rest, result.sub_index).score
    change = None if score is None or result.score is None else score - result.score
    return LeftOut(agency, score, change)

"""Shares, intervals and the internal score."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_app.catalogue import packs
from feedback_app.catalogue.packs.indicators import FROM_OUTSIDE, Measure
from feedback_app.indicators.definitions import (
    Status,
    UnknownEdition,
    component_result,
    composite,
    edition_of,
    evaluate,
    score_of,
    wilson,
)

EDITION = edition_of(packs.shipped().indicators)
INFORMAL, DYNAMISM = EDITION.indicators
SOLVED = next(c for c in DYNAMISM.components if c.id == "solved")
REOPENED = next(c for c in DYNAMISM.components if c.id == "reopened")

PULSE_PARTS = [c.numerator for c in DYNAMISM.components if c.numerator in FROM_OUTSIDE]
PULSE_WHOLES = [c.denominator for c in DYNAMISM.components if c.denominator in FROM_OUTSIDE]

ENOUGH = {
    Measure.DUE_IN_PERIOD: 100,
    Measure.ANSWERED_IN_TIME: 90,
    Measure.ANSWERED: 95,
    Measure.REOPENED_WITHIN_30_DAYS: 5,
    Measure.RATED: 60,
    Measure.SATISFIED_ANSWERED: 50,
    Measure.SOLVED_SAYS_ENTERPRISE: 36,
    **dict.fromkeys(PULSE_WHOLES, 40),
    **dict.fromkeys(PULSE_PARTS, 30),
}


@pytest.mark.parametrize(
    "successes,n,low,high",
    [(0, 10, 0.0, 27.7533), (8, 10, 49.0162, 94.3318), (50, 100, 40.3832, 59.6168), (10, 10, 72.2467, 100.0)],
)
def test_the_interval_is_wilson_s(successes, n, low, high):
    assert wilson(successes, n) == pytest.approx((low, high), abs=1e-3)


def test_more_successes_than_cases_is_no_share():
    with pytest.raises(ValueError, match="no share"):
        wilson(3, 2)


def test_bounds_turn_a_share_into_0_to_100():
    assert [score_of(value, SOLVED) for value in (0, 30, 57.5, 85, 100)] == [0, 0, 50, 100, 100]


def test_where_less_is_better_the_scale_is_turned():
    assert [score_of(value, REOPENED) for value in (0, 2, 11, 20, 60)] == [100, 100, 50, 0, 0]


def test_below_the_minimum_nothing_is_guessed():
    few = component_result(SOLVED, {Measure.RATED: 19, Measure.SOLVED_SAYS_ENTERPRISE: 19})
    assert (few.value, few.interval, few.score, few.status) == (None, None, None, Status.INSUFFICIENT)
    assert few.denominator == 19


def test_without_any_case_both_indicators_say_so():
    assert [r.status for r in evaluate(EDITION, {})] == [Status.INSUFFICIENT] * 2
    assert [r.score for r in evaluate(EDITION, {})] == [None, None]


def test_a_score_needs_most_of_the_weight():
    only_rated = {Measure.RATED: 60, Measure.SATISFIED_ANSWERED: 50, Measure.SOLVED_SAYS_ENTERPRISE: 36}
    result = evaluate(EDITION, only_rated)[1]
    assert (result.status, round(result.coverage, 2)) == (Status.PARTIAL, 0.6)
    assert evaluate(EDITION, {Measure.DUE_IN_PERIOD: 60, Measure.ANSWERED_IN_TIME: 50})[1].score is None


def test_the_score_is_the_weighted_mean_of_its_components():
    result = evaluate(EDITION, ENOUGH)[1]
    expected = sum(part.component.weight * part.score for part in result.components)
    assert result.status is Status.COMPLETE
    assert result.score == pytest.approx(expected)
    assert result.interval[0] < result.score < result.interval[1]


def test_a_solution_confirmed_moves_the_score_and_a_report_filed_does_not():
    before = evaluate(EDITION, ENOUGH)
    confirmed = evaluate(EDITION, ENOUGH | {Measure.SOLVED_SAYS_ENTERPRISE: 40})
    assert confirmed[1].score > before[1].score
    assert evaluate(EDITION, ENOUGH | {"received": 900}) == before


def test_official_targets_enter_no_computation():
    raised = EDITION.model_copy(
        update={"sub_indices": tuple(s.model_copy(update={"target": 9.9}) for s in EDITION.sub_indices)}
    )
    assert [(r.score, r.interval) for r in evaluate(raised, ENOUGH)] == [
        (r.score, r.interval) for r in evaluate(EDITION, ENOUGH)
    ]


def test_an_unknown_edition_is_named_with_those_there_are():
    with pytest.raises(UnknownEdition, match="pci-2023"):
        edition_of(packs.shipped().indicators, "pci-1999")


@given(st.lists(st.tuples(st.integers(20, 400), st.integers(0, 400)), min_size=8, max_size=8))
def test_the_interval_holds_the_score_and_stays_on_the_scale(pairs):
    counts = {}
    for component, (n, k) in zip(DYNAMISM.components, pairs, strict=True):
        counts[component.denominator] = n
        counts[component.numerator] = min(k, n)
    counts = {
        m: min(v, counts.get(Measure.RATED, v)) if "solved" in m or "satis" in m else v
        for m, v in counts.items()
    }
    score, (low, high) = composite([component_result(c, counts) for c in DYNAMISM.components])
    assert 0 <= low <= score <= high <= 100

"""What each agency and field takes from 100, and what one agency alone decides."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback_app.catalogue import packs
from feedback_app.catalogue.packs.indicators import WHOLES, Measure
from feedback_app.indicators.contributions import (
    contributions,
    counts_by_agency,
    counts_by_field,
    leave_one_out,
)
from feedback_app.indicators.definitions import edition_of, evaluate
from feedback_app.statistics.figures import total_counts
from feedback_app.statistics.periods import Period
from feedback_app.statistics.rollup import figures_of
from tests.unit.statistics.story import FIRST, LAST, TODAY, a_ticket, cases

EDITION = edition_of(packs.shipped().indicators)
AGENCIES = ("so-xd", "thue", "thanh-tra")


def low_minimum(edition):
    """Return the edition with a minimum of one case, so that small stories have scores."""

    def eased(indicator):
        parts = tuple(part.model_copy(update={"minimum_n": 1}) for part in indicator.components)
        return indicator.model_copy(update={"components": parts})

    return edition.model_copy(update={"indicators": tuple(eased(one) for one in edition.indicators)})


EASY = low_minimum(EDITION)


@st.composite
def counts_(draw):
    """Draw counts in which every part is a part of its whole."""
    found = {}
    for part, whole in WHOLES.items():
        found.setdefault(whole, draw(st.integers(0, 60)))
        found[part] = draw(st.integers(0, found[whole]))
    return found


def dynamism(counts, edition=EASY):
    return evaluate(edition, counts)[1]


def added(*own):
    return {measure: sum(counts.get(measure, 0) for counts in own) for measure in Measure}


def of(due, in_time, rated, solved, satisfied, answered, reopened):
    return {
        Measure.DUE_IN_PERIOD: due,
        Measure.ANSWERED_IN_TIME: in_time,
        Measure.RATED: rated,
        Measure.SOLVED_SAYS_ENTERPRISE: solved,
        Measure.SATISFIED_ANSWERED: satisfied,
        Measure.ANSWERED: answered,
        Measure.REOPENED_WITHIN_30_DAYS: reopened,
    }


GOOD = of(50, 49, 40, 34, 38, 50, 1)
BAD = of(50, 30, 40, 8, 16, 45, 9)


@settings(max_examples=200)
@given(st.dictionaries(st.sampled_from(AGENCIES), counts_(), max_size=3), counts_())
def test_contributions_add_up_to_the_distance_from_100(by_agency, of_nobody):
    total = added(*by_agency.values(), of_nobody)
    for result in evaluate(EASY, total):
        found = contributions(result, by_agency)
        if result.score is None:
            assert found == ()
            continue
        assert sum(one.points for one in found) == pytest.approx(100 - result.score, abs=1e-6)
        for one in found:
            assert one.points == pytest.approx(sum(part.points for part in one.parts))


@settings(max_examples=100, deadline=None)
@given(st.lists(a_ticket, max_size=12))
def test_agencies_and_fields_tell_of_the_same_distance(tickets):
    figures = figures_of(cases(tickets), Period(FIRST, LAST), TODAY)
    for result in evaluate(EASY, total_counts(figures)):
        if result.score is not None:
            for groups in (counts_by_agency(figures), counts_by_field(figures)):
                points = sum(one.points for one in contributions(result, groups))
                assert points == pytest.approx(100 - result.score, abs=1e-6)


def test_who_does_worse_takes_more_and_who_beats_the_bound_gives_back():
    result = dynamism(added(GOOD, BAD), EDITION)
    worse, better = contributions(result, {"so-xd": GOOD, "thue": BAD})
    assert (worse.group, better.group) == ("thue", "so-xd")
    assert worse.points > 10 * abs(better.points)
    late = next(part for part in better.parts if part.component == "answered_in_time")
    assert (late.numerator, late.denominator) == (49, 50)
    assert late.points == pytest.approx(0)  # 98 % is the best bound
    best = contributions(dynamism(added(GOOD, BAD)), {"so-xd": of(50, 50, 0, 0, 0, 0, 0), "thue": BAD})
    assert next(one for one in best if one.group == "so-xd").points < 0


def test_what_is_of_no_agency_stands_apart():
    (one,) = contributions(dynamism(BAD), {})
    assert (one.group, len(one.parts)) == ("", 4)


def test_all_in_one_agency_takes_all_and_without_it_nothing_is_known():
    result = dynamism(BAD, EDITION)
    (one,) = contributions(result, {"thue": BAD})
    assert one.points == pytest.approx(100 - result.score)
    (left,) = leave_one_out(result, BAD, {"thue": BAD})
    assert (left.agency, left.score, left.change) == ("thue", None, None)


def test_leaving_out_the_worst_raises_the_score_to_what_the_others_reach():
    counts = added(GOOD, BAD)
    first, second = leave_one_out(
        dynamism(counts, EDITION), counts, {"so-xd": GOOD, "thue": BAD, "so-dl": {}}
    )
    changes = {left.agency: left for left in (first, second)}
    assert changes["thue"].score == pytest.approx(dynamism(GOOD, EDITION).score)
    assert changes["thue"].change > 0 > changes["so-xd"].change


@settings(max_examples=100)
@given(counts_(), st.integers(2, 9))
def test_more_reports_of_the_same_kind_change_no_score(counts, times):
    few, many = (
        {m: n + (20 if m in WHOLES.values() else 0) for m, n in counts.items()},
        {m: times * (n + (20 if m in WHOLES.values() else 0)) for m, n in counts.items()},
    )
    for before, after in zip(evaluate(EDITION, few), evaluate(EDITION, many), strict=True):
        assert after.score == pytest.approx(before.score)
        assert after.interval[1] - after.interval[0] <= before.interval[1] - before.interval[0] + 1e-9


def test_a_few_cases_below_the_minimum_do_not_tell_of_themselves():
    counts = added(GOOD, {Measure.INFORMAL_COST_DUE: 2})
    payments = {
        measure: 30
        for measure in WHOLES | dict.fromkeys(WHOLES.values())
        if measure.startswith("third_question")
    }
    informal = evaluate(EDITION, counts | payments)[0]
    assert informal.score is not None
    assert leave_one_out(informal, counts | payments, {"thanh-tra": {Measure.INFORMAL_COST_DUE: 2}}) == ()

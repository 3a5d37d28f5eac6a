"""Settling tickets in thought: what would rise, and that hurry and numbers gain and cost nothing."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback_app.catalogue.packs.indicators import Measure
from feedback_app.indicators.counterfactual import (
    candidates,
    change_between,
    score_after,
    settled,
    what_if,
)
from feedback_app.indicators.definitions import evaluate
from feedback_app.statistics.facts import CaseFact
from feedback_app.statistics.figures import total_counts
from feedback_app.statistics.periods import Period
from feedback_app.statistics.rollup import figures_of
from tests.unit.indicators.test_contributions import EASY, EDITION, of
from tests.unit.statistics.story import FIRST, LAST, TODAY, a_ticket, cases

MONTH, WITHIN = Period(FIRST, LAST), date(2026, 8, 20)
MIDDLING = of(100, 80, 60, 30, 45, 90, 6)
stories = st.lists(a_ticket, max_size=12)


def a_fact(**given_) -> CaseFact:
    known = {
        "ticket_id": 1, "round": 1, "ticket_version": 1, "kind": "obstacle", "field": "tax", "agency": "thue",
        "sensitive": False, "started_on": date(2026, 8, 1), "due_on": date(2026, 8, 12), "answered_on": None,
        "ended_on": None, "working_days": None, "pauses": (), "rated_on": None, "rated_answered": None,
        "rated_solved": None, "disputed_on": None,
    }  # fmt: skip
    return CaseFact(**known | given_)


def a_rated(solved="no", answered=True, **given_):
    day = date(2026, 8, 10)
    known = {"answered_on": day, "ended_on": day, "working_days": 6, "outcome": "answered", "rated_on": day}
    return a_fact(**known | {"rated_answered": answered, "rated_solved": solved} | given_)


def scored(tickets, today=TODAY):
    facts = cases(tickets)
    return [fact for fact, _legs in facts], evaluate(EASY, total_counts(figures_of(facts, MONTH, today)))


def dynamism(counts=MIDDLING):
    return evaluate(EDITION, counts)[1]


@pytest.mark.parametrize(
    "fact,change",
    [
        (a_rated("no"), {Measure.SOLVED_SAYS_ENTERPRISE: 1}),
        (
            a_rated("partly", answered=False),
            dict.fromkeys(("solved_says_enterprise", "satisfied_answered"), 1),
        ),
        (a_rated("yes"), {}),
        (a_rated("no", disputed_on=date(2026, 9, 9)), {}),  # reopened on the 30th day: nothing to gain
        (a_rated("no", disputed_on=date(2026, 9, 10)), {Measure.SOLVED_SAYS_ENTERPRISE: 1}),
        (a_rated("no", rated_on=date(2026, 9, 2)), {}),  # rated in another period
        (a_rated("no", sensitive=True, kind="informal_cost"), {}),
    ],
    ids=["not solved", "not even answered", "solved", "reopened", "came back late", "later", "sensitive"],
)
def test_a_rating_of_the_period_can_become_solved_unless_the_answer_was_reopened(fact, change):
    after = settled(fact, MONTH, TODAY)
    assert (change_between(fact, after, MONTH, TODAY) if after else {}) == change


def test_an_open_ticket_can_be_settled_while_the_period_runs_but_not_made_in_time_again():
    late = a_fact()
    change = change_between(late, settled(late, MONTH, WITHIN), MONTH, WITHIN)
    assert change == {
        Measure.ANSWERED: 1,
        Measure.RATED: 1,
        Measure.SATISFIED_ANSWERED: 1,
        Measure.SOLVED_SAYS_ENTERPRISE: 1,
    }
    assert settled(late, MONTH, TODAY) is None  # the period is over


def test_the_sentence_settling_these_twelve():
    result = dynamism()
    chosen = candidates(result, [a_rated(ticket_id=n) for n in range(1, 13)], MONTH, TODAY)
    told = what_if(result, chosen)
    assert told.tickets == 12
    assert (told.before, told.after) == (
        result.score,
        pytest.approx(dynamism(of(100, 80, 60, 42, 45, 90, 6)).score),
    )
    assert told.after > told.before
    assert told.interval[0] < told.after < told.interval[1]


def test_those_that_gain_most_come_first():
    found = candidates(dynamism(), [a_rated(ticket_id=1), a_rated(answered=False, ticket_id=2)], MONTH, TODAY)
    assert [one.fact.ticket_id for one in found] == [2, 1]


def test_without_a_score_or_a_ticket_nothing_is_promised():
    nothing = evaluate(EDITION, {})[1]
    assert candidates(nothing, [a_rated()], MONTH, TODAY) == []
    assert what_if(nothing, []) is None
    assert what_if(dynamism(), []) is None


@settings(max_examples=200, deadline=None)
@given(stories)
def test_settling_all_that_can_be_settled_is_what_a_recount_of_the_settled_story_gives(tickets):
    facts, results = scored(tickets)
    for result in results:
        chosen = candidates(result, facts, MONTH, TODAY)
        told = what_if(result, chosen)
        if told is None:
            continue
        keys = {(one.fact.ticket_id, one.fact.round) for one in chosen}
        then = [settled(f, MONTH, TODAY) if (f.ticket_id, f.round) in keys else f for f in facts]
        recount = total_counts(figures_of(((fact, ()) for fact in then), MONTH, TODAY))
        again = next(r for r in evaluate(EASY, recount) if r.indicator.code == result.indicator.code)
        assert told.after == pytest.approx(again.score)
        assert told.after > told.before


@settings(max_examples=200, deadline=None)
@given(stories, st.integers(0, 30), st.sampled_from(["yes", "partly", "no"]))
def test_hurried_closing_that_comes_back_within_30_days_gains_nothing(tickets, days, says):
    facts, results = scored(tickets, WITHIN)
    for fact in facts:
        closed = settled(fact, MONTH, WITHIN) if fact.answered_on is None else None
        if closed is None:
            continue
        hurried = replace(closed, rated_solved=says, disputed_on=WITHIN + timedelta(days))
        change = change_between(fact, hurried, MONTH, WITHIN)
        for result in results:
            if result.score is not None:
                assert score_after(result, change)[0] <= result.score + 1e-9


@settings(max_examples=200, deadline=None)
@given(stories, st.integers(1, 500), st.integers(0, 19))
def test_reports_filed_lower_no_score_by_their_number(tickets, number, after):
    _facts, before = scored(tickets, WITHIN)
    day = FIRST + timedelta(after)
    filed = [
        (a_fact(ticket_id=10_000 + n, started_on=day, due_on=day + timedelta(days=20)), ())
        for n in range(number)
    ]
    counts = total_counts(figures_of([*cases(tickets), *filed], MONTH, WITHIN))
    assert [(r.score, r.interval) for r in evaluate(EASY, counts)] == [(r.score, r.interval) for r in before]

"""What those who answered stand for, and what a weighted share is worth."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_app.pulses.weighting import share, weights

A, B = ("a", "s"), ("b", "s")
GOOD, ALL_OF_IT = frozenset({"yes"}), frozenset({"yes", "no"})
ANSWERS = st.fixed_dictionaries(
    {"yes": st.integers(0, 60), "no": st.integers(0, 60), "unsaid": st.integers(0, 9)}
)


def test_where_all_answer_alike_every_answer_weighs_the_same():
    assert weights({A: 100, B: 300}, {A: 10, B: 30}, 3) == {A: 1, B: 1}


def test_who_answers_seldom_weighs_more_up_to_the_cap():
    found = weights({A: 100, B: 100}, {A: 10, B: 40}, 3)
    assert found[A] / found[B] == pytest.approx(4)
    assert weights({A: 10_000, B: 100}, {A: 10, B: 40}, 3)[A] == 3


def test_a_cell_in_which_nobody_answered_weighs_nothing():
    assert weights({A: 100, B: 100}, {A: 10, B: 0}, 3) == {A: 1}


def test_a_share_is_that_of_the_register_not_of_those_who_like_to_answer():
    counts = {A: {"yes": 10, "no": 0}, B: {"yes": 0, "no": 40}}
    told = share(counts, weights({A: 100, B: 100}, {A: 10, B: 40}, 10), GOOD, ALL_OF_IT)
    assert told.share == pytest.approx(0.5)
    assert told.n == 50
    assert told.effective < 35, "unequal weights are worth fewer answers"


def test_no_answer_is_in_no_share():
    told = share({A: {"yes": 3, "no": 1, "unsaid": 90}}, {A: 1.0}, GOOD, ALL_OF_IT)
    assert (told.n, told.share, told.whole) == (4, 0.75, (3, 4))


def test_without_any_answer_there_is_no_share():
    told = share({A: {"yes": 0, "no": 0, "unsaid": 7}}, {A: 1.0}, GOOD, ALL_OF_IT)
    assert (told.n, told.share, told.whole) == (0, None, (0, 0))


@given(ANSWERS, ANSWERS, st.integers(1, 5000), st.integers(1, 5000))
def test_a_share_lies_between_those_of_its_cells_and_is_worth_no_more_than_its_answers(a, b, many, few):
    counts = {A: a, B: b}
    answered = {cell: sum(own.values()) for cell, own in counts.items()}
    told = share(counts, weights({A: many, B: few}, answered, 3), GOOD, ALL_OF_IT)
    own = [c["yes"] / (c["yes"] + c["no"]) for c in (a, b) if c["yes"] + c["no"]]
    if not own:
        assert told.share is None
        return
    assert min(own) - 1e-6 <= told.share <= max(own) + 1e-6
    good, n = told.whole
    assert 0 <= good <= n <= told.effective <= told.n

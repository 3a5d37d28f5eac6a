"""What is hidden, what is shown, and that a reader who tries everything agrees with the audit."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback_app.disclosure import (
    MANY,
    TOTAL,
    Contradiction,
    Protected,
    Release,
    Table,
    audit,
    narrowed,
    protect,
)
from tests.unit.disclosure.enumeration import drawn, possible, table

SIZES = [(2, 2), (3, 2), (2, 2, 2)]


@pytest.mark.parametrize("zeros_hidden", [True, False])
@given(seed=st.integers(0, 10_000), sizes=st.sampled_from(SIZES))
@settings(max_examples=15, deadline=None, derandomize=True)
def test_who_tries_every_table_finds_what_the_audit_finds(seed, sizes, zeros_hidden):
    made = drawn(random.Random(seed), sizes, 1.3)
    protected = protect(made, zeros_hidden=zeros_hidden)
    if protected.values[(TOTAL,) * len(sizes)] is None:
        return  # nothing bounds what is hidden: no end to trying
    found = possible(protected.dimensions, protected.values, zeros_hidden)
    assert audit(protected) == {key: (min(values), max(values)) for key, values in found.items()}
    assert all(len(values) >= 4 for values in found.values())


@given(seed=st.integers(0, 10_000), sizes=st.sampled_from(SIZES))
@settings(max_examples=15, deadline=None, derandomize=True)
def test_who_tries_every_table_agrees_where_too_little_is_hidden(seed, sizes):
    made = drawn(random.Random(seed), sizes, 1.3)
    values = {key: n if n >= 5 else None for key, n in made.with_totals().items()}
    if values[(TOTAL,) * len(sizes)] is None:
        return
    found = possible(made.dimensions, values, zeros_hidden=True)
    naive = Protected(made.dimensions, values, zeros_hidden=True)
    assert audit(naive) == {key: (min(each), max(each)) for key, each in found.items()}
    assert {key for _, key in narrowed([Release(naive)])} == {
        key for key, each in found.items() if len(each) < 4
    }


def test_hiding_the_small_count_alone_gives_it_away():
    made = table({("a0", "b0"): 3, ("a0", "b1"): 9, ("a1", "b0"): 8, ("a1", "b1"): 7}, 2, 2)
    values = {key: n if n >= 5 else None for key, n in made.with_totals().items()}
    assert audit(Protected(made.dimensions, values, zeros_hidden=True)) == {("a0", "b0"): (3, 3)}


def test_a_small_count_takes_the_cheapest_three_with_it_and_no_margin():
    made = table({("a0", "b0"): 3, ("a0", "b1"): 9, ("a1", "b0"): 8, ("a1", "b1"): 7}, 2, 2)
    protected = protect(made)
    assert protected.hidden == {("a0", "b0"), ("a0", "b1"), ("a1", "b0"), ("a1", "b1")}
    assert audit(protected)["a0", "b0"] == (0, 11)


def test_a_table_without_small_counts_is_shown_whole():
    made = table({("a0", "b0"): 5, ("a0", "b1"): 9, ("a1", "b0"): 7, ("a1", "b1"): 6}, 2, 2)
    assert protect(made).values == made.with_totals()


def test_where_zeros_are_shown_an_empty_cell_stays_and_helps_nobody():
    made = table({("a0", "b0"): 30, ("a0", "b1"): 2, ("a1", "b0"): 20, ("a1", "b2"): 40}, 2, 3)
    protected = protect(made, zeros_hidden=False)
    assert protected.values["a0", "b2"] == protected.values["a1", "b1"] == 0
    assert protected.values["a0", "b1"] is protected.values[TOTAL, "b1"] is None
    assert not narrowed([Release(protected)])


@pytest.mark.parametrize("n", [0, 1, 4])
def test_where_few_are_counted_at_all_nothing_is_shown(n):
    protected = protect(table({("a0", "b0"): n}, 2, 2))
    assert set(protected.values.values()) == {None}
    assert audit(protected)[TOTAL, TOTAL] == (0, MANY)


def test_the_same_table_is_protected_the_same_way():
    made = drawn(random.Random(7), (3, 2, 2), 5)
    assert protect(made) == protect(made)


def test_only_pairs_are_shown_when_pairs_are_asked_for():
    protected = protect(drawn(random.Random(7), (3, 3, 3), 20), ways=2)
    assert {key.count(TOTAL) for key in protected.values} == {1, 2, 3}
    assert not narrowed([Release(protected)])


def test_what_no_counts_fit_is_said():
    values = {("a0", "b0"): None, ("a0", TOTAL): 9, (TOTAL, "b0"): 3, (TOTAL, TOTAL): 9}
    with pytest.raises(Contradiction):
        audit(Protected((("a", ("a0",)), ("b", ("b0",))), values, zeros_hidden=True))


@pytest.mark.parametrize("counts", [{("a0", "b0"): -1}, {("a0",): 3}, {("a0", "x"): 3}, {("a0", TOTAL): 3}])
def test_what_is_not_a_count_of_a_full_cell_is_refused(counts):
    with pytest.raises(ValueError, match="full cell"):
        Table((("a", ("a0",)), ("b", ("b0",))), counts)

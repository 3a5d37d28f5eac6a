"""Who is drawn: shares of strata, the same sample from the same seed, cells in which nobody stands alone."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from feedback_app.pulses.sampling import ALL, Unit, allocation, cells, drawn, order

STRATUM = st.tuples(st.sampled_from("abcdef"), st.sampled_from(["", "s", "m", "l"]))
STRATA = st.dictionaries(STRATUM, st.integers(1, 300), min_size=1)

SMALL = st.dictionaries(STRATUM, st.integers(1, 40), min_size=1, max_size=6)


def units(sizes):
    return [Unit(f"{field}{size}{i}", field, size) for (field, size), n in sizes.items() for i in range(n)]


@given(STRATA, st.integers(1, 600), st.integers(1, 8))
def test_the_whole_sample_is_given_out_and_no_stratum_gives_more_than_it_has(sizes, sample, least):
    found = allocation(sizes, sample, least)
    assert sum(found.values()) == min(sample, sum(sizes.values()))
    assert all(0 <= found[stratum] <= n for stratum, n in sizes.items())
    if len(sizes) * least <= sample:
        assert all(found[stratum] >= min(least, n) for stratum, n in sizes.items())


def test_beyond_the_least_of_each_strata_are_drawn_in_proportion():
    found = allocation({("a", ""): 1000, ("b", ""): 500, ("c", ""): 4}, 154, 5)
    assert found == {("a", ""): 98, ("b", ""): 52, ("c", ""): 4}  # 5 + 140 × 995/1490, 5 + 140 × 495/1490


@settings(max_examples=30)
@given(SMALL, st.randoms(use_true_random=False))
def test_list_and_seed_give_the_same_sample_whatever_the_order_of_the_list(sizes, chance):
    listed = units(sizes)
    shuffled = chance.sample(listed, len(listed))
    assert drawn(listed, "seed", 40, 2) == drawn(shuffled, "seed", 40, 2)


@settings(max_examples=50)
@given(SMALL)
def test_of_each_stratum_as_many_are_drawn_as_were_allotted_and_nobody_twice(sizes):
    found = drawn(units(sizes), "seed", 50, 3)
    assert len({unit.tax_code for unit in found}) == len(found)
    allotted = {stratum: n for stratum, n in allocation(sizes, 50, 3).items() if n}
    assert Counter(unit.stratum for unit in found) == allotted


def test_another_seed_draws_others():
    listed = units({("a", "s"): 500})
    first, second = ({u.tax_code for u in drawn(listed, seed, 100, 5)} for seed in ("1", "2"))
    assert 5 <= len(first & second) <= 45  # 20 by chance


def test_an_auditor_finds_the_order_with_sha256_alone():
    assert order("0011", "4200000001").startswith("7309c310d517")  # printf '0011|4200000001' | sha256sum
    assert order("0011", "4200000001") != order("0012", "4200000001")


@given(st.dictionaries(STRATUM, st.integers(1, 40), min_size=1))
def test_every_cell_is_shared_by_enough_people_and_every_stratum_has_one(invited):
    place = cells(invited, 10)
    assert set(place) == set(invited)
    shared = Counter()
    for stratum, n in invited.items():
        shared[place[stratum]] += n
    assert all(n >= min(10, sum(invited.values())) for n in shared.values())


def test_small_sizes_go_together_then_fields_and_large_ones_stay_by_themselves():
    invited = {("a", "s"): 30, ("a", "m"): 6, ("a", "l"): 5, ("b", "s"): 4, ("c", "s"): 7}
    assert cells(invited, 10) == {
        ("a", "s"): ("a", "s"), ("a", "m"): ("a", ALL), ("a", "l"): ("a", ALL),
        ("b", "s"): (ALL, ALL), ("c", "s"): (ALL, ALL),
    }  # fmt: skip

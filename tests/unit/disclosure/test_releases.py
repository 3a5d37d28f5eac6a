"""Several releases: a quarter is the sum of its months, and tables of one period share their margins."""

import random
from itertools import product

import pytest

from feedback_app.disclosure import (
    TOTAL,
    Release,
    Source,
    Table,
    Unprotectable,
    audit_together,
    narrowed,
    protect,
    protect_together,
)
from tests.unit.disclosure.enumeration import drawn, table

MONTHS = ("2026-10", "2026-11", "2026-12")


def months(seed: int = 3, mean: float = 9) -> list[Table]:
    draw = random.Random(seed)
    return [drawn(draw, (3, 3), mean) for _ in MONTHS]


def added(tables: list[Table]) -> Table:
    counts = {cell: sum(each.counts.get(cell, 0) for each in tables) for cell in tables[0].counts}
    return Table(tables[0].dimensions, counts)


def test_a_quarter_protected_for_itself_narrows_what_its_months_hide():
    parts = months()
    alone = [Release(protect(each), (month,)) for each, month in zip(parts, MONTHS, strict=True)]
    quarter = Release(protect(added(parts)), MONTHS)
    assert not narrowed(alone)
    assert narrowed([*alone, quarter])


@pytest.mark.parametrize("seed", range(3))
def test_a_quarter_protected_with_its_months_in_mind_narrows_nothing(seed):
    parts = months(seed)
    out = [protect(each) for each in parts]
    sources = [Source(each, (month,), frozen) for each, month, frozen in zip(parts, MONTHS, out, strict=True)]
    *kept, quarter = protect_together([*sources, Source(added(parts), MONTHS)])
    assert kept == out
    releases = [Release(each, (month,)) for each, month in zip(out, MONTHS, strict=True)]
    assert not narrowed([*releases, Release(quarter, MONTHS)])


def test_two_tables_of_one_period_are_one_puzzle():
    draw = random.Random(5)
    whole = drawn(draw, (3, 3, 3), 4)
    first, second = flattened(whole, 0, 1), flattened(whole, 1, 2)
    protected = protect_together([Source(first), Source(second)])
    assert not narrowed([Release(each) for each in protected])
    shared = {key[1]: n for key, n in protected[0].values.items() if key[0] == TOTAL}
    for key, n in protected[1].values.items():
        if key[1] == TOTAL and n is not None and shared[key[0]] is not None:
            assert n == shared[key[0]]


def test_what_one_release_shows_another_cannot_hide():
    made = table({("a0", "b0"): 3, ("a0", "b1"): 9, ("a1", "b0"): 8, ("a1", "b1"): 7}, 2, 2)
    shown = Release(protect(made, minimum=1))
    hiding = Release(protect(made))
    assert audit_together([shown, hiding])[1]["a0", "b0"] == (3, 3)


def test_what_is_given_away_already_cannot_be_protected():
    made = table({("a0", "b0"): 3, ("a0", "b1"): 9, ("a1", "b0"): 8, ("a1", "b1"): 7}, 2, 2)
    with pytest.raises(Unprotectable):
        protect_together([Source(made, frozen=protect(made, minimum=1)), Source(made)])


def flattened(whole: Table, *places: int) -> Table:
    """Return the margin over the dimensions at ``places``."""
    dimensions = tuple(whole.dimensions[place] for place in places)
    totals = whole.with_totals()
    counts = {}
    for cell in product(*(categories for _, categories in dimensions)):
        key = [TOTAL] * len(whole.dimensions)
        for place, category in zip(places, cell, strict=True):
            key[place] = category
        counts[cell] = totals[tuple(key)]
    return Table(dimensions, counts)

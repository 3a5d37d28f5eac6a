"""Proof 6: of 200 drawn tables no hidden count has fewer than four possible values."""

import random

from feedback_app.disclosure import Protected, Release, narrowed, protect
from tests.unit.disclosure.enumeration import drawn

TABLES = 200
SMALL = [(3, 3), (5, 3), (4, 4), (2, 2, 2), (3, 2, 2), (2, 2, 2, 2)]
LARGE = [(12, 5), (8, 8), (4, 3, 3), (6, 4, 2), (3, 2, 2, 2), (3, 3, 2, 2)]
MEANS = (1, 4, 12)


def tables(*, large: bool):
    draw = random.Random(1814)
    sizes = SMALL + LARGE if large else SMALL[:4]
    return [drawn(draw, sizes[i % len(sizes)], MEANS[i % len(MEANS)]) for i in range(TABLES if large else 30)]


def test_no_hidden_count_can_be_narrowed_to_fewer_than_four_values(large, shows):
    protected = [protect(table) for table in tables(large=large)]
    weak = sum(len(narrowed([Release(each)])) for each in protected)
    hidden = sum(len(each.hidden) for each in protected)
    shows(6, f"{len(protected)} tables of 2 to 4 dimensions, {hidden} hidden counts, narrowed", weak)
    assert hidden
    assert weak == 0


def test_hiding_small_counts_alone_leaves_counts_that_are_narrowed(large, shows):
    found = [narrowed([Release(_only_small(table))]) for table in tables(large=large)]
    shows(6, f"{len(found)} tables, only counts under 5 hidden, narrowed", sum(map(len, found)), control=True)
    shows(
        6,
        f"{len(found)} tables, only counts under 5 hidden, tables concerned",
        sum(map(bool, found)),
        control=True,
    )
    assert sum(map(bool, found)) > len(found) / 4


def _only_small(table):
    values = {key: n if n >= 5 else None for key, n in table.with_totals().items()}
    return Protected(table.dimensions, values, zeros_hidden=True)

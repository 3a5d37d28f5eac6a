"""Tables of one period that share a margin are asked without the table of all their dimensions."""

import random

import pytest

from feedback_app.disclosure import Protected, Release, Source, Table, narrowed, protect_together
from feedback_app.disclosure.auditing import Reader
from tests.unit.disclosure.enumeration import drawn
from tests.unit.disclosure.test_releases import MONTHS, added, flattened


def two_tables(draw: random.Random) -> list[Table]:
    whole = drawn(draw, (3, 2, 2), 1.5)
    return [flattened(whole, 0, 1), flattened(whole, 2, 1)]


def a_tree(draw: random.Random) -> list[Table]:
    """Agencies by outcome, fields by outcome, agencies by days, and how answers ended: as a month's page has them."""
    whole = drawn(draw, (2, 2, 2, 2), 0.9)
    return [flattened(whole, 0, 1), flattened(whole, 2, 1), flattened(whole, 0, 3), flattened(whole, 3)]


@pytest.mark.parametrize("made", [two_tables, a_tree])
@pytest.mark.parametrize("seed", range(6))
def test_apart_a_reader_finds_just_what_the_whole_table_lets_him_find(made, seed):
    tables = made(random.Random(seed))
    naive = [
        Release(
            Protected(
                each.dimensions,
                {k: n if n == 0 or n > 4 else None for k, n in each.with_totals().items()},
                zeros_hidden=False,
            )
        )
        for each in tables
    ]
    apart, whole = Reader(naive), Reader(naive, split=False)
    assert apart._system.balances
    assert not whole._system.balances
    assert apart.ranges() == whole.ranges()


def test_tables_in_a_ring_are_asked_as_one():
    whole = drawn(random.Random(2), (2, 2, 2), 2)
    ring = [flattened(whole, *places) for places in ((0, 1), (1, 2), (2, 0))]
    shown = [Protected(table.dimensions, table.with_totals(), zeros_hidden=True) for table in ring]
    assert not Reader([Release(each) for each in shown])._system.balances


@pytest.mark.parametrize("made", [two_tables, a_tree])
@pytest.mark.parametrize("seed", range(3))
def test_tables_with_a_common_margin_keep_four_values_even_for_the_whole_table(made, seed):
    tables = made(random.Random(seed + 100))
    protected = protect_together([Source(each) for each in tables], zeros_hidden=False)
    releases = [Release(each) for each in protected]
    reader = Reader(releases, split=False)
    assert all(reader.keeps(label, found, 4) for label, found in reader.ranges().items())


def test_months_and_their_quarter_in_two_tables_each_hide_nothing_in_vain():
    draw = random.Random(1)
    months = [two_tables(draw) for _ in MONTHS]
    sources = []
    for month, tables in zip(MONTHS, months, strict=True):
        out = protect_together([Source(each) for each in tables], zeros_hidden=False)
        sources += [Source(each, (month,), shown) for each, shown in zip(tables, out, strict=True)]
    quarter = [added([month[i] for month in months]) for i in range(2)]
    shown = protect_together([*sources, *(Source(each, MONTHS) for each in quarter)], zeros_hidden=False)
    periods = [s.periods for s in sources] + [MONTHS, MONTHS]
    assert not narrowed([Release(each, p) for each, p in zip(shown, periods, strict=True)])


def test_what_was_hidden_once_stays_hidden():
    table = Table((("a", ("x", "y")),), {("x",): 9, ("y",): 30})
    (shown,) = protect_together([Source(table, hidden=frozenset({("x",)}))], zeros_hidden=False)
    assert shown.values[("x",)] is None
    assert not narrowed([Release(shown)])

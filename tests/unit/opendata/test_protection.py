"""What is published of a month gives no small number away: not alone, not with other months, not with their quarter."""

from itertools import islice

from feedback_app.disclosure import Protected, Release, narrowed
from feedback_app.opendata import rules, stored
from feedback_app.opendata.rules import (
    ADDED_UP,
    BANDS,
    NOBODY,
    PUZZLES,
    Published,
    added,
    bands_of,
    protected,
    shown,
)
from feedback_app.statistics.figures import Group
from tests.unit.opendata.months import a_month

MONTHS = ("2026-07", "2026-08", "2026-09")
SUMMED = (ADDED_UP[0], ADDED_UP[2])  # the third works the same, and has many tables
SEEDS = range(10, 100, 3)  # which of the equally good ways to hide is found differs by machine
WHOLE, QUICK = 2, 90  # months of all eleven tables; months of the two tables that are quick to ask


def drawn():
    """Yield 202 tables as 98 puzzles, each with its month."""
    for seed in range(WHOLE + QUICK):
        month = a_month(seed, (12, 30, 70)[seed % 3], agencies=2, fields=3)
        for puzzle in PUZZLES if seed < WHOLE else PUZZLES[:1]:
            yield month, puzzle


def releases(tables, months=("m",)):
    return [Release(table, months) for table in tables]


def test_no_hidden_count_of_202_drawn_tables_has_fewer_than_four_possible_values():
    hidden = tables = 0
    for month, puzzle in drawn():
        out = protected(puzzle, month, ("m",))
        tables += len(out)
        hidden += sum(len(table.hidden) for table in out)
        assert narrowed(releases(out)) == ()
    assert tables == 202
    assert hidden > 300


def test_hiding_small_counts_alone_would_give_many_of_them_away():
    """The control: the same tables, protected as one would at first thought."""
    weak = 0
    for month, puzzle in islice(drawn(), 8):
        weak += len(narrowed(releases([only_small(table) for table in raw(puzzle, month)])))
    assert weak > 20


def test_a_quarter_gives_nothing_of_its_published_months_away():
    months = [a_month(10 + i, 18, agencies=2, fields=2) for i in range(3)]
    quarter = added(months)
    for puzzle in SUMMED:
        out = [protected(puzzle, own, (name,)) for own, name in zip(months, MONTHS, strict=True)]
        before = [Published((n,), own, t) for n, own, t in zip(MONTHS, months, out, strict=True)]
        together = protected(puzzle, quarter, MONTHS, before)
        known = [each for name, tables in zip(MONTHS, out, strict=True) for each in releases(tables, (name,))]
        assert narrowed(widened([*known, *releases(together, MONTHS)])) == ()


def test_a_quarter_protected_for_itself_would_give_months_away():
    """The control: sums of months narrow what the months hide, unless the months are thought of."""
    assert any(
        weak_when_alone([a_month(seed + i, 25, agencies=2, fields=2) for i in range(3)]) for seed in SEEDS
    )


def weak_when_alone(months):
    """Whether a quarter that was protected without a look at its months gives one of their hidden counts away."""
    for puzzle in SUMMED:
        out = [protected(puzzle, own, (name,)) for own, name in zip(months, MONTHS, strict=True)]
        alone = protected(puzzle, added(months), MONTHS)
        known = [each for name, tables in zip(MONTHS, out, strict=True) for each in releases(tables, (name,))]
        if narrowed(widened([*known, *releases(alone, MONTHS)])):
            return True
    return False


def test_what_a_provisional_month_hid_stays_hidden_when_it_is_final():
    month = a_month(5, cases=120)
    corrected = added([month, {Group(): {"received": 9}, Group(agency="a2"): {"received": 9}}])
    corrected = added([corrected, {Group(field="f0"): {"received": 9}}])
    puzzle = PUZZLES[0]
    first = protected(puzzle, month, ("m",))
    again = protected(puzzle, corrected, ("m",), earlier=first)
    assert first[0].hidden <= again[0].hidden
    assert narrowed(releases(again)) == ()


def test_the_shown_numbers_are_the_true_ones_and_zeros_are_shown():
    month = a_month(3, cases=140)
    for puzzle in PUZZLES:
        for (kind, code), own in shown(puzzle, protected(puzzle, month, ("m",))).items():
            if code == NOBODY:
                continue
            group = Group(agency=code) if kind == "agency" else Group(field=code)
            true = month.get(group, {})
            for name, n in own.items():
                assert n is None or name == "answered_to_the_point" or n == true.get(name, 0)
                assert n is None or n == 0 or n >= 5
                assert n is not None or true.get(name, 0) or name == "answered_to_the_point"


def test_a_stored_table_is_read_as_it_was():
    tables = protected(PUZZLES[1], a_month(2, cases=60), ("m",))
    assert tuple(stored.tables_in(stored.tables_out(tables))) == tables
    counts = a_month(2, cases=60)
    assert stored.counts_in(stored.counts_out(counts)) == counts


def test_each_number_of_days_lies_in_one_band():
    assert bands_of({0: 1, 1: 1, 2: 1, 5: 1, 7: 2, 8: 3, 20: 1, 21: 1, 90: 1}) == dict(
        zip(BANDS, (2, 1, 1, 2, 4, 2), strict=True)
    )


def raw(puzzle, month):
    """Return the tables as they are, with every count in them."""
    categories = rules._categories([month])
    made = [rules._table(cut, puzzle.whole, month, categories) for cut in puzzle.cuts]
    return [Protected(t.dimensions, t.with_totals(), zeros_hidden=False) for t in made]


def only_small(table):
    values = {key: n if not 0 < n < 5 else None for key, n in table.values.items()}
    return Protected(table.dimensions, values, zeros_hidden=False)


def widened(releases):
    """Return the releases with the same categories everywhere; what one does not name counts 0 there."""
    categories = {}
    for each in releases:
        for name, own in each.protected.dimensions:
            categories[name] = tuple(dict.fromkeys([*categories.get(name, ()), *own]))
    return [Release(rules._widened(each.protected, categories), each.periods) for each in releases]

"""No small count follows from what is shown, whatever the table."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_app.surveys.disclosure import TOTAL, Key, disclosable

TABLES = st.dictionaries(
    st.tuples(st.sampled_from(["a", "b", "c", "d"]), st.sampled_from(["x", "y", "z"])),
    st.integers(0, 12),
    max_size=12,
)


def equations(shown: dict[Key, int | None]) -> list[tuple[set[Key], Key]]:
    """Return each row and column, the totals' too, as parts and the sum of the parts."""
    rows, columns = {key[0] for key in shown}, {key[1] for key in shown}
    lines = [({k for k in shown if k[0] == row and k[1] != TOTAL}, (row, TOTAL)) for row in rows]
    return lines + [({k for k in shown if k[1] == col and k[0] != TOTAL}, (TOTAL, col)) for col in columns]


def determined(shown: dict[Key, int | None]) -> set[Key]:
    """Return the hidden counts that follow from all equations together, by elimination over fractions."""
    unknown = sorted(key for key, n in shown.items() if n is None)
    rows = [
        [Fraction((key in parts) - (key == total)) for key in unknown] for parts, total in equations(shown)
    ]
    return {unknown[pivots[0]] for pivots in map(_nonzero, _reduced(rows)) if len(pivots) == 1}


def _nonzero(row: list[Fraction]) -> list[int]:
    return [i for i, value in enumerate(row) if value]


def _reduced(rows: list[list[Fraction]]) -> list[list[Fraction]]:
    """Return the reduced row echelon form."""
    done: list[list[Fraction]] = []
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((row for row in rows if row[column]), None)
        if pivot is None:
            continue
        rows = [row for row in rows if row is not pivot]
        pivot = [value / pivot[column] for value in pivot]
        rows, done = (
            [[v - row[column] * p for v, p in zip(row, pivot, strict=True)] for row in group]
            for group in (rows, done)
        )
        done.append(pivot)
    return done


@given(TABLES)
def test_no_hidden_count_follows_from_the_others(cells: dict[Key, int]) -> None:
    assert determined(disclosable(cells)) == set()


@given(TABLES)
def test_no_shown_count_is_below_five_and_no_shown_count_is_wrong(cells: dict[Key, int]) -> None:
    for (agency, field), n in disclosable(cells).items():
        true = sum(v for (a, f), v in cells.items() if agency in {a, TOTAL} and field in {f, TOTAL})
        assert n is None or n == true >= 5


@given(TABLES)
def test_no_line_gives_away_a_few_hidden_answers_by_subtraction(cells: dict[Key, int]) -> None:
    shown = disclosable(cells)
    for parts, total in equations(shown):
        hidden = sum(cells[key] for key in parts if shown[key] is None and key in cells)
        if shown[total] is not None and total != (TOTAL, TOTAL):
            assert hidden == 0 or hidden >= 5


@given(TABLES)
def test_the_total_of_all_is_shown_once_five_answered(cells: dict[Key, int]) -> None:
    total = sum(cells.values())
    assert disclosable(cells).get((TOTAL, TOTAL)) == (total if total >= 5 else None)


def test_a_table_without_small_counts_is_shown_whole() -> None:
    shown = disclosable({("a", "x"): 5, ("a", "y"): 9, ("b", "x"): 7})
    assert None not in shown.values()
    assert shown[TOTAL, TOTAL] == 21


def test_the_check_finds_what_hiding_the_small_count_alone_gives_away() -> None:
    naive = {
        ("a", "x"): None,
        ("a", "y"): 9,
        ("a", TOTAL): 12,
        (TOTAL, "x"): 3,
        (TOTAL, "y"): 9,
        (TOTAL, TOTAL): 12,
    }
    assert determined(naive) == {("a", "x")}


@pytest.mark.parametrize("n", [1, 4])
def test_a_single_small_count_hides_everything(n: int) -> None:
    assert set(disclosable({("a", "x"): n}).values()) == {None}

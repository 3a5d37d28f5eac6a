"""What tables from outside count, here and in the auditor's script; reports filed lower nothing by their number."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_app.catalogue import packs
from feedback_app.closing import outside as script
from feedback_app.indicators.definitions import component_result, edition_of
from feedback_app.statistics.periods import containing, quarters_of
from feedback_app.surveys.releases import WITH_A_SUM, WITHOUT_A_SUM, counts_of

INFORMAL = edition_of(packs.shipped().indicators).indicators[0]
SEALED = next(c for c in INFORMAL.components if c.id == "sealed_no_large_sum")
AMOUNTS = (*WITHOUT_A_SUM, *WITH_A_SUM)
COUNTS = st.fixed_dictionaries({code: st.one_of(st.none(), st.integers(0, 90)) for code in AMOUNTS})


def release(amounts):
    """Return a release as it is taken in: a table without amounts, and one with."""
    cells = [[["", code], n] for code, n in amounts.items()] + [[["filing", "none"], 7], [["", ""], 300]]
    return {
        "tables": [
            {"dimensions": [["unit", ["x"]], ["field", ["y"]]], "cells": [[["x", "y"], 9]]},
            {"dimensions": [["step", ["filing"]], ["amount", list(AMOUNTS)]], "cells": cells},
        ]
    }


def pulse(shares):
    return {
        "shares": [{"code": f"c{i}", "share": share, "effective": n} for i, (share, n) in enumerate(shares)]
    }


@given(COUNTS, st.lists(st.tuples(st.one_of(st.none(), st.floats(0, 1)), st.floats(0, 500)), max_size=6))
def test_the_auditor_s_script_counts_the_same(amounts, shares):
    told = json.loads(json.dumps([release(amounts), pulse(shares)]))
    assert dict(script.sealed(told[0])) == counts_of("sealed", told[0])
    assert dict(script.pulse(told[1])) == counts_of("pulse", told[1])


@pytest.mark.parametrize("months,first_day", [(1, 1), (1, 15), (3, 1), (3, 15), (6, 1), (12, 1)])
def test_the_script_knows_the_same_quarters(months, first_day):
    for year, month in ((2026, 2), (2026, 11), (2027, 6)):
        period = containing(date(year, month, 20), first_day, months)
        own = {quarter.code for quarter in quarters_of(period)}
        assert script.quarters(period.first.isoformat(), period.last.isoformat()) == own


def test_one_hidden_count_and_nothing_is_said():
    assert counts_of("sealed", release(dict.fromkeys(AMOUNTS, 10) | {"5m_50m": None})) == {}
    assert counts_of("sealed", release(dict.fromkeys(AMOUNTS, 10))) == {
        "sealed_amount_told": 50, "sealed_no_large_sum": 20,
    }  # fmt: skip


@given(st.fixed_dictionaries({code: st.integers(5, 60) for code in AMOUNTS}), st.integers(2, 9))
def test_more_reports_of_the_same_kinds_change_no_share(amounts, times):
    one, many = (
        component_result(SEALED, counts_of("sealed", release({code: k * n for code, n in amounts.items()})))
        for k in (1, times)
    )
    assert many.value == pytest.approx(one.value)
    assert many.score == pytest.approx(one.score)


@given(st.fixed_dictionaries({code: st.integers(5, 60) for code in AMOUNTS}))
def test_a_report_without_a_large_sum_never_lowers_the_score(amounts):
    before, after = (
        component_result(SEALED, counts_of("sealed", release(counts))).score
        for counts in (amounts, amounts | {"none": amounts["none"] + 1})
    )
    assert after >= before

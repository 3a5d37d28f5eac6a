"""Reporting periods by code."""

from datetime import date

import pytest

from feedback_app.catalogue import packs
from feedback_app.statistics.periods import UnknownPeriod, containing, cuts, parse, week_ends

KNOWN = cuts(packs.shipped())


@pytest.mark.parametrize(
    "code,first,last",
    [
        ("2026-10", date(2026, 10, 1), date(2026, 10, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2026-10/15-14", date(2026, 9, 15), date(2026, 10, 14)),
        ("2026-01/15-14", date(2025, 12, 15), date(2026, 1, 14)),
    ],
)
def test_a_code_names_its_days_and_the_days_their_code(code, first, last):
    period = parse(code, KNOWN)
    assert (period.first, period.last) == (first, last)
    assert period.code == code


@pytest.mark.parametrize(
    "code",
    [
        "",
        "2026-Q5",
        "2026-H3",
        "26",
        "2026-Q3/15-14",
        "2026-13",
        "2026-00",
        "1999-01",
        "2026-10/14-13",
        "2026-10/15-31",
        "x",
    ],
)
def test_what_is_no_period_is_refused_with_an_example(code):
    with pytest.raises(UnknownPeriod, match=r"2026-10|từ 01 đến 12"):
        parse(code, KNOWN)


def test_every_day_lies_in_one_period_of_each_cut():
    for first_day in (1, 15):
        for day in (date(2026, 1, 14), date(2026, 1, 15), date(2026, 12, 31), date(2024, 2, 29)):
            period = containing(day, first_day)
            assert period.holds(day)
            assert not period.previous().holds(day)
            assert (period.first - period.previous().last).days == 1


def test_weeks_end_on_sundays_and_today():
    days = week_ends(date(2026, 11, 24), 3)
    assert days == [date(2026, 11, 15), date(2026, 11, 22), date(2026, 11, 24)]

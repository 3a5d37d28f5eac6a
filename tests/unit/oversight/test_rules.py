"""The figures of the board: medians and sums of legs, order, rates."""

from datetime import date
from statistics import median

from hypothesis import given
from hypothesis import strategies as st

from feedback_app.deadlines.standing import Assignment, Category, Leg
from feedback_app.oversight.rules import Rates, board, days_of

DAY = date(2026, 11, 2)


def leg(days, agency="1", role="answer", late=0):
    return Leg(Assignment(agency, role, DAY), days, late)


@given(st.lists(st.integers(0, 30), min_size=1, max_size=40))
def test_the_median_of_counted_legs_is_that_of_all_of_them(days):
    counted = [(leg(value), days.count(value)) for value in set(days)]
    found = days_of(counted)[1]["answer"]
    assert (found.legs, found.median, found.total) == (len(days), median(days), sum(days))


def test_legs_of_one_agency_are_kept_apart_by_what_they_are():
    found = days_of([(leg(2, role="triage"), 1), (leg(9, late=4), 2), (leg(1, agency="2"), 1)])
    assert {role: days.total for role, days in found[1].items()} == {"triage": 2, "answer": 18}
    assert found[1]["answer"].late == 8
    assert found[2]["answer"].total == 1


def test_the_reddest_agency_stands_first_then_the_one_that_soon_will_be():
    opened = {
        1: {Category.IN_TIME: 90},
        2: {Category.LATE: 1},
        3: {Category.DUE_SOON: 5},
        4: {Category.LATE: 7},
    }
    assert [row.agency_id for row in board(opened, {}, {}).rows] == [4, 2, 3, 1]


def test_an_agency_that_pauses_far_more_often_than_all_together_is_marked():
    rates = {1: Rates(led=10, paused=6), 2: Rates(led=90, paused=4), 3: Rates()}
    found = board({}, {}, rates)
    assert found.overall.pause_rate == 0.1
    assert [row.agency_id for row in found.rows if found.striking(row)] == [1]

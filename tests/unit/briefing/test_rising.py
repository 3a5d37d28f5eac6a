"""Enterprise-days lost: counted by the day, never by the filing; small numbers stay quiet."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_app.briefing.rising import Lost, Obstacle, Wait, days_lost, rising

LAND = Obstacle(0, "land", "land_conversion")
TAX = Obstacle(0, "tax")
CLUSTER = Obstacle(7, "")
DAYS = [
    date(2026, 9, 7) + timedelta(days=n)
    for n in range(40)
    if (date(2026, 9, 7) + timedelta(days=n)).weekday() < 5
]
BEFORE, WINDOW = DAYS[:14], DAYS[14:28]


def lost(*waits):
    return {one.obstacle: one for one in days_lost(waits, BEFORE, WINDOW)}


def a_wait(since, until=None, enterprise="A", obstacle=LAND):
    return Wait(obstacle, enterprise, since, until)


@pytest.mark.parametrize(
    "since, until, days, before",
    [
        (WINDOW[0], None, 14, 0),
        (WINDOW[0], WINDOW[3], 3, 0),  # the day of the answer is none that was lost
        (WINDOW[0], WINDOW[0], 0, 0),  # answered on the day it came
        (BEFORE[0], None, 14, 14),
        (BEFORE[2], BEFORE[5], 0, 3),
        (BEFORE[-1], WINDOW[1], 1, 1),
        (date(2025, 1, 1), BEFORE[1], 0, 1),
        (date(2025, 1, 1), date(2025, 2, 1), 0, 0),  # long over
        (date(2027, 1, 1), None, 0, 0),  # not yet
        (date(2026, 10, 3), date(2026, 10, 5), 0, 0),  # over a weekend
    ],
)
def test_days_of_one_wait(since, until, days, before):
    found = lost(a_wait(since, until)).get(LAND, Lost(LAND, 0, 0, 0))
    assert (found.days, found.days_before) == (days, before)


def test_two_tickets_of_one_enterprise_lose_a_day_once():
    twice = lost(a_wait(WINDOW[0], WINDOW[4]), a_wait(WINDOW[2], WINDOW[6]))[LAND]
    assert (twice.days, twice.enterprises) == (6, 1)


def test_each_enterprise_loses_its_own_days():
    found = lost(*(a_wait(WINDOW[0], WINDOW[4], enterprise=name) for name in "ABC"))[LAND]
    assert (found.days, found.enterprises) == (12, 3)


def test_whoever_waited_only_before_is_no_enterprise_of_the_window():
    assert lost(a_wait(BEFORE[0], BEFORE[3]))[LAND].enterprises == 0


def test_obstacles_stand_apart_and_the_dearest_comes_first():
    waits = [
        a_wait(WINDOW[0], obstacle=TAX),
        a_wait(WINDOW[5]),
        a_wait(WINDOW[0], obstacle=CLUSTER, enterprise="B"),
    ]
    assert [one.obstacle for one in days_lost(waits, BEFORE, WINDOW)] == [TAX, CLUSTER, LAND]


@pytest.mark.parametrize(
    "days, before, enterprises, is_rising",
    [
        (200, 100, 10, True),
        (39, 0, 10, False),  # from nothing, but little
        (40, 0, 10, True),
        (40, 0, 2, False),  # two enterprises, however long they wait
        (100, 100, 10, False),
        (60, 200, 10, False),
        (1000, 900, 50, False),  # a tenth more of much
        (1100, 900, 50, True),
    ],
)
def test_what_rises(days, before, enterprises, is_rising):
    assert bool(rising([Lost(LAND, enterprises, days, before)])) is is_rising


def test_more_days_weigh_more_than_a_steeper_rise():
    steep, heavy = Lost(TAX, 5, 100, 0), Lost(LAND, 50, 900, 500)
    assert rising([steep, heavy]) == [heavy, steep]


WAITS = st.builds(
    lambda since, length, name: a_wait(
        date(2026, 9, 1) + timedelta(days=since),
        None if length is None else date(2026, 9, 1) + timedelta(days=since + length),
        name,
    ),
    st.integers(-20, 60),
    st.none() | st.integers(0, 60),
    st.sampled_from("ABC"),
)


@given(st.lists(WAITS, max_size=12))
def test_it_is_what_counting_day_by_day_gives(waits):
    def slowly(days):
        return len(
            {(w.enterprise, d) for w in waits for d in days if w.since <= d and (not w.until or d < w.until)}
        )

    found = lost(*waits).get(LAND, Lost(LAND, 0, 0, 0))
    assert (found.days, found.days_before) == (slowly(WINDOW), slowly(BEFORE))


@given(st.lists(WAITS, max_size=8), WAITS)
def test_another_filing_of_the_same_wait_changes_nothing(waits, again):
    assert lost(*waits, again) == lost(*waits, again, again)

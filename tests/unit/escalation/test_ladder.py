"""Which rung applies on which day: working days, weekends and Tết between."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_app.catalogue import packs
from feedback_app.deadlines.calendar import work_calendar
from feedback_app.escalation.rules import LADDER, Rung, distance, rung_of, windows

CALENDAR = work_calendar(packs.shipped())
FRIDAY = date(2026, 11, 20)


def rung_on(today, due_on, ladder=LADDER):
    found = [
        w
        for w in windows(today, CALENDAR, ladder)
        if due_on <= w.until and (w.after is None or due_on > w.after)
    ]
    assert len(found) <= 1, "a due date lies in one window at most"
    return found[0].rung.code if found else None


@pytest.mark.parametrize(
    "today,expected",
    [
        (date(2026, 11, 17), None),
        (date(2026, 11, 18), "due_soon"),  # Wednesday: Thursday and Friday are left
        (date(2026, 11, 19), "due_soon"),
        (FRIDAY, "due_today"),
        (date(2026, 11, 21), "overdue"),  # Saturday: late, though offices be closed
        (date(2026, 11, 23), "overdue"),
        (date(2027, 3, 1), "overdue"),
    ],
)
def test_a_ticket_due_on_friday_climbs_the_ladder(today, expected):
    assert rung_on(today, FRIDAY) == expected


def test_nobody_is_reminded_early_because_of_a_weekend_in_between():
    monday = date(2026, 11, 30)
    assert rung_on(date(2026, 11, 25), monday) is None
    assert rung_on(date(2026, 11, 26), monday) == "due_soon"


def test_tet_does_not_use_up_the_two_days():
    before, after = date(2026, 2, 12), date(2026, 2, 24)
    assert CALENDAR.count_working_days(before, after) < (after - before).days - 5
    assert rung_on(before, CALENDAR.add_working_days(before, 2)) == "due_soon"


def test_the_ladder_can_be_extended_by_a_row():
    longer = (*LADDER, Rung("coordinating_office", 3, ()))
    assert rung_on(date(2026, 11, 23), FRIDAY, longer) == "overdue"
    assert rung_on(date(2026, 11, 26), FRIDAY, longer) == "coordinating_office"  # the 24th is a day off


def test_a_window_names_the_rungs_below():
    lower = {w.rung.code: [rung.code for rung in w.lower] for w in windows(FRIDAY, CALENDAR)}
    assert lower == {"overdue": ["due_soon", "due_today"], "due_today": ["due_soon"], "due_soon": []}


def test_the_ladder_ascends_and_is_found_by_its_codes():
    assert [rung.distance for rung in LADDER] == sorted({rung.distance for rung in LADDER})
    assert all(rung_of(rung.code) is rung for rung in LADDER)


@given(st.dates(date(2024, 1, 1), date(2029, 12, 31)), st.integers(-40, 40))
def test_windows_say_the_same_as_the_distance(today, offset):
    due_on = today + timedelta(days=offset)
    reached = [rung.code for rung in LADDER if rung.distance <= distance(due_on, today, CALENDAR)]
    assert rung_on(today, due_on) == (reached[-1] if reached else None)

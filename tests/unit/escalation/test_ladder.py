"""Which rung applies on which day: working days, weekends and Tết between."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_app.catalogue import packs
from feedback_app.catalogue.packs.ladder import Delivery, Group, Rung, Weekday
from feedback_app.deadlines.calendar import work_calendar
from feedback_app.escalation.rules import distance, list_day, windows

CALENDAR = work_calendar(packs.shipped())
LADDER = packs.shipped().regulations[0].ladder.rungs
FRIDAY = date(2026, 11, 20)
LATE = ["overdue", "overdue_office", "overdue_chairman"]


def rungs_on(today, due_on, ladder=LADDER):
    """Return the rungs that are told on ``today``, the lowest first."""
    found = [
        w.rung.code
        for w in windows(today, CALENDAR, ladder)
        if due_on <= w.until and (w.after is None or due_on > w.after)
    ]
    return found[::-1]


@pytest.mark.parametrize(
    "today,expected",
    [
        (date(2026, 11, 17), []),
        (date(2026, 11, 18), ["due_soon"]),  # Wednesday: Thursday and Friday are left
        (date(2026, 11, 19), ["due_soon"]),
        (FRIDAY, ["due_today"]),
        (date(2026, 11, 21), LATE[:1]),  # Saturday: late, though offices be closed
        (date(2026, 11, 23), LATE[:1]),
        (date(2026, 11, 25), LATE[:1]),  # the 24th is a day off
        (date(2026, 11, 26), LATE[:2]),
        (date(2026, 11, 27), LATE[:2]),
        (date(2026, 11, 30), LATE),
        (date(2027, 3, 1), LATE),
    ],
)
def test_a_ticket_due_on_friday_climbs_the_ladder(today, expected):
    assert rungs_on(today, FRIDAY) == expected


def test_nobody_is_reminded_early_because_of_a_weekend_in_between():
    monday = date(2026, 11, 30)
    assert rungs_on(date(2026, 11, 25), monday) == []
    assert rungs_on(date(2026, 11, 26), monday) == ["due_soon"]


def test_tet_does_not_use_up_the_two_days():
    before, after = date(2026, 2, 12), date(2026, 2, 24)
    assert CALENDAR.count_working_days(before, after) < (after - before).days - 5
    assert rungs_on(before, CALENDAR.add_working_days(before, 2)) == ["due_soon"]


def test_a_ladder_of_another_province_has_other_days():
    given = {"groups": (Group.HEAD,), "delivery": Delivery.DIGEST, "note": {"vi": "x", "en": "x"}}
    ladder = [Rung(code="early", distance=-5, **given), Rung(code="late", distance=2, **given)]
    assert rungs_on(date(2026, 11, 16), FRIDAY, ladder) == ["early"]
    assert rungs_on(FRIDAY, FRIDAY, ladder) == ["early"], "no other rung for the day itself"
    assert rungs_on(date(2026, 11, 23), FRIDAY, ladder) == [], "not true any more, and not yet late enough"
    assert rungs_on(date(2026, 11, 25), FRIDAY, ladder) == ["late"]


@given(st.dates(date(2024, 1, 1), date(2029, 12, 31)), st.integers(-40, 40))
def test_windows_say_the_same_as_the_distance(today, offset):
    due_on = today + timedelta(days=offset)
    reached = [rung for rung in LADDER if rung.distance <= distance(due_on, today, CALENDAR)]
    late = [rung.code for rung in reached if rung.is_late]
    assert rungs_on(today, due_on) == (late or [rung.code for rung in reached[-1:]])


@pytest.mark.parametrize(
    "today,expected",
    [
        (date(2026, 11, 23), date(2026, 11, 23)),
        (date(2026, 11, 25), date(2026, 11, 23)),
        (date(2026, 11, 29), date(2026, 11, 23)),
        (date(2026, 11, 30), date(2026, 11, 30)),
    ],
)
def test_the_list_of_the_week_is_due_on_its_day_and_made_up_for_later(today, expected):
    assert list_day(Weekday.MONDAY, today, CALENDAR) == expected


def test_a_list_whose_day_is_off_is_due_on_the_next_working_day():
    assert list_day(Weekday.TUESDAY, date(2026, 11, 24), CALENDAR) == date(2026, 11, 17)
    assert list_day(Weekday.TUESDAY, date(2026, 11, 25), CALENDAR) == date(2026, 11, 25)

"""An extension that is taken back, the first third of a clock, and how many days a profile lets an answer grow by."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback_app.catalogue import packs
from feedback_app.deadlines.calendar import work_calendar
from feedback_app.deadlines.clock import Days, compute
from feedback_app.deadlines.events import ClockEvent, EventKind
from feedback_app.deadlines.profiles import extension_days, profile_for

CALENDAR = work_calendar(packs.shipped())
RECEIVED = date(2026, 3, 2)
SEVEN = Days(7)


def due(*events):
    return compute(SEVEN, RECEIVED, events, CALENDAR).due_on


def extended(days=13, on=date(2026, 3, 5)):
    return ClockEvent(EventKind.EXTEND, on, days)


def curtailed(on):
    return ClockEvent(EventKind.CURTAIL, on)


def test_an_extension_taken_back_in_time_leaves_the_first_date():
    assert due(extended(), curtailed(date(2026, 3, 6))) == due() == date(2026, 3, 11)


def test_taken_back_after_the_first_date_it_ends_that_day_and_nothing_becomes_late():
    assert due(extended(), curtailed(date(2026, 3, 17))) == date(2026, 3, 17)


def test_taken_back_on_a_day_off_it_ends_on_the_next_working_day():
    assert due(extended(), curtailed(date(2026, 3, 15))) == date(2026, 3, 16)


@settings(max_examples=300)
@given(days=st.integers(1, 30), after=st.integers(0, 60))
def test_taking_back_never_makes_a_passed_day_late_and_never_gives_more(days, after):
    on = RECEIVED + timedelta(days=after)
    whole = due(extended(days, RECEIVED))
    left = due(extended(days, RECEIVED), curtailed(on))
    assert due() <= left <= whole
    assert left >= min(on, whole)


@pytest.mark.parametrize("day, early", [(date(2026, 3, 4), True), (date(2026, 3, 5), False)])
def test_two_of_seven_days_are_the_first_third(day, early):
    assert compute(SEVEN, RECEIVED, (), CALENDAR).in_first_third(day) is early


@pytest.mark.parametrize(
    "kind, days",
    [("obstacle", 13), ("informal_cost", 30), ("information_request", 0), ("overdue_dossier", 0)],
)
def test_the_profile_says_by_how_many_days_an_answer_may_be_extended(kind, days):
    profile = profile_for(packs.shipped(), RECEIVED)
    assert extension_days(profile, kind, RECEIVED) == days


def test_a_profile_without_extensions_allows_none():
    profile = profile_for(packs.shipped(), RECEIVED)
    none = profile.model_copy(update={"allowances": profile.allowances.model_copy(update={"extensions": 0})})
    assert extension_days(none, "obstacle", RECEIVED) == 0

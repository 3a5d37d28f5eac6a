"""What holds for every deadline, whatever happens to it."""

import itertools
from contextlib import suppress
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_app.deadlines.clock import Days, compute
from feedback_app.deadlines.errors import DeadlineError
from feedback_app.deadlines.events import ClockEvent, EventKind, pauses_of
from feedback_app.deadlines.standing import Assignment, legs, working_days_between
from feedback_app.deadlines.wording import Text
from tests.unit.deadlines.samples import HOST_ZONES, host_in, many, sample_calendar

WORK = sample_calendar()
FIRST = date(2024, 1, 1)
received_days = st.integers(0, 1400).map(lambda n: FIRST + timedelta(days=n))
limits = st.builds(Days, st.integers(1, 60), st.sampled_from(["working", "calendar"]))
gaps = st.lists(st.integers(0, 12), max_size=6)


def alternating(received: date, steps: list[int]) -> list[ClockEvent]:
    """Pauses and resumptions in turn, each so many days after the one before."""
    events, day = [], received
    for number, gap in enumerate(steps):
        day += timedelta(days=gap)
        events.append(ClockEvent((EventKind.PAUSE, EventKind.RESUME)[number % 2], day))
    return events


def closed(steps: list[int]) -> list[int]:
    return steps[: len(steps) // 2 * 2]


@many
@given(received_days, limits, gaps, st.integers(0, 120))
def test_adding_a_holiday_never_makes_a_deadline_earlier(received, limit, steps, offset):
    events = alternating(received, closed(steps))
    more = WORK.with_day_off(received + timedelta(days=offset), Text("nghỉ", "off"))
    assert compute(limit, received, events, more).due_on >= compute(limit, received, events, WORK).due_on


@many
@given(received_days, limits, gaps)
def test_a_pause_never_shortens(received, limit, steps):
    events = alternating(received, closed(steps))
    for fewer in range(0, len(events), 2):
        shorter = compute(limit, received, events[:fewer], WORK).due_on
        assert compute(limit, received, events, WORK).due_on >= shorter


@many
@given(received_days, limits, gaps, st.integers(1, 20), st.randoms(use_true_random=False))
def test_the_order_of_recording_is_irrelevant(received, limit, steps, days, random: Random):
    events = alternating(received, steps)
    events += [ClockEvent(EventKind.TRANSFER, received), ClockEvent(EventKind.EXTEND, received, days)]
    shuffled = random.sample(events, len(events))
    one, other = (compute(limit, received, found, WORK) for found in (events, shuffled))
    assert (one.due_on, one.remaining, one.days) == (other.due_on, other.remaining, other.days)


@many
@given(received_days, limits, gaps)
def test_a_deadline_is_a_working_day_on_which_the_limit_is_used_up(received, limit, steps):
    deadline = compute(limit, received, alternating(received, closed(steps)), WORK)
    assert WORK.is_working(deadline.due_on)
    assert sum(day.counted for day in deadline.days) == limit.value
    assert (deadline.days[0].date, deadline.days[-1].date) == (received, deadline.due_on)


@many
@given(received_days, limits, gaps)
def test_a_longer_limit_never_ends_earlier(received, limit, steps):
    events = alternating(received, closed(steps))
    longer = Days(limit.value + 1, limit.unit)
    assert compute(longer, received, events, WORK).due_on >= compute(limit, received, events, WORK).due_on


@many
@given(received_days, limits, gaps)
def test_a_running_pause_leaves_exactly_what_was_not_counted(received, limit, steps):
    deadline = compute(limit, received, alternating(received, steps), WORK)
    if deadline.due_on is None:
        assert sum(day.counted for day in deadline.days) + deadline.remaining == limit.value


any_event = st.builds(
    ClockEvent,
    st.sampled_from(EventKind),
    st.integers(-3, 30).map(lambda n: date(2026, 3, 2) + timedelta(days=n)),
    st.integers(-2, 9),
)


@many
@given(
    st.integers(-3, 4000), st.sampled_from(["working", "calendar", "weeks"]), st.lists(any_event, max_size=6)
)
def test_whatever_is_recorded_either_has_a_deadline_or_waits_or_is_refused(value, unit, events):
    with suppress(DeadlineError):
        deadline = compute(Days(value, unit), date(2026, 3, 2), events, WORK)
        assert deadline.days_until(date(2026, 3, 31))[0].date == date(2026, 3, 2)
        assert deadline.due_on or deadline.paused_since


@many
@given(received_days, gaps, st.lists(st.integers(0, 40), min_size=1, max_size=5))
def test_each_day_of_a_case_belongs_to_exactly_one_leg(received, steps, held):
    pauses, days = pauses_of(alternating(received, steps)), [received]
    for length in held:
        days.append(days[-1] + timedelta(days=length))
    chain = [Assignment("so-xd", "answer", a, b) for a, b in itertools.pairwise(days)]
    parts = sum(leg.working_days for leg in legs(chain, WORK, days[-1], pauses))
    assert parts == working_days_between(received, days[-1], WORK, pauses)


@many
@given(received_days, st.integers(1, 60), gaps)
def test_answering_on_the_due_date_uses_exactly_the_limit(received, value, steps):
    events = alternating(received, closed(steps))
    due = compute(Days(value), received, events, WORK).due_on
    assert working_days_between(received, due, WORK, pauses_of(events)) == value


@pytest.mark.parametrize("zone", HOST_ZONES)
def test_a_deadline_does_not_know_where_the_machine_stands(zone):
    with host_in(zone):
        test_the_order_of_recording_is_irrelevant()

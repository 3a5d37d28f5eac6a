"""What holds for every deadline, whatever happens to it.

The four promises of the regulation (a holiday, a pause, late records, a change of kind) are tried 5,000 times each,
every case under five host time zones; the others 300 times, or 5,000 with ``--hypothesis-profile=deep``.
"""

import itertools
from contextlib import suppress
from datetime import date, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from feedback_app.deadlines.clock import Days, Deadline, compute
from feedback_app.deadlines.errors import DeadlineError
from feedback_app.deadlines.events import ClockEvent, EventKind, pauses_of
from feedback_app.deadlines.standing import Assignment, legs, working_days_between
from feedback_app.deadlines.wording import Text
from tests.unit.deadlines.samples import five_thousand, in_every_zone, many, sample_calendar

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


@five_thousand
@given(received_days, limits, gaps, st.integers(0, 120))
def test_adding_a_holiday_never_makes_a_deadline_earlier(received, limit, steps, offset):
    events = alternating(received, closed(steps))
    more = WORK.with_day_off(received + timedelta(days=offset), Text("nghỉ", "off"))
    later = in_every_zone(lambda: compute(limit, received, events, more).due_on)
    assert later >= in_every_zone(lambda: compute(limit, received, events, WORK).due_on)


@five_thousand
@given(received_days, limits, gaps)
def test_a_pause_never_shortens(received, limit, steps):
    events = alternating(received, closed(steps))
    due = [
        in_every_zone(lambda: compute(limit, received, events[:number], WORK).due_on)  # noqa: B023 - asked at once
        for number in range(0, len(events) + 1, 2)
    ]
    assert due == sorted(due)


def recorded(received: date, steps: list[int], days: int) -> list[ClockEvent]:
    """Everything that can happen to one clock."""
    changed = ClockEvent(EventKind.RECLASSIFY, received, days + 1, unit="working")
    others = (ClockEvent(kind, received) for kind in (EventKind.TRANSFER, EventKind.CALENDAR))
    return [*alternating(received, steps), *others, changed, ClockEvent(EventKind.EXTEND, received, days)]


@five_thousand
@given(received_days, limits, gaps, st.integers(1, 20), st.randoms(use_true_random=False))
def test_events_recorded_late_in_any_order_give_the_same_due_date(
    received, limit, steps, days, random: Random
):
    events = recorded(received, steps, days)
    shuffled = random.sample(events, len(events))
    one = in_every_zone(lambda: told(compute(limit, received, events, WORK)))
    assert one == told(compute(limit, received, shuffled, WORK))


def told(deadline: Deadline) -> tuple[object, ...]:
    return deadline.due_on, deadline.remaining, deadline.total, deadline.unit, deadline.replaced


@five_thousand
@given(received_days, limits, limits, gaps, st.integers(0, 30))
def test_a_changed_kind_is_due_as_if_it_had_been_that_kind_from_receipt(received, old, new, steps, after):
    events = alternating(received, closed(steps))
    day = received + timedelta(days=after)
    changed = ClockEvent(EventKind.RECLASSIFY, day, new.value, unit=new.unit)
    due = in_every_zone(lambda: compute(old, received, [changed, *events], WORK).due_on)
    assert due == compute(new, received, events, WORK).due_on


@many
@given(received_days, limits, gaps, st.integers(1, 20), st.randoms(use_true_random=False))
def test_the_strip_does_not_know_the_order_of_recording(received, limit, steps, days, random: Random):
    events = recorded(received, steps, days)
    shuffled = random.sample(events, len(events))
    one, other = (compute(limit, received, found, WORK).days for found in (events, shuffled))
    assert one == other


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


@many
@given(received_days, st.lists(st.integers(0, 40), min_size=1, max_size=5), st.integers(0, 90))
def test_each_late_day_of_a_case_belongs_to_exactly_one_leg(received, held, due_after):
    days = list(itertools.accumulate(held, lambda day, n: day + timedelta(days=n), initial=received))
    due = received + timedelta(days=due_after)
    chain = [Assignment("so-xd", "answer", a, b) for a, b in itertools.pairwise(days)]
    late = sum(leg.case_late_days for leg in legs(chain, WORK, days[-1], case_due=due))
    assert late == (working_days_between(due, days[-1], WORK) if days[-1] > due else 0)

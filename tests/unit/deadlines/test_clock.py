"""The arithmetic of domain.md §2, to the day."""

from datetime import date

import pytest

from feedback_app.deadlines import errors
from feedback_app.deadlines.clock import Days, compute
from feedback_app.deadlines.events import ClockEvent, EventKind
from feedback_app.deadlines.explain import Replaced
from feedback_app.deadlines.wording import Text
from tests.unit.deadlines.samples import events, sample_calendar

D = date.fromisoformat
WORK = sample_calendar()

EXAMPLES = {
    "received on a Thursday before Tet": ("2026-02-12", [], "2026-03-02"),
    "a day off is day zero all the same": ("2026-02-14", [], "2026-03-03"),
    "a swapped Saturday counts": ("2026-08-20", [], "2026-08-28"),
    "pause Thursday, resume Tuesday": (
        "2026-03-02",
        ["pause 2026-03-05", "resume 2026-03-10"],
        "2026-03-16",
    ),
    "paused and resumed on one day": ("2026-03-02", ["pause 2026-03-05", "resume 2026-03-05"], "2026-03-11"),
    "extended to 20 days in all": ("2026-03-02", ["extend 2026-03-06 13"], "2026-03-30"),
    "extended, pauses added": (
        "2026-03-02",
        ["pause 2026-03-05", "resume 2026-03-10", "extend 2026-03-11 13"],
        "2026-04-02",
    ),
    "transferred on day 3": ("2026-03-02", ["transfer 2026-03-05"], "2026-03-11"),
    "paused again on the day of the reply": (
        "2026-03-02",
        ["pause 2026-03-04", "resume 2026-03-06", "pause 2026-03-06", "resume 2026-03-10"],
        "2026-03-17",
    ),
    "completed later, counted from then": ("2026-03-02", ["start 2026-03-05"], "2026-03-16"),
    "a pause on the last day comes too late to move it": (
        "2026-03-02",
        ["pause 2026-03-11", "resume 2026-03-20"],
        "2026-03-11",
    ),
    "a pause after lateness does not wash it away": (
        "2026-03-02",
        ["pause 2026-03-16", "resume 2026-03-20"],
        "2026-03-11",
    ),
    "stopped: the date that would have held": ("2026-03-02", ["stop 2026-03-05"], "2026-03-11"),
    "the switch of 24/11": ("2026-11-20", [], "2026-12-02"),
}


@pytest.mark.parametrize("received, what, due", EXAMPLES.values(), ids=EXAMPLES)
def test_seven_working_days_end_on_the_day_the_examples_say(received, what, due):
    assert compute(Days(7), D(received), events(*what), WORK).due_on == D(due)


@pytest.mark.parametrize(
    "received, days, what, due",
    [
        ("2026-03-02", 30, [], "2026-04-01"),
        ("2026-03-06", 30, [], "2026-04-06"),  # the 30th day is Sunday 05/04
        ("2026-01-20", 30, [], "2026-02-23"),  # the 30th day lies in Tết
        ("2026-07-23", 30, [], "2026-08-22"),  # a Saturday that is worked
        ("2026-03-02", 30, ["pause 2026-03-05", "resume 2026-03-10"], "2026-04-06"),
        (
            "2026-03-02",
            5,
            ["pause 2026-03-07", "resume 2026-03-10"],
            "2026-03-11",
        ),  # paused on the last day, a Saturday
        ("2026-03-02", 20, ["extend 2026-03-10 10"], "2026-04-01"),
    ],
)
def test_a_calendar_limit_ending_on_a_day_off_moves_to_the_next_working_day(received, days, what, due):
    assert compute(Days(days, "calendar"), D(received), events(*what), WORK).due_on == D(due)


def test_while_a_pause_runs_nobody_knows_the_due_date_but_everybody_what_is_left():
    deadline = compute(Days(7), D("2026-03-02"), events("pause 2026-03-05"), WORK)
    assert (deadline.due_on, deadline.late_from) == (None, None)
    assert (deadline.paused_since, deadline.remaining) == (D("2026-03-05"), 4)
    assert deadline.days[-1].date == D("2026-03-05")
    assert [day.code for day in deadline.days_until(D("2026-03-06"))][-1] == "paused"


def test_a_calendar_limit_used_up_on_a_saturday_under_a_running_pause_has_no_due_date_yet():
    deadline = compute(Days(5, "calendar"), D("2026-03-02"), events("pause 2026-03-07"), WORK)
    assert (deadline.due_on, deadline.remaining) == (None, 0)


def test_a_pause_that_begins_after_the_last_day_leaves_the_due_date_known():
    deadline = compute(Days(7), D("2026-03-02"), events("pause 2026-03-12"), WORK)
    assert (deadline.due_on, deadline.paused_since) == (D("2026-03-11"), D("2026-03-12"))


def test_only_the_day_after_the_due_date_is_late():
    deadline = compute(Days(7), D("2026-03-02"), [], WORK)
    assert (deadline.late_from, deadline.received_on, deadline.stopped_on) == (
        D("2026-03-12"),
        D("2026-03-02"),
        None,
    )


def test_a_deadline_that_reaches_an_unpublished_year_is_an_estimate():
    assert not compute(Days(7), D("2026-12-01"), [], WORK).estimated
    assert compute(Days(7), D("2026-12-28"), [], WORK).estimated


def test_a_category_changed_on_day_two_is_recomputed_from_receipt_under_both_limits():
    assert compute(Days(7), D("2026-03-02"), [], WORK).due_on == D("2026-03-11")
    assert compute(Days(3), D("2026-03-02"), [], WORK).due_on == D("2026-03-05")


def test_the_units_of_the_packs_and_of_the_command_line_mean_the_same():
    for short, long in (("working", "working_days"), ("calendar", "calendar_days")):
        one, other = (compute(Days(9, unit), D("2026-03-02"), [], WORK) for unit in (short, long))
        assert (one.due_on, one.unit) == (other.due_on, short)


@pytest.mark.parametrize(
    "what, error",
    [
        (["pause 2026-03-04", "pause 2026-03-05"], errors.OverlappingPause),
        (["pause 2026-03-04", "pause 2026-03-04"], errors.OverlappingPause),
        (["resume 2026-03-05"], errors.ResumeWithoutPause),
        (["pause 2026-03-06", "resume 2026-03-05"], errors.ResumeWithoutPause),
        (["extend 2026-03-12 5"], errors.LateExtension),
        (["extend 2026-03-06 0"], errors.InvalidEvent),
        (["extend 2026-03-06 -3"], errors.InvalidEvent),
        (["extend 2026-03-06 99999"], errors.InvalidLimit),
        (["pause 2026-03-06 2"], errors.InvalidEvent),
        (["pause 2026-03-01"], errors.InvalidEvent),
        (["start 2026-03-01"], errors.InvalidEvent),
        (["start 2026-03-03", "start 2026-03-04"], errors.InvalidEvent),
        (["start 2026-03-05", "pause 2026-03-04"], errors.InvalidEvent),
        (["stop 2026-03-04", "transfer 2026-03-05"], errors.EventAfterStop),
        (["stop 2026-03-04", "stop 2026-03-04"], errors.EventAfterStop),
    ],
)
def test_events_that_contradict_one_another_are_refused_in_both_languages(what, error):
    with pytest.raises(error) as refused:
        compute(Days(7), D("2026-03-02"), events(*what), WORK)
    assert str(refused.value) == refused.value.text.vi != refused.value.text.en


def test_an_extension_on_the_last_day_is_in_time():
    assert compute(Days(7), D("2026-03-02"), events("extend 2026-03-11 1"), WORK).due_on == D("2026-03-12")


@pytest.mark.parametrize("value, unit", [(0, "working"), (-1, "calendar"), (3661, "working"), (7, "weeks")])
def test_a_limit_that_is_no_number_of_days_is_refused(value, unit):
    with pytest.raises(errors.InvalidLimit):
        compute(Days(value, unit), D("2026-03-02"), [], WORK)


def test_a_deadline_beyond_the_calendar_is_refused():
    with pytest.raises(errors.CalendarRangeError, match="2050"):
        compute(Days(300), D("2050-03-02"), [], WORK)


def test_a_category_changed_on_day_two_is_recomputed_from_receipt_and_both_limits_are_kept():
    changed = compute(Days(3), D("2026-03-02"), [reclassified("2026-03-04", 7)], WORK)
    assert (changed.due_on, changed.limit) == (D("2026-03-11"), 7)
    assert changed.replaced == (Replaced(D("2026-03-04"), 3, "working", D("2026-03-05")),)
    assert "thời hạn 7 ngày làm việc tính lại từ ngày tiếp nhận, thay cho 3" in changed.days[2].reason.vi
    assert "hạn cũ 05/03/2026" in changed.days[2].reason.vi


def test_a_new_kind_may_be_counted_in_calendar_days_and_keeps_pauses_and_extensions():
    changed = compute(
        Days(7),
        D("2026-03-02"),
        [
            *events("pause 2026-03-05", "resume 2026-03-10", "extend 2026-03-03 10"),
            reclassified("2026-03-04", 20, "calendar"),
        ],
        WORK,
    )
    assert (changed.due_on, changed.total, changed.unit) == (D("2026-04-06"), 30, "calendar")


def test_an_extension_is_judged_by_the_limit_that_held_on_its_day():
    shortened = [*events("extend 2026-03-10 2"), reclassified("2026-03-11", 3)]
    assert compute(Days(7), D("2026-03-02"), shortened, WORK).due_on == D("2026-03-09")
    with pytest.raises(errors.LateExtension):
        compute(
            Days(3), D("2026-03-02"), [reclassified("2026-03-10", 7), *events("extend 2026-03-09 2")], WORK
        )


def test_two_changes_of_kind_on_one_day_have_no_order_and_are_refused():
    twice = [reclassified("2026-03-04", 7), reclassified("2026-03-04", 3)]
    with pytest.raises(errors.InvalidEvent, match="hai lần đổi loại"):
        compute(Days(3), D("2026-03-02"), twice, WORK)


def test_a_change_of_calendar_is_told_and_the_calendar_itself_decides():
    told = events("calendar 2026-03-04")
    assert compute(Days(7), D("2026-03-02"), told, WORK).due_on == D("2026-03-11")
    stormy = WORK.with_day_off(D("2026-03-06"), Text("nghỉ bão", "storm"))
    moved = compute(Days(7), D("2026-03-02"), told, stormy)
    assert moved.due_on == D("2026-03-12")
    assert "lịch làm việc được sửa, hạn tính lại" in moved.days[2].reason.vi


def reclassified(on: str, days: int, unit: str = "") -> ClockEvent:
    return ClockEvent(EventKind.RECLASSIFY, D(on), days, unit=unit, was="information_request")

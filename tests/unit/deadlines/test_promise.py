"""What an enterprise is told when it files."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from feedback_app.core.clock import LOCAL
from feedback_app.deadlines.clock import Days
from feedback_app.deadlines.errors import InvalidEvent, ProfileGap, UnknownKind
from feedback_app.deadlines.profiles import due_limit, profile_for, steps_for
from feedback_app.deadlines.promise import promise
from tests.unit.deadlines.samples import HOST_ZONES, catalogue, events, host_in, limit_row, profile

D = date.fromisoformat


@pytest.mark.parametrize("zone", HOST_ZONES)
@pytest.mark.parametrize(
    "at",
    [
        datetime(2026, 2, 12, 9, 30, tzinfo=LOCAL),
        datetime(2026, 2, 12, 23, 59, tzinfo=LOCAL),
        datetime(2026, 2, 11, 17, 0, tzinfo=UTC),
        datetime(2026, 2, 13, 6, 59, tzinfo=timezone(timedelta(hours=14))),
    ],
)
def test_the_day_of_receipt_is_the_day_in_viet_nam_wherever_the_machine_stands(zone, at):
    with host_in(zone):
        assert promise(catalogue(), "obstacle", at).due_on == D("2026-03-02")


def test_a_promise_names_its_sources_and_its_steps():
    made = promise(catalogue(), "obstacle", datetime(2026, 3, 2, 8, tzinfo=LOCAL))
    assert (made.profile, made.calendar, made.confirmed, made.estimated) == (
        "kh@1",
        "vn@2026.1",
        False,
        False,
    )
    assert [(s.step, s.limit, s.unit, s.due_on) for s in made.steps] == [
        ("acknowledge", 0, "working", D("2026-03-02")),
        ("classify", 2, "working", D("2026-03-04")),
        ("answer", 7, "working", D("2026-03-11")),
        ("report_up", 1, "working", D("2026-03-12")),
    ]
    assert made.days[-1].date == made.due_on


def test_informal_costs_are_due_by_settlement_in_calendar_days():
    made = promise(catalogue(), "informal_cost", datetime(2026, 3, 6, 8, tzinfo=LOCAL))
    assert made.due_on == D("2026-04-06")
    assert made.steps[-1].unit == "calendar"


def test_events_move_the_promise_and_an_extension_only_its_last_step():
    made = promise(
        catalogue(),
        "obstacle",
        datetime(2026, 3, 2, 8, tzinfo=LOCAL),
        events=events("extend 2026-03-03 13", "pause 2026-03-03", "resume 2026-03-05"),
    )
    assert {s.step: s.due_on for s in made.steps} == {
        "acknowledge": D("2026-03-02"),
        "classify": D("2026-03-06"),
        "answer": D("2026-04-01"),
        "report_up": D("2026-04-02"),
    }


def test_while_paused_no_step_after_the_answer_has_a_day():
    made = promise(
        catalogue(), "obstacle", datetime(2026, 3, 2, tzinfo=LOCAL), events=events("pause 2026-03-05")
    )
    assert made.due_on is None
    assert [s.due_on for s in made.steps][-2:] == [None, None]


def test_another_limit_stands_in_for_the_profile_s_and_is_not_confirmed():
    sure = profile(confirmed=True, limits=[limit_row("answer", 7, confirmed=True), limit_row("settle", 9)])
    at = datetime(2026, 3, 2, tzinfo=LOCAL)
    assert promise(catalogue(sure), "obstacle", at).confirmed
    tried = promise(catalogue(sure), "obstacle", at, limit=Days(3, "calendar"))
    assert (tried.due_on, tried.confirmed, tried.steps[0].limit) == (D("2026-03-05"), False, 3)


def test_an_instant_without_a_time_zone_is_refused():
    with pytest.raises(InvalidEvent, match="múi giờ"):
        promise(catalogue(), "obstacle", datetime.fromisoformat("2026-03-02T08:00"))


def test_an_unknown_kind_is_refused_with_the_kinds_there_are():
    with pytest.raises(UnknownKind, match="overlapping_inspection"):
        promise(catalogue(), "complaint", datetime(2026, 3, 2, tzinfo=LOCAL))


def test_each_territory_has_its_own_profile_and_the_first_is_the_usual_one():
    both = catalogue(profile(), profile(code="nt", territory="ninh-thuan", valid_from="2024-01-01"))
    assert profile_for(both, D("2026-03-02")).code == "kh"
    assert profile_for(both, D("2026-03-02"), "ninh-thuan").code == "nt"
    with pytest.raises(ProfileGap, match="phu-yen"):
        profile_for(both, D("2026-03-02"), "phu-yen")


def test_before_the_first_profile_there_is_no_promise():
    with pytest.raises(ProfileGap, match="31/12/2023"):
        promise(catalogue(), "obstacle", datetime(2023, 12, 31, tzinfo=LOCAL))


def test_a_profile_that_lost_its_answer_step_is_refused():
    holed = profile().model_copy(update={"limits": ()})
    with pytest.raises(ProfileGap, match="answer"):
        due_limit(holed, "obstacle", D("2026-03-02"))


def test_the_limits_of_a_kind_are_those_of_all_kinds_and_its_own():
    steps = [row.step for row in steps_for(profile(), "informal_cost", D("2026-03-02"))]
    assert "settle" in steps
    assert "settle" not in [row.step for row in steps_for(profile(), "obstacle", D("2026-03-02"))]

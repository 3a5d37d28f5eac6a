"""``feedback deadlines explain`` and ``feedback calendar show`` as somebody types them."""

import json

import pytest
import yaml
from click.testing import CliRunner

from feedback_app.catalogue import store
from feedback_app.catalogue.packs import PackError
from feedback_app.deadlines import commands
from tests.unit.deadlines.samples import HOST_ZONES, calendar_pack, catalogue, host_in

MARCH = ["--kind", "obstacle", "--received", "2026-03-02"]


@pytest.fixture(autouse=True)
def _no_database(monkeypatch):
    monkeypatch.setattr(store, "best_available", catalogue)


def explain(*arguments):
    return CliRunner().invoke(commands.deadlines, ["explain", *arguments])


def explained(*arguments):
    result = explain(*arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.output)


def show(*arguments):
    return CliRunner().invoke(commands.calendar, ["show", *arguments])


def test_the_answer_in_json_has_exactly_the_agreed_shape():
    answer = explained("--kind", "obstacle", "--received", "2026-02-12T09:30")
    assert set(answer) == {"due_on", "estimated", "profile", "calendar", "steps", "days"}
    assert (answer["due_on"], answer["estimated"]) == ("2026-03-02", False)
    assert {frozenset(step) for step in answer["steps"]} == {
        frozenset({"step", "limit", "unit", "due_on", "confirmed"})
    }
    assert answer["days"][0] == {
        "date": "2026-02-12",
        "counted": False,
        "reason": "Ngày tiếp nhận, không tính",
    }
    assert [day["date"] for day in answer["days"] if day["counted"]][-1] == "2026-03-02"


@pytest.mark.parametrize("zone", HOST_ZONES)
@pytest.mark.parametrize(
    "received", ["2026-02-12", "2026-02-12T23:59", "2026-02-11T17:00Z", "2026-02-13T01:00+09:00"]
)
def test_the_instant_of_receipt_is_read_in_vietnamese_time(zone, received):
    with host_in(zone):
        assert explained("--kind", "obstacle", "--received", received)["due_on"] == "2026-03-02"


def test_events_may_be_given_in_any_order():
    events = ["pause:2026-03-05", "resume:2026-03-10", "extend:13"]
    for order in (events, events[::-1], [events[1], "extend:13@2026-03-06", events[0]]):
        arguments = [word for text in order for word in ("--event", text)]
        assert explained(*MARCH, *arguments)["due_on"] == "2026-04-02"


def test_an_undated_extension_is_granted_when_the_clock_starts():
    answer = explained(*MARCH, "--event", "extend:1", "--event", "start:2026-03-04")
    assert answer["due_on"] == "2026-03-16"


def test_another_limit_may_be_tried():
    assert explained(*MARCH, "--limit", "3")["due_on"] == "2026-03-05"
    assert explained(*MARCH, "--limit", "30", "--unit", "calendar")["due_on"] == "2026-04-01"


def test_under_a_running_pause_the_due_date_is_null_and_in_words_what_is_left():
    assert explained(*MARCH, "--event", "pause:2026-03-05")["due_on"] is None
    text = explain(*MARCH, "--event", "pause:2026-03-05").output
    assert "Đang tạm dừng, còn 4 ngày làm việc" in text
    assert "chưa xác định" in text


def test_in_words_an_unconfirmed_limit_is_expected_and_says_so():
    text = explain("--kind", "obstacle", "--received", "2026-12-28").output
    assert text.startswith("Hạn trả lời: dự kiến thứ Năm 07/01/2027 (tạm tính)")
    assert "chưa đối chiếu văn bản" in text


@pytest.mark.parametrize(
    "arguments, message",
    [
        (["--kind", "complaint", "--received", "2026-03-02"], "complaint"),
        (["--kind", "obstacle", "--received", "yesterday"], "yesterday"),
        (["--kind", "obstacle", "--received", "0001-01-01T00:00+14:00"], "0001"),
        (["--kind", "obstacle", "--received", "2026-02-30"], "2026-02-30"),
        (["--kind", "obstacle", "--received", "1999-03-02"], "02/03/1999"),
        (["--kind", "obstacle", "--received", "2060-03-02"], "2060"),
        ([*MARCH, "--event", "pause"], "không phải ngày hợp lệ"),
        ([*MARCH, "--event", "nap:2026-03-05"], "nap"),
        ([*MARCH, "--event", "extend:many"], "many"),
        ([*MARCH, "--event", "extend:3@soon"], "soon"),
        ([*MARCH, "--event", "extend:-3"], "từ 1 trở lên"),
        ([*MARCH, "--event", "resume:2026-03-05"], "không có tạm dừng"),
        ([*MARCH, "--event", "extend:3@2026-04-05"], "đã hết ngày 11/03/2026"),
        ([*MARCH, "--limit", "0"], "từ 1 đến"),
        ([*MARCH, "--limit", "seven"], "seven"),
        ([*MARCH, "--unit", "calendar"], "--limit"),
        ([*MARCH, "--limit", "3", "--unit", "weeks"], "weeks"),
    ],
)
def test_nonsense_is_answered_with_a_sentence_and_exit_code_2(arguments, message):
    for extra in ([], ["--json"]):
        result = explain(*arguments, *extra)
        assert result.exit_code == 2
        assert message in result.output
        assert "Traceback" not in result.output


def test_the_calendar_in_json_lists_only_days_that_are_not_ordinary():
    answer = json.loads(show("2026", "--json").output)
    assert set(answer) == {"year", "estimated", "days_off", "working_weekend_days"}
    assert (answer["year"], answer["estimated"], len(answer["days_off"])) == (2026, False, 14)
    assert answer["working_weekend_days"][0] == {
        "date": "2026-01-10",
        "reason": "làm bù",
        "source": "thông báo",
    }


def test_the_calendar_in_words_says_when_it_is_an_estimate():
    assert "tạm tính" in show("2027").output
    assert "không có" in show("2027").output
    assert "thứ Bảy 22/08/2026: làm bù [thông báo]" in show("2026").output


@pytest.mark.parametrize("year", ["2051", "1999", "next"])
def test_a_year_without_a_calendar_is_answered_with_exit_code_2(year):
    result = show(year)
    assert result.exit_code == 2
    assert "Traceback" not in result.output


def test_a_broken_pack_is_named_and_not_shown_as_a_traceback(monkeypatch):
    def broken():
        raise PackError("calendars/vietnam.yaml", 12, "cần năm")

    monkeypatch.setattr(store, "best_available", broken)
    result = show("2026")
    assert result.exit_code == 1
    assert "calendars/vietnam.yaml" in result.output


def test_a_change_of_kind_is_counted_from_receipt_and_both_limits_are_named():
    answer = explained(
        "--kind", "informal_cost", "--received", "2026-03-02", "--event", "reclassify:obstacle@2026-03-04"
    )
    assert answer["due_on"] == "2026-03-11"
    assert answer["replaced"] == [
        {"until": "2026-03-04", "limit": 30, "unit": "calendar", "due_on": "2026-04-01"}
    ]
    assert "tính lại từ ngày tiếp nhận" in explain(*MARCH, "--event", "reclassify:obstacle@2026-03-04").output


@pytest.mark.parametrize(
    "event, why", [("reclassify:obstacle", "thiếu ngày"), ("reclassify:khiếu-nại@2026-03-04", "các loại")]
)
def test_a_change_of_kind_without_a_day_or_to_no_kind_is_refused(event, why):
    result = explain(*MARCH, "--event", event)
    assert (result.exit_code, why in result.output) == (2, True)


def test_another_calendar_comes_from_a_file(tmp_path):
    file = tmp_path / "lich.yaml"
    pack = calendar_pack().model_dump(mode="json")
    pack["years"][0]["days_off"].insert(7, pack["years"][0]["days_off"][6] | {"date": "2026-03-06"})
    file.write_text(yaml.safe_dump(pack, allow_unicode=True), "utf-8")
    assert explained(*MARCH, "--calendar", str(file))["due_on"] == "2026-03-12"


def test_a_broken_calendar_file_is_refused_with_its_line(tmp_path):
    file = tmp_path / "lich.yaml"
    file.write_text("code: vn\nversion: '1'\nestimated_after: 2025\nyears: [{year: 2026, days_off: []}]\n")
    result = explain(*MARCH, "--calendar", str(file))
    assert (result.exit_code, "lich.yaml, dòng" in result.output) == (2, True)
    file.write_bytes(b"\xff\xfe")
    assert "UTF-8" in explain(*MARCH, "--calendar", str(file)).output

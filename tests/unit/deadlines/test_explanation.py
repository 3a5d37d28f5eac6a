"""The strip of days tells each day's story."""

from datetime import date

from feedback_app.deadlines.clock import Days, compute
from feedback_app.deadlines.events import ClockEvent, EventKind
from feedback_app.deadlines.wording import Text
from tests.unit.deadlines.samples import events, sample_calendar

D = date.fromisoformat
WORK = sample_calendar()


def strip(days, received, *what, unit="working"):
    return {
        day.date.strftime("%d/%m"): day
        for day in compute(Days(days, unit), D(received), events(*what), WORK).days
    }


def test_the_days_over_tet_say_why_they_do_not_count():
    days = strip(7, "2026-02-12")
    assert [name for name, day in days.items() if day.counted] == [
        "13/02",
        "23/02",
        "24/02",
        "25/02",
        "26/02",
        "27/02",
        "02/03",
    ]
    assert days["12/02"].code == "received"
    assert (days["14/02"].code, days["14/02"].reason.vi) == ("weekend", "thứ Bảy")
    assert (days["17/02"].code, days["17/02"].source) == ("holiday", "thông báo")
    assert (days["02/03"].number, days["02/03"].reason.en) == (7, "Working day 7")


def test_a_swapped_saturday_counts_and_names_its_document():
    day = strip(7, "2026-08-20")["22/08"]
    assert (day.code, day.number, day.source) == ("swap_worked", 2, "thông báo")
    assert day.reason.vi == "Ngày làm việc thứ 2; làm bù"


def test_a_pause_and_what_was_asked_can_be_read_from_the_strip():
    asked = Text("bổ sung bản vẽ", "the drawing is asked for")
    pause = ClockEvent(EventKind.PAUSE, D("2026-03-05"), note=asked)
    days = {
        day.date.day: day
        for day in compute(Days(7), D("2026-03-02"), [pause, *events("resume 2026-03-10")], WORK).days
    }
    assert days[5].reason.vi == "Ngày làm việc thứ 3; tạm dừng từ ngày sau (bổ sung bản vẽ)"
    assert [days[n].code for n in (6, 7, 8, 9, 10)] == ["paused"] * 5
    assert days[7].reason.en == "Paused; the drawing is asked for; Saturday"
    assert days[10].events[0].kind == EventKind.RESUME


def test_the_days_gained_by_an_extension_are_marked():
    days = strip(7, "2026-03-02", "extend 2026-03-06 2", "transfer 2026-03-05")
    assert [name for name, day in days.items() if day.code == "extended"] == ["12/03", "13/03"]
    assert "gia hạn thêm 2 ngày làm việc" in days["06/03"].reason.vi
    assert "chuyển cơ quan xử lý" in days["05/03"].reason.vi


def test_after_a_stop_no_day_counts():
    days = strip(7, "2026-03-02", "stop 2026-03-05")
    assert [name for name, day in days.items() if day.counted] == ["03/03", "04/03", "05/03"]
    assert days["06/03"].code == "stopped"


def test_days_before_a_later_start_do_not_count():
    days = strip(2, "2026-03-02", "start 2026-03-04")
    assert [day.code for day in days.values()] == ["received", "waiting", "start", "working", "working"]


def test_calendar_days_count_weekends_and_say_when_the_last_one_moves():
    days = strip(6, "2026-03-02", "extend 2026-03-03 6", unit="calendar")
    assert (days["07/03"].number, days["07/03"].reason.vi) == (5, "Ngày thứ 5; thứ Bảy")
    assert (days["14/03"].number, days["14/03"].code) == (12, "extended")
    assert [days[name].code for name in ("15/03", "16/03")] == ["rolled", "rolled"]
    assert "gia hạn thêm 6 ngày" in days["03/03"].reason.vi


def test_each_reader_gets_the_reason_in_their_language():
    reason = strip(7, "2026-03-02")["03/03"].reason
    assert (reason.in_language("vi"), reason.in_language("en_GB")) == ("Ngày làm việc thứ 1", "Working day 1")

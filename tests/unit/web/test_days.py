from datetime import date

import pytest

from feedback_app.catalogue import packs
from feedback_app.deadlines import clock
from feedback_app.deadlines.calendar import work_calendar
from feedback_app.deadlines.events import ClockEvent, EventKind
from feedback_app.deadlines.explain import COUNTED, PLAIN_TEXTS
from feedback_app.deadlines.wording import Text
from feedback_app.web import days

CALENDAR = work_calendar(packs.shipped())
RECEIVED = date(2026, 2, 12)
DUE = date(2026, 3, 2)


def deadline(*events):
    return clock.compute(clock.Days(7), RECEIVED, events, CALENDAR)


def strip(today=date(2026, 2, 24), language="vi", events=()):
    due = deadline(*events)
    return {day.date: day for day in days.strip(due.days, due.due_on, today, language)}


def test_the_strip_over_tet_counts_seven_days():
    cells = strip()
    assert [day.number for day in cells.values() if day.number] == [1, 2, 3, 4, 5, 6, 7]
    assert cells[RECEIVED].kind == "received"
    assert cells[date(2026, 2, 16)].kind == "holiday"
    assert [day.date for day in cells.values() if day.due] == [DUE]


def test_today_and_what_is_behind_are_marked():
    cells = strip(today=date(2026, 2, 24))
    assert [day.date for day in cells.values() if day.today] == [date(2026, 2, 24)]
    assert cells[date(2026, 2, 23)].past
    assert not cells[date(2026, 2, 25)].past


def test_only_days_that_are_not_plain_to_see_open_on_a_tap():
    cells = strip()
    assert cells[date(2026, 2, 18)].explained
    assert cells[DUE].explained
    assert not cells[date(2026, 2, 24)].explained
    assert not cells[date(2026, 2, 21)].explained


def test_a_working_day_on_which_something_happened_opens_on_a_tap():
    cells = strip(events=[ClockEvent(EventKind.TRANSFER, date(2026, 2, 24))])
    assert cells[date(2026, 2, 24)].explained


@pytest.mark.parametrize(
    "language, told",
    [
        ("vi", "Ngày làm việc thứ 3; chuyển cơ quan xử lý, thời hạn không đổi (Sở Xây dựng)"),
        ("en", "Working day 3; transferred, the deadline stands (Department of Construction)"),
    ],
)
def test_a_transfer_is_told_with_where_the_ticket_went(language, told):
    name = told.partition("(")[2].rstrip(")")
    due = deadline(ClockEvent(EventKind.TRANSFER, date(2026, 2, 24)))
    went = {date(2026, 2, 24): name, date(2026, 2, 25): "nowhere"}
    cells = {day.date: day for day in days.strip(due.days, due.due_on, DUE, language, went)}
    assert cells[date(2026, 2, 24)].reason == told
    assert "nowhere" not in cells[date(2026, 2, 25)].reason


def test_the_reason_is_told_in_the_reader_s_language():
    assert strip(language="en")[RECEIVED].reason == "Day of receipt, not counted"
    assert strip()[RECEIVED].reason == "Ngày tiếp nhận, không tính"


def test_days_worked_after_the_due_date_are_late_ones():
    due = deadline()
    cells = {
        day.date: day for day in days.strip(due.days_until(date(2026, 3, 8)), due.due_on, date(2026, 3, 8))
    }
    assert (cells[date(2026, 3, 3)].kind, cells[date(2026, 3, 3)].number) == ("late", None)
    assert cells[date(2026, 3, 7)].kind == "weekend"


def test_every_reason_for_a_day_has_a_look():
    known = {*COUNTED, *PLAIN_TEXTS, "extended", "weekend", "holiday", "swap_off"}
    assert known == set(days.KINDS)


@pytest.mark.parametrize(
    "today, category, left",
    [
        (date(2026, 2, 23), "in_time", 5),
        (date(2026, 2, 26), "due_soon", 2),
        (DUE, "due_soon", 0),
        (date(2026, 3, 4), "late", 2),
    ],
)
def test_the_chip_counts_working_days_before_and_after(today, category, left):
    chip = days.chip(DUE, today, CALENDAR)
    assert (chip.category, chip.days) == (category, left)


def test_a_paused_ticket_says_whom_it_waits_for():
    chip = days.chip(None, DUE, CALENDAR, paused=True, waiting_for="doanh nghiệp")
    assert (chip.category, chip.days, chip.waiting_for) == ("waiting", 0, "doanh nghiệp")


def test_an_answer_is_in_time_on_the_last_day_and_late_on_the_next():
    today = date(2026, 4, 1)
    assert days.chip(DUE, today, CALENDAR, answered_on=DUE).category == "done"
    late = days.chip(DUE, today, CALENDAR, answered_on=date(2026, 3, 4))
    assert (late.category, late.days) == ("done_late", 2)


def test_an_answer_to_a_ticket_without_a_due_date_is_done():
    assert days.chip(None, DUE, CALENDAR, answered_on=DUE).category == "done"


def test_a_day_off_names_its_document_and_a_year_without_one_says_so():
    cells = strip()
    assert "Bộ luật Lao động 2019" in cells[date(2026, 2, 16)].source
    assert not any(day.estimated for day in cells.values())
    late = clock.compute(clock.Days(7), date(2026, 12, 30), (), CALENDAR)
    assert [day.estimated for day in days.strip(late.days, late.due_on, RECEIVED)][:3] == [False, False, True]


def test_each_paused_day_says_what_was_asked():
    asked = ClockEvent(EventKind.PAUSE, date(2026, 2, 24), note=Text("chờ bản vẽ", "waiting for the drawing"))
    cells = {day.date: day for day in days.strip(deadline(asked).days_until(DUE), None, DUE)}
    assert all("chờ bản vẽ" in cells[date(2026, 2, n)].reason for n in (24, 25, 26, 27))

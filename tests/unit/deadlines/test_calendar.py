"""Working days, year by year."""

from datetime import date, timedelta

import pytest

from feedback_app.deadlines.calendar import WorkCalendar, work_calendar
from feedback_app.deadlines.errors import CalendarRangeError
from feedback_app.deadlines.wording import Text
from tests.unit.deadlines.samples import OFF_2026, calendar_of, calendar_pack, catalogue, sample_calendar

D = date.fromisoformat
WORK = sample_calendar()


def test_the_published_year_is_followed_to_the_day():
    assert [day.isoformat()[5:] for day, _ in WORK.days_off(2026)] == [*OFF_2026, "11-24"]
    assert [day.isoformat() for day, _ in WORK.working_weekend_days(2026)] == ["2026-01-10", "2026-08-22"]
    assert not WORK.estimated(2026)


def test_the_package_alone_misses_the_swap_of_new_year_2026():
    assert WorkCalendar().is_working(D("2026-01-02"))
    assert not WORK.is_working(D("2026-01-02"))
    assert WORK.is_working(D("2026-01-10"))


def test_a_swap_names_its_day_off_and_its_saturday():
    assert WORK.reason(D("2026-08-31")).code == "swap_off"
    assert WORK.reason(D("2026-08-22")).code == "swap_worked"
    assert WORK.reason(D("2026-03-02")).text == Text("thứ Hai", "Monday")


def test_years_without_a_notice_are_computed_and_say_so():
    off = {day.isoformat()[5:]: why.text.vi for day, why in WORK.days_off(2027)}
    assert WORK.estimated(2027)
    assert list(off) == [
        *("01-01", "02-04", "02-05", "02-08", "02-09", "02-10", "04-16"),
        *("04-30", "05-03", "09-02", "09-03", "11-24"),
    ]
    assert off["05-03"] == "Ngày Quốc tế Lao động (nghỉ bù)"


def test_the_culture_day_on_a_weekend_is_compensated_in_computed_years():
    days = dict(WORK.days_off(2029))
    assert days[D("2029-11-26")].text == Text(
        "Ngày Văn hóa Việt Nam (nghỉ bù)", "Ngày Văn hóa Việt Nam (observed)"
    )
    assert D("2030-11-25") in dict(WORK.days_off(2030))  # 24/11/2030 is a Sunday


def test_without_the_switch_the_24th_of_november_is_an_ordinary_day():
    work = calendar_of(calendar_pack(culture_day=False))
    assert all(work.is_working(D(day)) for day in ("2026-11-24", "2027-11-24", "2029-11-26"))


def test_before_the_culture_day_was_announced_its_date_is_worked():
    assert WORK.is_working(D("2025-11-24"))


def test_a_sunday_of_tet_keeps_its_name_in_a_published_year():
    assert "Giỗ Tổ" in WORK.reason(D("2026-04-26")).text.vi


@pytest.mark.parametrize("day", ["2019-12-31", "2051-01-01"])
def test_a_year_the_calendar_does_not_know_is_refused_with_the_years_it_knows(day):
    for ask in (WORK.is_working, WORK.reason, WORK.next_working_day):
        with pytest.raises(CalendarRangeError, match="2020 đến năm 2050"):
            ask(D(day))
    with pytest.raises(CalendarRangeError):
        WORK.estimated(D(day).year)


def test_every_supported_year_has_its_holidays():
    for year in range(2020, 2051):
        assert 9 <= len(list(WORK.days_off(year))) <= 16, year


def test_counting_agrees_with_walking_day_by_day_across_the_turn_of_the_year():
    start = D("2025-12-20")
    worked = [day for day in (start + timedelta(days=n) for n in range(1, 60)) if WORK.is_working(day)]
    for number, day in enumerate(worked, 1):
        assert WORK.add_working_days(start, number) == day
        assert WORK.count_working_days(start, day) == number
    assert WORK.count_working_days(start, start) == WORK.count_working_days(start, D("2025-12-01")) == 0


def test_the_next_working_day_of_a_working_day_is_itself():
    assert WORK.next_working_day(D("2026-03-02")) == D("2026-03-02")
    assert WORK.next_working_day(D("2026-12-31")) == D("2026-12-31")
    assert WORK.next_working_day(D("2027-01-01")) == D("2027-01-04")


def test_one_more_day_off_can_be_tried_without_touching_the_calendar():
    tried = WORK.with_day_off(D("2026-08-22"), Text("nghỉ bão", "storm"), "công điện")
    assert (tried.is_working(D("2026-08-22")), WORK.is_working(D("2026-08-22"))) == (False, True)
    assert tried.reason(D("2026-08-22")).source == "công điện"


def test_the_same_pack_gives_the_same_calendar_so_that_its_years_are_computed_once():
    assert work_calendar(catalogue()) is work_calendar(catalogue())
    assert work_calendar(catalogue()).version == "vn@2026.1"

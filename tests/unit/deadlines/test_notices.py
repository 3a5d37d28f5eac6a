"""What a published notice may change in a year, and what is refused with the reason."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_app.catalogue.packs.calendar import CalendarPack, Notice
from feedback_app.deadlines.calendar import calendar_of
from feedback_app.deadlines.clock import Days, compute
from feedback_app.deadlines.notices import CalendarChange, CalendarRefused, Swap, changed, year_of
from tests.unit.deadlines.samples import calendar_pack, many

D = date.fromisoformat
NOTICE = Notice(number="99/TB-UBND", issued_on=D("2026-03-01"), issuer="UBND tỉnh", link="thong-bao-99.pdf")


def change(year=2026, **more):
    return CalendarChange(year=year, notice=NOTICE, reason="Nghỉ phòng chống bão", **more)


def after(**more):
    return calendar_of(
        CalendarPack.model_validate(changed(calendar_pack(), change(**more)) | {"version": "2"})
    )


def test_a_day_off_bears_the_document_that_published_it():
    work = after(off=(D("2026-03-06"),))
    assert not work.is_working(D("2026-03-06"))
    assert work.reason(D("2026-03-06")).source == "Văn bản số 99/TB-UBND ngày 01/03/2026 của UBND tỉnh"


def test_a_swap_brings_its_day_off_and_its_worked_saturday():
    work = after(swaps=(Swap(D("2026-06-20"), D("2026-06-15")),))
    assert (work.reason(D("2026-06-15")).code, work.reason(D("2026-06-20")).code) == (
        "swap_off",
        "swap_worked",
    )


def test_a_swap_is_taken_back_as_a_whole_from_either_end():
    for day in ("2026-08-22", "2026-08-31"):
        work = after(removed=frozenset({D(day)}))
        assert (work.is_working(D("2026-08-22")), work.is_working(D("2026-08-31"))) == (False, True)


def test_the_yearly_day_off_is_switched_off_and_stays_so():
    assert after(switches=frozenset()).is_working(D("2026-11-24"))


def test_the_next_year_is_published_from_what_was_computed_and_is_no_estimate_any_more():
    computed = [day.date for day in year_of(calendar_pack(), 2027).days_off]
    work = after(year=2027, off=(D("2027-02-11"),))
    assert not work.estimated(2027)
    assert [
        day
        for day, why in work.days_off(2027)
        if why.code != "holiday" or why.text.vi != "Ngày Văn hóa Việt Nam"
    ] == sorted([*computed, D("2027-02-11")])


def test_a_document_named_again_is_completed_and_not_doubled():
    pack = CalendarPack.model_validate(changed(calendar_pack(), change(off=(D("2026-03-06"),))))
    again = CalendarPack.model_validate(changed(pack, change(off=(D("2026-03-09"),))))
    assert [notice.number for notice in again.notices] == ["99/TB-UBND"]


REFUSED = {
    "a year far away": (change(year=2051), "chỉ từ 2020 đến 2050"),
    "a year before the next one": (change(year=2028), "năm kế tiếp cần công bố là 2027"),
    "another year's day": (change(off=(D("2027-03-05"),)), "không thuộc năm 2026"),
    "a day twice": (change(off=(D("2026-03-06"), D("2026-03-06"))), "được nêu hai lần"),
    "a day off and taken back": (
        change(off=(D("2026-03-06"),), removed=frozenset({D("2026-03-06")})),
        "hai lần",
    ),
    "overlapping swaps": (
        change(swaps=(Swap(D("2026-06-20"), D("2026-06-15")), Swap(D("2026-06-27"), D("2026-06-15")))),
        "được nêu hai lần",
    ),
    "a swap over another": (change(swaps=(Swap(D("2026-08-29"), D("2026-08-31")),)), "đã có trong lịch"),
    "a Saturday worked already": (
        change(swaps=(Swap(D("2026-08-22"), D("2026-06-15")),)),
        "đã có trong lịch",
    ),
    "a Saturday off": (change(off=(D("2026-03-07"),)), "là cuối tuần"),
    "a Monday worked": (change(swaps=(Swap(D("2026-03-09"), D("2026-03-06")),)), "không phải thứ Bảy"),
    "a day off already": (change(off=(D("2026-09-01"),)), "đã có trong lịch"),
    "taking back what is worked": (change(removed=frozenset({D("2026-03-06")})), "không bỏ được"),
    "nothing": (change(), "Không có ngày nào thay đổi"),
}


@pytest.mark.parametrize("wrong, why", REFUSED.values(), ids=REFUSED)
def test_what_contradicts_itself_or_the_calendar_is_refused_with_the_reason(wrong, why):
    with pytest.raises(CalendarRefused, match=why):
        changed(calendar_pack(), wrong)


weekdays = (
    st.integers(0, 364)
    .map(lambda n: D("2026-01-01") + timedelta(days=n))
    .filter(lambda day: day.weekday() < 5 and day not in {d.date for d in calendar_pack().years[0].days_off})
)


@many
@given(st.sets(weekdays, min_size=1, max_size=4), st.integers(0, 330), st.integers(1, 40))
def test_a_notice_that_only_adds_days_off_never_makes_a_deadline_earlier(days, offset, value):
    received = D("2026-01-01") + timedelta(days=offset)
    more, before = after(off=tuple(sorted(days))), calendar_of(calendar_pack())
    assert (
        compute(Days(value), received, [], more).due_on >= compute(Days(value), received, [], before).due_on
    )

"""Last year's filings under other limits: the same answers, other lateness."""

from collections import Counter
from datetime import date

import pytest

from feedback_app.deadlines.errors import ProfileGap
from feedback_app.deadlines.replay import Filing, Replay, limit_for, median_of, with_tried
from feedback_app.deadlines.standing import Assignment
from tests.unit.deadlines.samples import events, limit_row, profile, sample_calendar

D = date.fromisoformat
TODAY = D("2026-06-01")


def filing(answered=None, *what, kind="obstacle", agency="so-xd", ended=None):
    end = answered or ended
    return Filing(
        kind=kind,
        began=D("2026-03-02"),
        events=tuple(events("start 2026-03-02", *what)),
        answered_on=answered and D(answered),
        ended_on=end and D(end),
        agency=agency,
        legs=(Assignment(agency, "lead", D("2026-03-02"), end and D(end)),),
    )


def shorter(value=3, **more):
    return profile(limits=[limit_row("answer", value), limit_row("settle", 9)], **more)


def replayed(*filings, under=None):
    result = Replay((under or profile(),), sample_calendar(), TODAY)
    for one in filings:
        result.add(one)
    return result


def test_the_same_answers_are_late_under_a_shorter_limit_and_take_as_long():
    told = (filing("2026-03-05"), filing("2026-03-09"), filing("2026-03-11"))
    now, tried = replayed(*told), replayed(*told, under=shorter())
    assert (now.whole.late, tried.whole.late, tried.whole.share_late) == (0, 2, pytest.approx(2 / 3))
    assert now.whole.median_days == tried.whole.median_days == 5
    assert (now.whole.late_days, tried.whole.late_days) == (0, 2 + 4)


def test_what_is_still_open_is_late_once_its_day_has_passed_and_what_was_taken_back_is_not():
    result = replayed(filing(), filing(ended="2026-03-04"))
    assert (result.whole.late, result.whole.answered, result.whole.median_days) == (1, 0, None)


def test_each_agency_has_its_tickets_its_days_and_its_late_days():
    moved = Filing(
        kind="obstacle", began=D("2026-03-02"), events=tuple(events("start 2026-03-02", "transfer 2026-03-10")),
        answered_on=D("2026-03-13"), ended_on=D("2026-03-13"), agency="so-tc",
        legs=(
            Assignment("so-xd", "lead", D("2026-03-02"), D("2026-03-10")),
            Assignment("so-tc", "lead", D("2026-03-10"), D("2026-03-13")),
        ),
    )  # fmt: skip
    result = replayed(moved, filing("2026-03-05"))
    assert [(code, s.tickets, s.late, s.days_used, s.late_days) for code, s in result.agencies()] == [
        ("so-tc", 1, 1, 3, 2),
        ("so-xd", 1, 0, 6 + 3, 0),
    ]


def test_an_extension_that_would_have_come_too_late_is_left_out_and_counted():
    extended = filing("2026-03-20", "extend 2026-03-10 13")
    assert replayed(extended).whole.late == 0
    tried = replayed(extended, under=shorter())
    assert (tried.whole.late, tried.extensions_left_out) == (1, 1)


def test_pauses_are_kept_and_cost_nobody_a_day():
    paused = filing("2026-03-16", "pause 2026-03-05", "resume 2026-03-10")
    assert (replayed(paused).whole.late, replayed(paused).whole.days_used) == (0, 7)
    assert replayed(filing(None, "pause 2026-03-05")).whole.late == 0


def test_a_profile_of_next_year_is_tried_on_last_year_s_filings():
    rows = [limit_row("answer", 3, valid_from="2027-01-01"), limit_row("settle", 9, valid_from="2027-01-01")]
    future = profile(limits=rows, valid_from="2027-01-01")
    assert limit_for((future,), "obstacle", D("2026-03-02")).value == 3
    until = {"valid_to": "2024-12-31"}
    past = profile(limits=[limit_row("answer", 5, **until), limit_row("settle", 9, **until)], **until)
    assert limit_for((past,), "obstacle", D("2026-03-02")).value == 5
    assert limit_for((past, future), "obstacle", D("2024-12-01")).value == 5


def test_a_profile_that_lost_its_limit_is_refused():
    with pytest.raises(ProfileGap):
        replayed(filing("2026-03-05"), under=profile().model_copy(update={"limits": ()}))


@pytest.mark.parametrize(
    "values, median", [([], None), ([4], 4), ([1, 9], 5), ([1, 1, 8], 1), ([2, 3, 3, 7], 3)]
)
def test_the_median_of_counted_days(values, median):
    assert median_of(Counter(values)) == median


def test_a_tried_profile_takes_the_place_of_its_own_territory_s_only():
    here, there = profile(), profile(code="nt", territory="ninh-thuan")
    tried = with_tried((here, there), shorter())
    assert limit_for(tried, "obstacle", D("2026-03-02"), "khanh-hoa").value == 3
    assert limit_for(tried, "obstacle", D("2026-03-02"), "ninh-thuan").value == 7
    assert limit_for(tried, "obstacle", D("2026-03-02"), None).value == 3
    assert with_tried((here, there), None) == (here, there)

"""When enterprises are drawn."""

from datetime import date

import pytest

from feedback_app.catalogue import packs
from feedback_app.pulses.rules import NotNow, hindrance, is_over, quarter_of, span

PACK = packs.shipped().pulses


@pytest.mark.parametrize(
    "day,reason",
    [
        (date(2026, 11, 4), NotNow.TOO_EARLY),
        (date(2026, 11, 5), None),
        (date(2026, 12, 10), None),
        (date(2026, 12, 11), NotNow.TOO_LATE),
        (date(2026, 8, 20), NotNow.FIELD_WORK),
        (date(2026, 9, 1), None),
        (date(2027, 6, 5), None),
        (date(2028, 11, 10), NotNow.FIELD_WORK),  # nothing is known of that year
    ],
)
def test_a_day_is_right_or_the_reason_is_told(day, reason):
    assert hindrance(day, PACK) is reason


def test_field_work_that_is_about_to_begin_counts_too():
    span_ = PACK.fieldwork[0].model_copy(update={"first": date(2026, 11, 13), "last": date(2026, 11, 20)})
    pack = PACK.model_copy(update={"fieldwork": (*PACK.fieldwork, span_)})
    assert [hindrance(date(2026, 11, day), pack) for day in (9, 10, 20, 21)] == [
        None, NotNow.FIELD_WORK, NotNow.FIELD_WORK, None,
    ]  # fmt: skip


@pytest.mark.parametrize("code", ["2026-Q0", "2026-Q5", "2026", "x-Q1", ""])
def test_what_is_no_quarter_is_refused(code):
    with pytest.raises(ValueError):  # noqa: PT011 - whichever part is wrong
        span(code)


def test_a_quarter_takes_answers_to_its_last_day():
    assert span("2026-Q4") == (date(2026, 10, 1), date(2026, 12, 31))
    assert quarter_of(date(2026, 12, 31)) == "2026-Q4"
    assert not is_over("2026-Q4", date(2026, 12, 31))
    assert is_over("2026-Q4", date(2027, 1, 1))

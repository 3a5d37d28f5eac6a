"""Which reports are asked for, by which day, and who answers for a task once agencies have changed."""

from datetime import date

import pytest

from feedback_app.catalogue import packs
from feedback_app.programme.rules import asked_for, coordinating, due_on, leaders_of, period_of

PACK = packs.shipped().programme
BEFORE, AFTER = date(2024, 12, 31), date(2026, 11, 24)


def task(number):
    return next(t for t in packs.shipped().fields.tasks if t.number == number)


@pytest.mark.parametrize(
    "months, day, code, first, last",
    [
        (1, date(2028, 2, 3), "2028-02", date(2028, 2, 1), date(2028, 2, 29)),
        (3, date(2026, 11, 24), "2026-Q4", date(2026, 10, 1), date(2026, 12, 31)),
        (6, date(2026, 6, 30), "2026-H1", date(2026, 1, 1), date(2026, 6, 30)),
        (12, date(2026, 11, 24), "2026", date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_a_period_has_a_name_and_two_ends(months, day, code, first, last):
    period = period_of(months, day)
    assert (period.code, period.first, period.last) == (code, first, last)


def test_the_yearly_report_is_due_before_the_last_day_of_the_year():
    assert due_on(PACK.schedule("year"), period_of(12, AFTER)) == date(2026, 12, 30)


def test_nobody_is_asked_for_what_ended_before_the_programme_was_followed():
    found = [p.code for p in asked_for(PACK.schedule("month"), AFTER, PACK.reports_from)]
    assert found == ["2026-10", "2026-11"], "of December later"
    assert list(asked_for(PACK.schedule("month"), date(2026, 1, 1), PACK.reports_from)) == []


def test_the_successor_answers_for_its_predecessor_s_task():
    assert leaders_of(task(1), packs.shipped(), BEFORE) == {"so-khdt"}
    assert leaders_of(task(1), packs.shipped(), AFTER) == {"so-tc"}


def test_where_all_lead_every_department_of_the_day_does_and_none_that_ended():
    found = leaders_of(task(44), packs.shipped(), AFTER)
    assert {"so-xd", "so-tc", "thanh-tra"} <= found
    assert "so-khdt" not in found
    assert "thue" not in found


def test_who_leads_does_not_coordinate_too():
    for number in range(1, 71):
        assert not coordinating(task(number), packs.shipped(), AFTER) & leaders_of(
            task(number), packs.shipped(), AFTER
        )


def test_every_task_has_somebody_who_answers_on_the_day_of_the_decision_and_today():
    for number in range(1, 71):
        assert leaders_of(task(number), packs.shipped(), date(2024, 7, 9))
        assert leaders_of(task(number), packs.shipped(), AFTER)

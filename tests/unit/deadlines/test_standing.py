"""Where a ticket stands today and who used which days."""

from datetime import date

import pytest

from feedback_app.deadlines.errors import InvalidEvent
from feedback_app.deadlines.events import Pause, pauses_of
from feedback_app.deadlines.standing import (
    Assignment,
    Category,
    category,
    legs,
    sub_deadline,
    working_days_between,
    working_days_left,
)
from tests.unit.deadlines.samples import events, profile, sample_calendar

D = date.fromisoformat
WORK = sample_calendar()
DUE = D("2026-03-13")  # a Friday


@pytest.mark.parametrize(
    "today, stands, left",
    [
        ("2026-03-10", Category.IN_TIME, 3),
        ("2026-03-11", Category.DUE_SOON, 2),
        ("2026-03-13", Category.DUE_SOON, 0),
        ("2026-03-14", Category.LATE, 0),
        ("2026-03-17", Category.LATE, -2),
    ],
)
def test_an_open_ticket_stands_by_its_working_days_left(today, stands, left):
    assert category(DUE, D(today), WORK) is stands
    assert working_days_left(DUE, D(today), WORK) == left


def test_a_paused_ticket_waits_and_an_answered_one_is_done_however_late():
    late = D("2026-04-01")
    assert category(DUE, late, WORK, paused=True) is Category.WAITING
    assert category(None, late, WORK) is Category.WAITING
    assert category(DUE, late, WORK, paused=True, answered=True) is Category.DONE


def test_pauses_are_not_charged_to_the_agency():
    pauses = pauses_of(events("pause 2026-03-05", "resume 2026-03-10", "pause 2026-03-12"))
    assert working_days_between(D("2026-03-02"), D("2026-03-16"), WORK, pauses) == 5
    assert working_days_between(D("2026-03-02"), D("2026-03-16"), WORK) == 10
    assert working_days_between(D("2026-03-06"), D("2026-03-09"), WORK, pauses) == 0
    assert working_days_between(D("2026-03-02"), D("2026-03-04"), WORK, pauses) == 2


def test_an_answer_before_the_receipt_is_refused():
    with pytest.raises(InvalidEvent):
        working_days_between(D("2026-03-02"), D("2026-03-01"), WORK)


def test_a_transfer_ends_one_leg_and_starts_the_next_on_the_same_day():
    first = Assignment("so-xd", "answer", D("2026-03-02"), D("2026-03-05"))
    second = Assignment("so-tc", "answer", D("2026-03-05"))
    found = legs([first, second], WORK, D("2026-03-11"))
    assert [(leg.assignment.agency, leg.working_days) for leg in found] == [("so-xd", 3), ("so-tc", 4)]


def test_two_agencies_asked_on_one_day_have_each_their_own_leg():
    asked = [Assignment(agency, "opinion", D("2026-03-02"), until) for agency, until in
             (("so-xd", D("2026-03-04")), ("thue", None))]  # fmt: skip
    found = legs(asked, WORK, D("2026-03-09"), [Pause(D("2026-03-04"), D("2026-03-05"))])
    assert [leg.working_days for leg in found] == [2, 4]


@pytest.mark.parametrize(
    "role, last",
    [("triage", "2026-03-04"), ("opinion", "2026-03-05"), ("answer", None), ("approval", None)],
)
def test_a_leg_has_the_limit_of_its_step_and_others_have_that_of_the_case(role, last):
    due = sub_deadline(profile(), role, "obstacle", D("2026-03-02"), WORK)
    assert due == (last and D(last))


def test_a_late_opinion_is_late_on_its_own_leg_and_the_case_s_days_are_the_lead_s():
    lead = Assignment("so-xd", "answer", D("2026-03-02"), D("2026-03-16"))
    asked = Assignment("thue", "opinion", D("2026-03-02"), D("2026-03-10"), D("2026-03-05"), beside=True)
    found = legs([lead, asked], WORK, D("2026-03-20"), case_due=D("2026-03-11"))
    assert [(leg.late_days, leg.case_late_days) for leg in found] == [(0, 3), (3, 0)]


def test_each_late_day_of_a_case_belongs_to_whoever_had_it_on_that_day():
    first = Assignment("so-xd", "answer", D("2026-03-02"), D("2026-03-13"))
    second = Assignment("so-tc", "answer", D("2026-03-13"))
    found = legs([first, second], WORK, D("2026-03-17"), case_due=D("2026-03-11"))
    assert [leg.case_late_days for leg in found] == [2, 2]

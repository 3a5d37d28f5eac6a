"""What the brief names: the decision of each case, five of them, agencies beside their own past."""

from datetime import date
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from feedback_app.briefing.rules import (
    Case,
    Course,
    Deed,
    Share,
    change_interval,
    good_practice,
    red,
    slipping,
)


def a_case(**given):
    values = {
        "ticket_id": 1, "code": "KH-2026-000001", "agency": "so-xd", "field": "land", "due_on": date(2026, 11, 2),
        "late": 3, "status": "in_work",
    } | given  # fmt: skip
    return Case(**values)


@pytest.mark.parametrize(
    "given, deed",
    [
        ({"status": "at_province"}, Deed.DIRECT),
        ({"status": "at_province", "late": 0}, Deed.DIRECT),
        ({}, Deed.REMIND),
        ({"said": True}, Deed.CONVENE),  # a reminder did not help
        ({"late": 5, "opinions": 1}, Deed.CONVENE),
        ({"late": 5, "returns": 2}, Deed.CONVENE),
        ({"late": 4, "opinions": 1}, Deed.REMIND),
        ({"late": 9, "returns": 1}, Deed.REMIND),
        ({"late": 0, "opinions": 1}, Deed.EXTEND),
        ({"late": 0, "opinions": 1, "extended": True}, Deed.REMIND),  # once only
    ],
)
def test_the_decision_that_a_case_needs(given, deed):
    assert a_case(**given).decision is deed


def codes(cases):
    return [case.code for case in cases]


def test_what_waits_for_the_province_comes_first_then_the_most_enterprise_days():
    cases = [
        a_case(ticket_id=1, code="late", late=9, agency="a"),
        a_case(ticket_id=2, code="many", late=2, enterprises=12, agency="b"),
        a_case(ticket_id=3, code="province", status="at_province", late=1, agency="c"),
        a_case(ticket_id=4, code="soon", late=0, opinions=1, agency="d"),
    ]
    assert codes(red(cases)) == ["province", "many", "late", "soon"]


def test_one_agency_does_not_fill_the_page():
    cases = [a_case(ticket_id=n, code=f"xd-{n}", late=90 - n) for n in range(7)]
    cases += [a_case(ticket_id=n, code=f"yt-{n}", late=1, agency="so-yt") for n in range(10, 12)]
    assert codes(red(cases)) == ["xd-0", "xd-1", "yt-10", "yt-11", "xd-2"]


def test_a_case_rests_after_somebody_spoke_up():
    assert red([a_case(rests=True)]) == []
    assert red([a_case(rests=False)]) != []


def test_an_empty_province_has_nothing_to_decide():
    assert (red([]), slipping([]), good_practice([], suspected=frozenset())) == ([], [], None)


FALLS = Course("so-xd", Share(40, 80), Share(220, 240))


@pytest.mark.parametrize(
    "course, slips",
    [
        (FALLS, True),
        (Course("so-xd", Share(70, 80), Share(220, 240)), False),  # 4 points: chance
        (Course("so-xd", Share(1, 5), Share(220, 240)), False),  # five cases say nothing
        (Course("so-xd", Share(40, 80), Share(4, 4)), False),  # nor does a past of four
        (Course("so-xd", Share(40, 80), Share(120, 240)), False),  # always like that: no slip
        (Course("so-xd", Share(78, 80), Share(120, 240)), False),
        (Course("so-xd", Share(0, 0), Share(220, 240)), False),
    ],
)
def test_an_agency_slips_beside_its_own_past(course, slips):
    assert bool(slipping([course])) is slips


def test_three_at_most_those_with_the_most_cases_lost_first():
    courses = [Course(f"so-{n}", Share(20 * n, 40 * n), Share(220, 240)) for n in range(1, 6)]
    assert [course.agency for course in slipping(courses)] == ["so-5", "so-4", "so-3"]


def test_what_goes_well_is_nobody_s_with_a_signal_beside_them():
    courses = [
        Course("so-xd", Share(70, 80), Share(120, 240)),
        Course("so-yt", Share(75, 80), Share(120, 240)),
    ]
    assert good_practice(courses, suspected=frozenset()).agency == "so-yt"
    assert good_practice(courses, suspected=frozenset({"so-yt"})).agency == "so-xd"
    assert good_practice([FALLS], suspected=frozenset()) is None


@given(st.integers(0, 2**32), st.floats(0.1, 0.95))
def test_an_agency_that_did_not_change_is_hardly_ever_named(seed, share):
    random = Random(seed)

    def drawn(n):
        return Share(sum(random.random() < share for _ in range(n)), n)

    courses = [Course(f"so-{n}", drawn(60), drawn(180)) for n in range(10)]
    assert len(slipping(courses)) <= 1


SHARES = st.tuples(st.integers(0, 200), st.integers(1, 200)).map(lambda p: Share(min(p), p[1]))


@given(SHARES, SHARES)
def test_the_interval_holds_the_change_and_turns_with_it(now, before):
    low, high = change_interval(now, before)
    assert low <= Course("x", now, before).change + 1e-9
    assert high >= Course("x", now, before).change - 1e-9
    other = change_interval(before, now)
    assert (round(other[0], 6), round(other[1], 6)) == (round(-high, 6), round(-low, 6))


@given(st.lists(st.tuples(st.integers(0, 40), st.sampled_from("abc"), st.booleans()), max_size=12))
def test_five_at_most_each_once_and_none_that_rests(drawn):
    cases = [a_case(ticket_id=n, late=late, agency=a, rests=r) for n, (late, a, r) in enumerate(drawn)]
    chosen = red(cases)
    assert len(chosen) == min(5, sum(not case.rests for case in cases))
    assert len({case.ticket_id for case in chosen}) == len(chosen)
    assume(chosen)
    assert not any(case.rests for case in chosen)

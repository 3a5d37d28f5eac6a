"""Which cases a report lists, with which result: carried over and arisen are always all results together."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_app.reports.listing import DECIDED, WAITING, Flow, Result, listed
from feedback_app.statistics.periods import Period

OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31))
LAST = OCTOBER.last
EMPTY = dict.fromkeys(
    ("sensitive", "ended_on", "answered_on", "outcome", "open_agency", "open_due_on", "open_in_project", "pauses",
     "agencies"), "",
)  # fmt: skip


def a_line(**more):
    given_ = {
        "case": "KH-2026-000001",
        "round": "1",
        "field": "tax",
        "agency": "thue",
        "started_on": "2026-10-05",
    }
    return {**EMPTY, **given_, **more}


def ended(day, outcome="answered", **more):
    return a_line(ended_on=day, answered_on=day, outcome=outcome, **more)


@pytest.mark.parametrize(
    "line,result,carried",
    [
        (ended("2026-10-09"), Result.SETTLED, False),
        (ended("2026-10-09", started_on="2026-09-20"), Result.SETTLED, True),
        (ended("2026-10-09", "rejected"), Result.REJECTED, False),
        (ended("2026-10-09", "redirected"), Result.REDIRECTED, False),
        (ended("2026-10-09", "policy_backlog"), Result.BEYOND, False),
        (a_line(ended_on="2026-10-31"), Result.WITHDRAWN, False),
        (a_line(open_due_on="2026-11-05"), Result.OPEN, False),
        (a_line(open_due_on="2026-10-31"), Result.OPEN, False),  # late only on the next day
        (a_line(open_due_on="2026-10-30"), Result.OVERDUE, False),
        (a_line(open_due_on="2026-10-30", open_in_project="1"), Result.OPEN, False),
        (a_line(open_due_on="2026-10-30", pauses="2026-10-20.."), Result.OPEN, False),
        (a_line(open_due_on="2026-10-30", pauses="2026-10-20..2026-10-25"), Result.OVERDUE, False),
        (ended("2026-11-03", open_due_on="2026-10-30"), Result.OVERDUE, False),  # answered after the period
        (a_line(), Result.OPEN, False),
    ],
)
def test_a_case_stands_as_it_stood_at_the_end(line, result, carried):
    case = listed(line, OCTOBER, LAST)
    assert (case.result, case.carried) == (result, carried)


@pytest.mark.parametrize(
    "line",
    [
        a_line(sensitive="1"),
        a_line(started_on="2026-11-01"),
        ended("2026-09-30", started_on="2026-09-01"),  # rated in October: counted there, not listed
    ],
)
def test_what_is_protected_or_of_another_period_is_not_listed(line):
    assert listed(line, OCTOBER, LAST) is None


def test_the_agency_is_the_one_of_the_day():
    handed_on = {"agencies": "so-khdt..2026-10-15", "agency": "so-tc"}
    assert listed(ended("2026-10-14", **handed_on), OCTOBER, LAST).agency == "so-khdt"
    assert listed(ended("2026-10-15", **handed_on), OCTOBER, LAST).agency == "so-tc"
    assert listed(a_line(open_agency="thue"), OCTOBER, LAST).agency == "thue"


days = st.dates(date(2026, 8, 1), date(2026, 12, 31))


@st.composite
def lines(draw):
    started = draw(days)
    over = draw(st.none() | st.integers(0, 60).map(lambda n: started + timedelta(days=n)))
    line = a_line(started_on=started.isoformat(), open_due_on=draw(st.just("") | days.map(date.isoformat)))
    if over is not None:
        line["ended_on"] = over.isoformat()
        line["answered_on"] = draw(st.sampled_from(["", over.isoformat()]))
        line["outcome"] = draw(st.sampled_from(["answered", "rejected", "redirected", "policy_backlog"]))
    return line


@given(st.lists(lines(), max_size=40))
def test_carried_over_and_arisen_are_ended_and_waiting(found):
    flow = Flow()
    for line in found:
        if (case := listed(line, OCTOBER, LAST)) is not None:
            flow.add(case)
    carried = sum(1 for one in found if _open(one, OCTOBER.first - timedelta(days=1)))
    arisen = sum(1 for one in found if OCTOBER.holds(date.fromisoformat(one["started_on"])))
    over = sum(1 for one in found if one["ended_on"] and OCTOBER.holds(date.fromisoformat(one["ended_on"])))
    waiting = sum(1 for one in found if _open(one, LAST))
    assert (flow.carried, flow.arisen) == (carried, arisen)
    assert flow.of(*DECIDED, Result.WITHDRAWN) == over
    assert flow.of(*WAITING) == waiting
    assert flow.carried + flow.arisen == flow.total == over + waiting
    assert sum(flow.by_field.values()) == flow.total


def _open(line, day):
    ended_on = line["ended_on"]
    return line["started_on"] <= day.isoformat() and (not ended_on or ended_on > day.isoformat())

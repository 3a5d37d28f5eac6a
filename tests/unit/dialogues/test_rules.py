"""Who may do what with a meeting in which state, the days it lives by, how its items stand."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_app.accounts.actor import Actor, Function, Held
from feedback_app.dialogues.labels import (
    COMPETENCES,
    HANDLINGS,
    KINDS,
    READINESS,
    STANDINGS,
    STATES,
    WRONG_DAYS,
)
from feedback_app.dialogues.policy import MeetingFacts, fits, may, may_plan, open_to
from feedback_app.dialogues.rules import (
    FIELD_OF,
    RULES,
    Act,
    Competence,
    Days,
    Handling,
    ItemState,
    Kind,
    Readiness,
    Standing,
    State,
    Wrong,
    is_ready,
    is_season,
    standing,
    takes_proposals,
    wrong_days,
)

OWN, OTHER, FOCAL = 1, 2, 3
ORGANISING = {Act.ADD_ITEM, Act.CALL, Act.CANCEL, Act.CHANGE, Act.CONCLUDE, Act.HOLD, Act.INVITE, Act.ORDER,
              Act.POSTPONE, Act.SETTLE}  # fmt: skip
OFFICES = {Act.CLASSIFY, Act.DECIDE, Act.IMPORT}
ANYBODY = {Act.PROPOSE, Act.SEE}


def person(function, agency_id=OWN):
    return Actor(7, "Người", (Held(function, agency_id),))


GUEST = None
FOCAL_POINT = person(Function.FOCAL_POINT, FOCAL)
PROVINCIAL_OFFICE = person(Function.PROVINCIAL_OFFICE, OTHER)
OFFICER = person(Function.OFFICER)
HEAD = person(Function.AGENCY_HEAD)
CLERK = person(Function.CLERK)
LEADER = person(Function.LEADERSHIP, None)
ENTERPRISE = person(Function.ENTERPRISE, None)
ADMINISTRATOR = person(Function.ADMINISTRATOR, None)

PROVINCIAL = MeetingFacts(Kind.PROVINCIAL, State.CALLED, FOCAL)
OWN_SECTORAL = MeetingFacts(Kind.SECTORAL, State.CALLED, OWN)
OWN_ITEM = MeetingFacts(Kind.PROVINCIAL, State.CONCLUDED, FOCAL, owner_id=OWN)
OTHER_ITEM = MeetingFacts(Kind.PROVINCIAL, State.CONCLUDED, FOCAL, owner_id=OTHER)

WHO = (
    (GUEST, PROVINCIAL, ANYBODY),
    (ENTERPRISE, PROVINCIAL, ANYBODY),
    (ADMINISTRATOR, PROVINCIAL, ANYBODY),
    (CLERK, PROVINCIAL, ANYBODY | {Act.SEE_INSIDE}),
    (OFFICER, PROVINCIAL, ANYBODY | {Act.SEE_INSIDE}),
    (HEAD, PROVINCIAL, ANYBODY | {Act.SEE_INSIDE}),
    (LEADER, PROVINCIAL, ANYBODY | {Act.SEE_INSIDE, Act.ORDER}),
    (FOCAL_POINT, PROVINCIAL, ANYBODY | {Act.SEE_INSIDE} | ORGANISING | OFFICES),
    (PROVINCIAL_OFFICE, PROVINCIAL, ANYBODY | {Act.SEE_INSIDE} | ORGANISING | OFFICES),
    (OFFICER, OWN_SECTORAL, ANYBODY | {Act.SEE_INSIDE} | ORGANISING),
    (HEAD, OWN_SECTORAL, ANYBODY | {Act.SEE_INSIDE} | ORGANISING),
    (CLERK, OWN_SECTORAL, ANYBODY | {Act.SEE_INSIDE}),
    (LEADER, OWN_SECTORAL, ANYBODY | {Act.SEE_INSIDE}),
    (OFFICER, OWN_ITEM, ANYBODY | {Act.SEE_INSIDE, Act.REPORT}),
    (CLERK, OWN_ITEM, ANYBODY | {Act.SEE_INSIDE}),
    (OFFICER, OTHER_ITEM, ANYBODY | {Act.SEE_INSIDE}),
    (FOCAL_POINT, OTHER_ITEM, ANYBODY | {Act.SEE_INSIDE} | ORGANISING | OFFICES),
)


@pytest.mark.parametrize("actor, meeting, theirs", WHO)
def test_each_act_is_only_theirs_whose_it_is(actor, meeting, theirs):
    assert {act for act in Act if may(actor, act, meeting)} == theirs


# in which states each act fits, written out a second time
WHEN = {
    Act.ADD_ITEM: {"held"},
    Act.CALL: {"planned"},
    Act.CANCEL: {"planned", "called"},
    Act.CHANGE: {"planned", "called"},
    Act.CLASSIFY: {"called", "held"},
    Act.CONCLUDE: {"held"},
    Act.DECIDE: {"concluded"},
    Act.HOLD: {"called"},
    Act.IMPORT: {"called"},
    Act.INVITE: {"called"},
    Act.ORDER: {"called"},
    Act.POSTPONE: {"called"},
    Act.PROPOSE: {"called"},
    Act.REPORT: {"concluded"},
    Act.SEE: {"called", "held", "concluded", "cancelled"},
    Act.SEE_INSIDE: {"planned", "called", "held", "concluded", "cancelled"},
    Act.SETTLE: {"called", "held", "concluded"},
}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("act", Act)
def test_each_act_fits_only_the_states_in_which_it_makes_sense(act, state):
    assert fits(act, MeetingFacts(Kind.CAFE, state, OWN)) == (state in WHEN[act])


def test_a_cancelled_meeting_lets_nobody_do_anything_but_look():
    cancelled = MeetingFacts(Kind.PROVINCIAL, State.CANCELLED, FOCAL)
    assert open_to(FOCAL_POINT, cancelled) == {Act.SEE, Act.SEE_INSIDE}


def test_an_agency_plans_its_own_sectoral_dialogue_and_the_offices_plan_any():
    assert may_plan(OFFICER, Kind.SECTORAL, OWN)
    assert not may_plan(OFFICER, Kind.SECTORAL, OTHER)
    assert not may_plan(OFFICER, Kind.PROVINCIAL, OWN)
    assert all(may_plan(FOCAL_POINT, kind, OTHER) for kind in Kind)


def test_every_state_kind_and_rule_has_its_words():
    assert set(RULES) == set(Act)
    assert (set(KINDS), set(STATES)) == (set(Kind), set(State))
    assert (set(COMPETENCES), set(HANDLINGS)) == (set(Competence), set(Handling))
    assert (set(STANDINGS), set(READINESS)) == (set(Standing), set(Readiness))
    assert set(WRONG_DAYS) == set(FIELD_OF) == set(Wrong)


TODAY = date(2026, 11, 24)


def days(closes, replies, held):
    return Days(*(TODAY + timedelta(days=n) for n in (closes, replies, held)))


@pytest.mark.parametrize(
    "given_days, wrong",
    [
        (days(5, 8, 10), []),
        (days(0, 0, 1), []),
        (days(5, 8, 0), [Wrong.HELD_PAST, Wrong.CLOSES_AFTER_DAY, Wrong.REPLIES_AFTER_DAY]),
        (days(-1, 8, 10), [Wrong.CLOSES_PAST]),
        (days(10, 10, 10), [Wrong.CLOSES_AFTER_DAY]),
        (days(12, 11, 10), [Wrong.CLOSES_AFTER_DAY, Wrong.REPLIES_BEFORE_CLOSING, Wrong.REPLIES_AFTER_DAY]),
        (days(5, 4, 10), [Wrong.REPLIES_BEFORE_CLOSING]),
        (days(5, 11, 10), [Wrong.REPLIES_AFTER_DAY]),
    ],
)
def test_days_that_do_not_fit_are_named(given_days, wrong):
    assert wrong_days(given_days, TODAY) == wrong


def test_a_sectoral_dialogue_comes_before_the_provincial_one():
    assert wrong_days(days(5, 8, 10), TODAY, TODAY + timedelta(days=10)) == [Wrong.AFTER_PROVINCIAL]
    assert wrong_days(days(5, 8, 10), TODAY, TODAY + timedelta(days=11)) == []


@given(st.integers(-3, 60), st.integers(-3, 60), st.integers(-3, 60))
def test_days_without_a_fault_stand_in_their_order(closes, replies, held):
    if not wrong_days(days(closes, replies, held), TODAY):
        assert 0 <= closes <= replies <= held
        assert closes < held


def test_the_last_day_of_the_call_still_counts():
    assert takes_proposals(State.CALLED, TODAY, TODAY)
    assert not takes_proposals(State.CALLED, TODAY, TODAY + timedelta(days=1))
    assert not takes_proposals(State.PLANNED, TODAY, TODAY)
    assert not takes_proposals(State.CANCELLED, TODAY, TODAY)


def test_the_seasons_are_june_and_december():
    assert [month for month in range(1, 13) if is_season(date(2026, month, 28))] == [6, 12]


@pytest.mark.parametrize(
    "state, done, expected",
    [
        (ItemState.OPEN, None, {-1: Standing.RUNNING, 0: Standing.RUNNING, 1: Standing.LATE}),
        (ItemState.REPORTED, 0, {5: Standing.REPORTED}),
        (ItemState.DONE, 0, {5: Standing.DONE}),
        (ItemState.DONE, 1, {5: Standing.DONE_LATE}),
    ],
)
def test_an_item_is_late_only_on_the_next_day_and_what_is_done_keeps_its_day(state, done, expected):
    done_on = TODAY + timedelta(days=done) if done is not None else None
    for off, stands in expected.items():
        assert standing(state, TODAY, done_on, TODAY + timedelta(days=off)) is stands


@pytest.mark.parametrize("readiness", Readiness)
@pytest.mark.parametrize("handling", Handling)
def test_in_writing_means_answered_and_for_the_day_a_draft_is_enough(handling, readiness):
    enough = {Readiness.ANSWERED} if handling is Handling.WRITTEN else set(Readiness) - {Readiness.NOTHING}
    assert is_ready(handling, readiness) == (readiness in enough)

"""Who may do what, for every act, function, relation and status; when it fits, for every pair of statuses."""

import pytest

from feedback_app.accounts.actor import Actor, Function, Held
from feedback_app.tickets.lifecycle import (
    DECIDED,
    MEANING,
    MOVES,
    OPEN,
    RULES,
    Act,
    Beside,
    Clock,
    Status,
    allows,
    working,
)
from feedback_app.tickets.policy import (
    ANSWERING,
    COORDINATING_OFFICES,
    HANDLING,
    Owner,
    TicketFacts,
    acts_open_to,
    fits,
    may,
    sees,
    sees_filer,
)

OURS, THEIRS, HELPING = 1, 2, 3
BY_OWNER = frozenset(
    {Act.CONSENT, Act.DISPUTE, Act.OBJECT_EXTENSION, Act.RATE, Act.REOPEN, Act.REPLY, Act.WITHDRAW}
)
READING = frozenset({Act.SEE, Act.SEE_FILER, Act.NOTE, Act.RECOGNISE, Act.RELEASE_FILES})
OF_THE_AGENCY = frozenset(
    {
        Act.APPROVE,
        Act.DELEGATE,
        Act.ISSUE,
        Act.MINISTRY_REPLIED,
        Act.PETITION,
        Act.PROMISE,
        Act.RECUSE,
        Act.WATCH,
    }
)
BY_THE_LEAD = frozenset({Act.OBJECT, Act.RETURN})
ANSWERERS = BY_THE_LEAD | {
    Act.ACCEPT, Act.ANSWER, Act.APOLOGISE, Act.ASK, Act.ASK_CONSENT, Act.ASK_OPINION, Act.DRAFT, Act.EXTEND,
    Act.PROPOSE_CHANGE, Act.REDIRECT, Act.REJECT, Act.REPORT_UP,
}  # fmt: skip
DISTRIBUTING = frozenset({Act.ASSIGN, Act.CLUSTER, Act.PROJECT, Act.RECLASSIFY})
NOT_ON_SENSITIVE = frozenset(
    {
        Act.ASK_OPINION, Act.CLUSTER, Act.DIRECT, Act.GIVE_OPINION, Act.MINISTRY_REPLIED, Act.OBJECT, Act.PETITION,
        Act.PROJECT, Act.PROPOSE_CHANGE, Act.RECLASSIFY, Act.RECOGNISE, Act.REPORT_UP, Act.SETTLE, Act.WATCH,
    }
)  # fmt: skip
RELATIONS = {"own": OURS, "coordinating": HELPING, "other": THEIRS}


def person(function, agency=OURS):
    return Actor(user_id=7, name="Ai đó", held=(Held(function, agency, "x"),))


def ticket(status=Status.IN_WORK, **facts):
    given = {
        "lead_id": OURS,
        "holder_id": OURS,
        "coordinating_ids": frozenset({HELPING}),
        "asked_ids": frozenset({HELPING}),
    }
    return TicketFacts(status=status, **(given | facts))


def expected(function, relation):
    """What a person may do with an ordinary ticket, written out by hand."""
    if function not in HANDLING:
        return frozenset()
    acts = frozenset() if relation == "other" else READING
    if relation == "own":
        acts |= OF_THE_AGENCY
        acts |= ANSWERERS if function in ANSWERING else frozenset()
        acts |= {Act.DECIDE_REQUEST} if function is Function.AGENCY_HEAD else frozenset()
    if relation == "coordinating" and function in ANSWERING:
        acts |= {Act.GIVE_OPINION}
    if function in COORDINATING_OFFICES:
        acts |= READING | DISTRIBUTING
    if function is Function.PROVINCIAL_OFFICE:
        acts |= {Act.DIRECT, Act.SETTLE}
    return acts


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("relation", RELATIONS)
@pytest.mark.parametrize("function", Function)
def test_every_function_may_exactly_what_its_relation_to_the_ticket_allows(function, relation, status):
    who = person(function, RELATIONS[relation])
    facts = ticket(status)
    assert {act for act in Act if may(who, act, facts)} == expected(function, relation)
    fitting = {act for act in Act if status in RULES[act].when and not RULES[act].needs}
    assert acts_open_to(who, facts) == expected(function, relation) & fitting


@pytest.mark.parametrize("beside", Beside)
@pytest.mark.parametrize("act", Act)
def test_what_stands_beside_the_status_lets_or_stops_an_act(act, beside):
    rule, status = RULES[act], next(iter(RULES[act].when))
    assert fits(act, ticket(status, beside=rule.needs))
    if beside in rule.needs:
        assert not fits(act, ticket(status, beside=rule.needs - {beside}))
    if beside in rule.bars:
        assert not fits(act, ticket(status, beside=rule.needs | {beside}))


@pytest.mark.parametrize("function", HANDLING)
def test_a_ticket_is_handed_on_by_whoever_handles_it_and_by_the_head(function):
    assert may(person(function), Act.DELEGATE, ticket(handler_id=7))
    assert may(person(function), Act.DELEGATE, ticket(handler_id=None))
    assert may(person(function), Act.DELEGATE, ticket(handler_id=8)) == (function is Function.AGENCY_HEAD)


def test_a_provisional_assignment_is_objected_to_not_returned():
    facts = ticket(Status.ASSIGNED, beside=frozenset({Beside.PROVISIONAL}))
    open_to_us = acts_open_to(person(Function.OFFICER), facts)
    assert Act.OBJECT in open_to_us
    assert Act.RETURN not in open_to_us


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("act", Act)
def test_the_owner_sees_and_does_what_is_the_enterprise_s_and_nothing_else(act, status):
    assert may(Owner(), act, ticket(status)) == (act in BY_OWNER | {Act.SEE, Act.SEE_FILER})


@pytest.mark.parametrize("function", Function)
def test_nobody_of_a_concerned_agency_sees_a_report_about_it_whatever_else_they_are(function):
    facts = ticket(sensitive=True, concerned_ids=frozenset({OURS}))
    assert not sees(person(function), facts)
    assert acts_open_to(person(function), facts) == frozenset()


@pytest.mark.parametrize("function", Function)
@pytest.mark.parametrize("agency", [THEIRS, HELPING])
def test_a_sensitive_report_is_for_its_holder_and_its_lead_alone(function, agency):
    assert not sees(person(function, agency), ticket(sensitive=True))


@pytest.mark.parametrize("function", HANDLING)
def test_a_hidden_filer_is_known_to_the_coordinating_offices_alone(function):
    assert sees_filer(person(function), ticket(hide_identity=True)) == (function in COORDINATING_OFFICES)


@pytest.mark.parametrize("agency", [OURS, THEIRS])
@pytest.mark.parametrize("function", Function)
def test_a_hidden_filer_of_a_sensitive_report_is_known_to_the_head_of_its_holder_alone(function, agency):
    facts = ticket(lead_id=THEIRS, sensitive=True, hide_identity=True)
    knows = function is Function.AGENCY_HEAD and agency == OURS
    assert sees_filer(person(function, agency), facts) == knows
    assert may(person(function, agency), Act.RELEASE_FILES, facts) == knows


def test_the_head_of_a_concerned_agency_never_knows_who_reported_it_though_it_holds_the_report():
    facts = ticket(sensitive=True, hide_identity=True, concerned_ids=frozenset({OURS}))
    assert not sees_filer(person(Function.AGENCY_HEAD), facts)


@pytest.mark.parametrize("act", sorted(NOT_ON_SENSITIVE))
@pytest.mark.parametrize("function", Function)
def test_no_act_brings_a_further_agency_to_a_sensitive_report(function, act):
    assert not may(person(function), act, ticket(sensitive=True))
    assert not RULES[act].sensitive


@pytest.mark.parametrize("act", sorted(ANSWERERS | OF_THE_AGENCY | {Act.DECIDE_REQUEST}))
def test_who_stood_aside_does_nothing_more_with_the_ticket(act):
    facts = ticket(recused_ids=frozenset({7}))
    assert not may(person(Function.AGENCY_HEAD), act, facts)
    assert may(person(Function.AGENCY_HEAD), act, ticket(recused_ids=frozenset({8})))


@pytest.mark.parametrize("act", sorted(ANSWERERS))
def test_who_answered_before_does_not_take_the_new_look(act):
    facts = ticket(Status.REVIEW, round=2, past_author_ids=frozenset({7}))
    assert not may(person(Function.OFFICER), act, facts)


def test_whoever_triages_a_sensitive_report_distributes_it_though_no_focal_point():
    facts = ticket(Status.TRIAGE, lead_id=None, sensitive=True)
    assert may(person(Function.INSPECTOR), Act.ASSIGN, facts)
    assert not may(person(Function.FOCAL_POINT, THEIRS), Act.ASSIGN, facts)


def test_only_the_lead_returns_what_was_passed_up_to_an_office():
    facts = ticket(Status.REVIEW, lead_id=THEIRS, holder_id=OURS, round=2)
    assert not may(person(Function.PROVINCIAL_OFFICE), Act.RETURN, facts)


# fmt: off
LEGAL = {
    "received": "triage assigned withdrawn",
    "triage": "assigned redirected withdrawn",
    "assigned": "assigned in_work triage withdrawn",
    "in_work": "need_info answered rejected redirected policy_backlog assigned triage"
    " at_province at_ministry withdrawn",
    "need_info": "in_work review assigned withdrawn",
    "at_province": "assigned in_work review at_ministry withdrawn",
    "at_ministry": "in_work review assigned withdrawn",
    "answered": "review closed",
    "rejected": "review closed",
    "redirected": "review closed",
    "policy_backlog": "review closed",
    "review": "review answered rejected redirected policy_backlog need_info"
    " at_province at_ministry assigned withdrawn",
    "withdrawn": "",
    "closed": "review",
}
# fmt: on


@pytest.mark.parametrize("target", Status)
@pytest.mark.parametrize("current", Status)
def test_a_ticket_makes_the_moves_written_here_and_no_other(current, target):
    assert allows(current, target) == (target.value in LEGAL[current.value].split())


def test_every_status_has_a_meaning_and_moves_and_is_reached():
    reached = frozenset().union(*MOVES.values()) | {Status.RECEIVED}
    assert set(MEANING) == set(MOVES) == reached == set(Status)


def test_an_end_is_left_only_by_reopening_and_the_clock_runs_only_before_the_decision():
    ends = {status for status in Status if MEANING[status].clock is Clock.CLOSED}
    assert not MOVES[Status.WITHDRAWN]
    assert MOVES[Status.CLOSED] == {Status.REVIEW}
    assert set(Status) - ends - DECIDED == OPEN


def test_a_later_round_is_worked_on_as_a_review():
    assert [working(number) for number in (1, 2, 3)] == [Status.IN_WORK, Status.REVIEW, Status.REVIEW]

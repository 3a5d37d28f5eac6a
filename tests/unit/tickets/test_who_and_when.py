"""Who may do what, for every act, function, relation and status; when it fits, for every pair of statuses."""

import pytest

from feedback_app.accounts.actor import Actor, Function, Held
from feedback_app.tickets.lifecycle import MEANING, MOVES, OPEN, WHEN, Act, Clock, Status, allows
from feedback_app.tickets.policy import (
    ANSWERING,
    COORDINATING_OFFICES,
    HANDLING,
    Owner,
    TicketFacts,
    acts_open_to,
    may,
    sees,
    sees_filer,
)

OURS, THEIRS, HELPING = 1, 2, 3
BY_OWNER = frozenset({Act.REPLY, Act.RATE, Act.DISPUTE, Act.WITHDRAW})
READING = frozenset({Act.SEE, Act.SEE_FILER, Act.NOTE})
HOLDING = READING | {Act.ACCEPT, Act.ASK, Act.ANSWER, Act.RETURN}
RELATIONS = {"own": OURS, "coordinating": HELPING, "other": THEIRS}


def person(function, agency=OURS):
    return Actor(user_id=7, name="Ai đó", held=(Held(function, agency, "x"),))


def ticket(status=Status.IN_WORK, **facts):
    given = {"lead_id": OURS, "holder_id": OURS, "coordinating_ids": frozenset({HELPING})}
    return TicketFacts(status=status, **(given | facts))


def expected(function, relation):
    """What a person may do with an ordinary ticket, written out by hand."""
    if function not in HANDLING:
        return frozenset()
    acts = frozenset() if relation == "other" else READING
    if relation == "own" and function in ANSWERING:
        acts = HOLDING
    if function in COORDINATING_OFFICES:
        acts |= READING | {Act.ASSIGN}
    return acts


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("relation", RELATIONS)
@pytest.mark.parametrize("function", Function)
def test_every_function_may_exactly_what_its_relation_to_the_ticket_allows(function, relation, status):
    who = person(function, RELATIONS[relation])
    facts = ticket(status)
    assert {act for act in Act if may(who, act, facts)} == expected(function, relation)
    assert acts_open_to(who, facts) == {a for a in expected(function, relation) if status in WHEN[a]}


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


@pytest.mark.parametrize("act", [Act.ACCEPT, Act.ASK, Act.ANSWER, Act.RETURN])
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


LEGAL = {
    ("received", "triage"), ("received", "assigned"), ("received", "withdrawn"),
    ("triage", "assigned"), ("triage", "withdrawn"),
    ("assigned", "assigned"), ("assigned", "in_work"), ("assigned", "triage"), ("assigned", "withdrawn"),
    ("in_work", "need_info"), ("in_work", "answered"), ("in_work", "assigned"), ("in_work", "triage"),
    ("in_work", "withdrawn"),
    ("need_info", "in_work"), ("need_info", "review"), ("need_info", "withdrawn"),
    ("answered", "review"), ("answered", "closed"),
    ("review", "review"), ("review", "answered"), ("review", "need_info"), ("review", "withdrawn"),
}  # fmt: skip


@pytest.mark.parametrize("target", Status)
@pytest.mark.parametrize("current", Status)
def test_a_ticket_makes_the_moves_written_here_and_no_other(current, target):
    assert allows(current, target) == ((current.value, target.value) in LEGAL)


def test_every_status_has_a_meaning_and_moves_and_is_reached():
    reached = frozenset().union(*MOVES.values()) | {Status.RECEIVED}
    assert set(MEANING) == set(MOVES) == reached == set(Status)


def test_nothing_follows_the_end_and_the_clock_runs_only_before_the_answer():
    ends = {status for status in Status if not MOVES[status]}
    assert ends == {status for status in Status if MEANING[status].clock is Clock.CLOSED}
    assert set(Status) - ends - {Status.ANSWERED} == OPEN

"""Where visits break the rule of their year or collide: by tables, and whatever the plans are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_app.catalogue import packs
from feedback_app.catalogue.packs.inspections import OTHER, Form
from feedback_app.inspections.rules import Reason, State, Visit, findings

PACK = packs.shipped().inspections
BEFORE, SINCE = PACK.rule_of(2024), PACK.rule_of(2026)
INSPECTION, CHECK = Form.INSPECTION, Form.CHECK


def visits(*told):
    """Return visits from (form, agency, contents, what else); numbered in their order."""
    return [
        Visit(id=n, form=form, agency=agency, contents=frozenset(contents.split()), **more)
        for n, (form, agency, contents, more) in enumerate(((*t, {}) if len(t) == 3 else t for t in told), 1)
    ]


def reasons(told, rule):
    return [(finding.reason, finding.visits) for finding in findings(told, rule)]


TAX = (INSPECTION, "thue", "tax")
FIRE = (CHECK, "cong-an", "fire_safety")
ENVIRONMENT = (CHECK, "so-nnmt", "environment")


@pytest.mark.parametrize(
    "told,in_2024,since_2025",
    [
        ([TAX], [], []),
        # one of each form on different content: too many together in 2024, allowed since
        ([TAX, FIRE], [("too_many", (1, 2))], []),
        ([FIRE, ENVIRONMENT], [("too_many", (1, 2))], [("too_many", (1, 2))]),
        ([TAX, TAX], [("too_many", (1, 2))], [("too_many", (1, 2))]),
        # one of each form on the same content, by one agency
        ([TAX, (CHECK, "thue", "tax")], [("too_many", (1, 2))], [("both_forms", (1, 2))]),
        # and by two: they had better go together, too
        (
            [TAX, (CHECK, "hai-quan", "tax customs")],
            [("too_many", (1, 2)), ("same_content", (1, 2))],
            [("both_forms", (1, 2)), ("same_content", (1, 2))],
        ),
        # an exception lifts the limit where the rule names it, never the need to talk
        (
            [FIRE, (CHECK, "so-xd", "fire_safety", {"exception": "clear_signs"})],
            [("too_many", (1, 2)), ("same_content", (1, 2))],
            [("same_content", (1, 2))],
        ),
        ([FIRE, (CHECK, "so-nnmt", "environment", {"exception": "clear_signs"})], [("too_many", (1, 2))], []),
        (
            [FIRE, (CHECK, "so-nnmt", "environment", {"exception": "something"})],
            [("too_many", (1, 2))],
            [("too_many", (1, 2))],
        ),
        # what was dropped counts nowhere
        ([FIRE, (CHECK, "so-xd", "fire_safety", {"state": State.DROPPED})], [], []),
        # a joint team is one visit, also where two agencies write down the same decision
        ([(CHECK, "so-xd", "construction", {"joined": frozenset({"cong-an"})})], [], []),
        (
            [
                (CHECK, "so-xd", "construction", {"decision": "12/qd 2026-03-02"}),
                (CHECK, "cong-an", "construction", {"decision": "12/qd 2026-03-02"}),
            ],
            [],
            [],
        ),
        # content outside the list is the same when the words are
        (
            [(INSPECTION, "so-nv", OTHER, {"words": "bien che"}), (CHECK, "so-tc", OTHER, {"words": "bien che"})],
            [("too_many", (1, 2)), ("same_content", (1, 2))],
            [("both_forms", (1, 2)), ("same_content", (1, 2))],
        ),
        (
            [(INSPECTION, "so-nv", OTHER, {"words": "bien che"}), (CHECK, "so-tc", OTHER, {"words": "quy hoach"})],
            [("too_many", (1, 2))],
            [],
        ),
    ],
)  # fmt: skip
def test_what_is_found_by_the_rule_of_the_year(told, in_2024, since_2025):
    assert reasons(visits(*told), BEFORE) == in_2024
    assert reasons(visits(*told), SINCE) == since_2025


def test_without_a_rule_only_colliding_plans_are_found():
    told = visits(TAX, TAX, FIRE, (CHECK, "so-xd", "fire_safety"))
    assert reasons(told, None) == [(Reason.SAME_CONTENT, (3, 4))]


def test_whom_to_bring_together_are_all_who_lead_or_join():
    told = visits((CHECK, "so-xd", "fire_safety", {"joined": frozenset({"so-ct"})}), FIRE)
    (too_many, same) = findings(told, SINCE)
    assert too_many.agencies == same.agencies == ("cong-an", "so-ct", "so-xd")
    assert (too_many.teams, too_many.limit.most, same.topics) == (2, 1, ("fire_safety",))


def test_one_finding_names_all_that_the_same_visits_share():
    told = visits((CHECK, "so-xd", "fire_safety labour tax"), (CHECK, "cong-an", "labour fire_safety"))
    assert [f.topics for f in findings(told, None)] == [("fire_safety", "labour")]


@pytest.mark.parametrize(
    "states,is_open",
    [(("done", "done"), False), (("done", "planned"), True), (("planned", "planned"), True)],
)
def test_what_has_taken_place_whole_can_no_longer_be_changed(states, is_open):
    told = visits(
        *((CHECK, a, "tax", {"state": State(s)}) for a, s in zip(("thue", "so-tc"), states, strict=True))
    )
    assert {finding.open for finding in findings(told, SINCE)} == {is_open}


plans = st.lists(
    st.builds(
        Visit,
        id=st.integers(1, 10**6),
        form=st.sampled_from(Form),
        agency=st.sampled_from(("thue", "so-xd", "cong-an")),
        joined=st.frozensets(st.sampled_from(("so-ct", "so-nv")), max_size=2),
        contents=st.frozensets(
            st.sampled_from(("tax", "labour", "fire_safety", OTHER)), min_size=1, max_size=3
        ),
        words=st.sampled_from(("", "bien che")),
        decision=st.sampled_from(("", "", "1 2026-01-05", "2 2026-02-05")),
        exception=st.sampled_from(("", "", "clear_signs")),
        state=st.sampled_from(State),
    ),
    max_size=7,
    unique_by=lambda visit: visit.id,
)
rules = st.sampled_from((None, BEFORE, SINCE))


@given(plans, rules, st.randoms())
def test_the_order_in_which_plans_come_in_does_not_matter(told, rule, random):
    shuffled = random.sample(told, len(told))
    assert findings(told, rule) == findings(shuffled, rule)


@given(plans, rules)
def test_what_was_dropped_changes_nothing(told, rule):
    assert findings(told, rule) == findings([v for v in told if v.state is not State.DROPPED], rule)


@given(plans, rules)
def test_every_finding_is_about_visits_that_count_and_people_of_theirs(told, rule):
    by_id = {visit.id: visit for visit in told}
    for finding in findings(told, rule):
        concerned = [by_id[visit_id] for visit_id in finding.visits]
        assert len(concerned) >= finding.teams >= 2
        assert set(finding.agencies) == {a for v in concerned for a in ({v.agency} | v.joined)}
        assert all(visit.state is not State.DROPPED for visit in concerned)
        assert finding.open == any(visit.state is State.PLANNED for visit in concerned)


@given(plans, rules, st.integers(0, 6))
def test_taking_a_plan_away_brings_up_no_new_sort_of_finding(told, rule, n):
    fewer = told[:n] + told[n + 1 :]
    alone = {v.decision for v in told if v.decision and sum(o.decision == v.decision for o in told) > 1}
    if not alone:  # a team of two tellers may fall apart, or lose its exception
        assert {f.reason for f in findings(fewer, rule)} <= {f.reason for f in findings(told, rule)}


@given(plans)
def test_a_limit_is_broken_exactly_when_more_teams_come_than_it_allows(told):
    counting = [v for v in told if v.state is not State.DROPPED]
    for form in Form:
        teams = {v.decision or v.id for v in counting if v.form is form}
        excused = {v.decision or v.id for v in counting if v.form is form and v.exception == "clear_signs"}
        broken = any(f.reason is Reason.TOO_MANY and f.limit.forms == (form,) for f in findings(told, SINCE))
        assert broken == (len(teams - excused) > 1)

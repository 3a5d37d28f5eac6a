"""What is never published, what silence means, who answers for it, what was changed by hand."""

from datetime import date

import pytest

from feedback_app.accounts.actor import Actor, Function, Held
from feedback_app.catalogue import packs
from feedback_app.library import policy
from feedback_app.library.lifecycle import Said, Wait, wait_of
from feedback_app.library.rules import Change, Facts, changes, cited, withheld

PACK = packs.shipped().library
LAST = date(2026, 11, 27)


@pytest.mark.parametrize("facts, kept", [
    (Facts("obstacle", False, False, False), False),
    (Facts("information_request", False, False, False), False),
    (Facts("informal_cost", False, False, False), True),
    (Facts("overlapping_inspection", False, False, False), True),
    (Facts("obstacle", True, False, False), True),
    (Facts("obstacle", False, True, False), True),
    (Facts("obstacle", False, False, True), True),
])  # fmt: skip
def test_some_answers_are_never_published_and_the_reason_is_said_in_both_languages(facts, kept):
    reason = withheld(facts, PACK)
    assert (reason is not None) is kept
    assert reason is None or (reason.vi and reason.en)


@pytest.mark.parametrize("consented, agreed, today, expected", [
    (True, None, LAST, Wait.OBJECTION_TIME),
    (True, None, date(2026, 11, 28), Wait.READY),
    (False, None, LAST, Wait.OBJECTION_TIME),
    (False, None, date(2027, 1, 1), Wait.AGREEMENT),
    (False, True, LAST, Wait.READY),
    (True, True, LAST, Wait.READY),
])  # fmt: skip
def test_silence_agrees_only_where_consent_was_given_at_filing(consented, agreed, today, expected):
    assert wait_of(Said(consented, agreed, LAST), today) is expected


def person(user_id, function, agency_id=1):
    return Actor(user_id, "Người", (Held(function, agency_id, "so-xd"),))


def test_whoever_proposed_does_not_answer_for_it():
    head = person(5, Function.AGENCY_HEAD)
    assert policy.may_propose(head, 1)
    assert not policy.may_decide(head, 1, proposed_by=5)
    assert policy.may_decide(head, 1, proposed_by=6)
    assert not policy.may_decide(person(7, Function.AGENCY_HEAD, 2), 1, proposed_by=6)
    assert not policy.may_decide(person(8, Function.OFFICER), 1, proposed_by=6)
    assert policy.may_decide(person(9, Function.FOCAL_POINT, 2), 1, proposed_by=6)


@pytest.mark.parametrize("function, proposes, reads, marks", [
    (Function.OFFICER, True, True, False), (Function.CLERK, False, True, False),
    (Function.AGENCY_HEAD, True, True, False), (Function.FOCAL_POINT, True, True, True),
    (Function.PROVINCIAL_OFFICE, True, True, True), (Function.LEADERSHIP, False, False, False),
    (Function.ADMINISTRATOR, False, False, False), (Function.AUDITOR, False, False, False),
    (Function.ENTERPRISE, False, False, False),
])  # fmt: skip
def test_each_function_has_its_part(function, proposes, reads, marks):
    who = person(3, function)
    assert (policy.may_propose(who, 1), policy.reads(who, 1), policy.may_mark_documents(who)) == (
        proposes, reads, marks,
    )  # fmt: skip


def test_cited_documents_are_taken_from_the_text_each_once():
    text = "Theo Nghị định 30/2020/NĐ-CP, Luật số 91/2025/QH15, QĐ 23/2023/QĐ-UBND; ngày 12/9/2026, công văn 12/SXD."
    assert cited(text, "30/2020/NĐ-CP") == ["30/2020/NĐ-CP", "91/2025/QH15", "23/2023/QĐ-UBND"]


def test_what_an_officer_changed_stands_word_by_word():
    assert changes("ông [tên người] nộp đơn", "người nộp đơn hôm nay") == [
        Change("ông [tên người]", "người"), Change("", "hôm nay"),
    ]  # fmt: skip
    assert changes("như cũ", "như cũ") == []

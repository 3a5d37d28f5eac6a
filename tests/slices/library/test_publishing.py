"""The way of an answer into the library and out of it."""

from datetime import date

import pytest
from sqlalchemy import func, select

from feedback_app.core.audit import AuditEntry
from feedback_app.core.db import unit_of_work
from feedback_app.core.errors import Conflict, Forbidden, Invalid, NotFound
from feedback_app.library import queries
from feedback_app.library.lifecycle import Status
from feedback_app.library.models import AnswerWord, CitedDocument, LibraryAnswer
from feedback_app.library.services import deciding, proposing
from feedback_app.tickets.policy import Owner
from tests.factories import reread
from tests.slices.library.conftest import AFTER, LATER


@pytest.fixture
def row(session):
    def read(code):
        session.rollback()
        session.expire_all()
        return session.scalars(select(LibraryAnswer).where(LibraryAnswer.code == code)).one()

    return read


@pytest.fixture
def publish(session, people):
    def run(code, by=None, at=AFTER, seen=None):
        with unit_of_work() as writing:
            own = writing.scalars(select(LibraryAnswer).where(LibraryAnswer.code == code)).one()
            deciding.approve(writing, own, own.version if seen is None else seen, by=by or people.head, at=at)

    return run


def test_the_enterprise_gets_three_working_days_and_hears_of_it(answered, propose, row, session):
    ticket = answered()
    found = row(propose(ticket))
    assert found.object_until == date(2026, 11, 9)  # Wednesday 4 + Thursday, Friday, Monday
    assert found.status == Status.WAITING
    assert "Nguyễn Văn An" not in found.text
    assert "0905" not in found.text
    assert [e.kind for e in reread(session, ticket.code).entries][-1] == "publication_asked"


def test_what_the_check_still_finds_must_be_looked_at(answered, propose, row):
    ticket = answered()
    with pytest.raises(Invalid):
        propose(ticket, text="Liên hệ ông Trần Văn Bình, 0905 123 456.")
    found = row(propose(ticket, text="Liên hệ ông Trần Văn Bình.", let_stand=True))
    assert [left[1:] for left in found.left] == [["person", "Trần Văn Bình"]]
    assert any("Trần Văn Bình" in after for _part, _before, after in found.changes)


@pytest.mark.parametrize("given", [
    {"kind": "informal_cost"}, {"hide_identity": True}, {"accusation": "went_on"},
])  # fmt: skip
def test_what_is_never_published_cannot_be_proposed(session, loaded, people, given):
    from feedback_app.tickets.models import Ticket

    ticket = Ticket(
        kind=given.get("kind", "obstacle"), sensitive=False, hide_identity=given.get("hide_identity", False),
        accusation=given.get("accusation"),
    )  # fmt: skip
    assert proposing.reason_against(ticket, loaded)


def test_a_colleague_of_another_agency_cannot_propose(answered, propose, people):
    with pytest.raises(Forbidden):
        propose(answered(), by=people.other)


def test_the_same_answer_is_proposed_once(answered, propose):
    ticket = answered()
    propose(ticket)
    with pytest.raises(Conflict):
        propose(ticket)


def test_silence_publishes_after_the_last_day_only_and_another_person_answers_for_it(
    answered, propose, publish, row, people
):
    code = propose(answered())
    with pytest.raises(Conflict):
        publish(code, at=LATER)
    with pytest.raises(Forbidden):
        publish(code, by=people.officer)
    with pytest.raises(Forbidden):
        publish(code, by=people.other)
    publish(code)
    found = row(code)
    assert (found.status, found.decided_by_id) == (Status.PUBLISHED, people.head.user_id)


def test_whoever_proposed_as_head_does_not_approve(answered, propose, publish, people):
    code = propose(answered(), by=people.head)
    with pytest.raises(Forbidden):
        publish(code)
    publish(code, by=people.focal)


def test_without_consent_at_filing_silence_publishes_nothing(answered, propose, publish, session):
    ticket = answered(publish_consent=False)
    code = propose(ticket)
    with pytest.raises(Conflict):
        publish(code)
    say(ticket, code, agreed=True)
    publish(code, at=LATER)


def say(ticket, code, *, agreed):
    with unit_of_work() as writing:
        own = writing.scalars(select(LibraryAnswer).where(LibraryAnswer.code == code)).one()
        deciding.reply(
            writing, reread(writing, ticket.code), own, by=Owner(), agreed=agreed, reason="", at=LATER
        )


def test_one_objection_ends_it_and_it_is_never_proposed_again(answered, propose, publish, row):
    ticket = answered()
    code = propose(ticket)
    say(ticket, code, agreed=False)
    assert row(code).status == Status.OBJECTED
    with pytest.raises(Conflict):
        publish(code)
    with pytest.raises(Conflict):
        propose(ticket)


def test_at_the_enterprise_s_word_a_published_answer_is_taken_out(answered, propose, publish, row, session):
    ticket = answered()
    code = propose(ticket)
    publish(code)
    say(ticket, code, agreed=False)
    assert row(code).status == Status.OBJECTED
    with pytest.raises(NotFound):
        queries.by_code(session, code)
    assert session.scalar(select(func.count()).select_from(AnswerWord)) == 0


def replace_decree(by):
    with unit_of_work() as writing:
        own = writing.scalars(select(CitedDocument).where(CitedDocument.number == "30/2020/NĐ-CP")).one()
        deciding.replace_document(writing, own, "1/2027/NĐ-CP", date(2026, 11, 20), by=by, at=AFTER)
        return own.id


def test_a_replaced_document_takes_its_answers_out_with_a_note_and_lists_whom_to_ask(
    answered, propose, publish, row, session, people
):
    first, second = propose(answered()), propose(answered(), documents=("91/2025/QH15",))
    publish(first)
    publish(second)
    with pytest.raises(Forbidden):
        replace_decree(people.head)
    id_ = replace_decree(people.focal)
    assert (row(first).status, row(first).end_note) == (Status.EXPIRED, "30/2020/NĐ-CP → 1/2027/NĐ-CP")
    assert row(second).status == Status.PUBLISHED
    assert [answer.code for answer in queries.citing(session, id_)] == [first]
    assert {d.number: n for d, n in queries.documents(session)} == {
        "30/2020/NĐ-CP": 0,
        "91/2025/QH15": 1,
    }


def test_what_expired_or_was_sent_back_is_proposed_anew_at_the_same_address(
    answered, propose, publish, row, people
):
    ticket = answered()
    code = propose(ticket)
    with unit_of_work() as writing:
        own = writing.scalars(select(LibraryAnswer).where(LibraryAnswer.code == code)).one()
        deciding.refuse(writing, own, "Che thêm địa điểm.", by=people.head, at=LATER)
    assert propose(ticket, documents=()) == code
    assert (row(code).status, row(code).decision_note) == (Status.WAITING, "")
    publish(code)


def test_every_deed_stands_in_the_audit(answered, propose, publish, session):
    publish(propose(answered()))
    query = select(AuditEntry.event).where(AuditEntry.event.like("library.%")).order_by(AuditEntry.id)
    events = session.scalars(query).all()
    assert events == ["library.proposed", "library.published"]


def test_an_answer_that_changed_meanwhile_is_not_approved_unseen(answered, propose, publish, row):
    code = propose(answered())
    with pytest.raises(Conflict):
        publish(code, seen=row(code).version - 1)

"""Conclusions on both databases: items, the signed paper, reports, reminders, heirs."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select, update

from feedback_app.accounts.actor import Function
from feedback_app.core import clock, outbox
from feedback_app.core.db import db, unit_of_work
from feedback_app.core.errors import Conflict, Forbidden, Invalid
from feedback_app.dialogues import queries
from feedback_app.dialogues.jobs import follow
from feedback_app.dialogues.models import DueReminder, Meeting, MeetingItem
from feedback_app.dialogues.services import (
    concluding,
    following,
    passing,
)
from feedback_app.dialogues.services.concluding import Given, Signed
from feedback_app.notifications.models import Dispatch
from feedback_app.tickets.services import handling, referring
from tests.factories import a_person, a_ticket, actor_of, reread
from tests.factories.dialogues import a_meeting, an_item

NOW = datetime(2026, 11, 24, 2, tzinfo=UTC)


SIGNED = Signed(number="512/TB-UBND", dated=date(2026, 11, 23), signer="Chủ tịch (mẫu)")


@pytest.mark.parametrize(
    "given, field",
    [
        ({"owner_id": None}, "owner"),
        ({"due_on": None}, "due_on"),
        ({"due_on": date(2026, 11, 24)}, "due_on"),
        ({"text": "  "}, "text"),
        ({"ticket": "KH-2026-999999"}, "ticket"),
    ],
)
def test_an_item_without_owner_day_or_text_is_refused(session, loaded, focal, by, given, field):
    meeting = a_meeting(loaded, focal, state="held")
    told = {"text": "Việc", "owner_id": loaded.agency_ids["so-xd"], "due_on": date(2026, 12, 31)} | given
    with unit_of_work() as writing, pytest.raises(Invalid) as refused:
        concluding.add_item(writing, writing.get_one(Meeting, meeting.id), Given(**told), by=by, at=NOW)
    assert refused.value.field == field


def test_conclusions_need_an_item_and_a_day_not_before_the_meeting(session, loaded, focal, by):
    meeting = a_meeting(loaded, focal, state="held")
    with unit_of_work() as writing:
        found = writing.get_one(Meeting, meeting.id)
        with pytest.raises(Invalid):
            concluding.conclude(writing, found, SIGNED, loaded, by=by, at=NOW)
        given = {"text": "Việc", "owner_id": loaded.agency_ids["so-xd"], "due_on": date(2026, 12, 31)}
        concluding.add_item(writing, found, Given(**given), by=by, at=NOW)
        early = Signed(number="1", dated=date(2026, 11, 20), signer="A")
        with pytest.raises(Invalid) as refused:
            concluding.conclude(writing, found, early, loaded, by=by, at=NOW)
        assert refused.value.field == "letter_date"


def test_the_paper_answers_a_ticket_that_waits_for_the_province(session, loaded, focal):
    office = actor_of(session, a_person(session, Function.PROVINCIAL_OFFICE, "vp-ubnd"))
    officer = actor_of(session, a_person(session, Function.OFFICER, "so-xd"))
    meeting, ticket = a_meeting(loaded, focal, state="held"), a_ticket(session, loaded)
    with unit_of_work() as writing:
        handling.accept(writing, reread(writing, ticket.code), by=officer, at=NOW)
    with unit_of_work() as writing:
        up = reread(writing, ticket.code)
        referring.report_up(writing, up, loaded, by=officer, reason="Vượt thẩm quyền.", at=NOW)
    with unit_of_work() as writing:
        found = queries.meeting(writing, office, meeting.code)
        given = {"text": "Cấp phép", "owner_id": loaded.agency_ids["so-xd"], "due_on": date(2026, 12, 31)}
        concluding.add_item(writing, found, Given(**given, ticket=ticket.code), by=office, at=NOW)
        concluding.conclude(writing, found, SIGNED, loaded, by=office, at=NOW)
    row = reread(session, ticket.code)
    assert row.status == "in_work"
    assert (row.referrals[-1].number, row.referrals[-1].owner_due_on) == ("512/TB-UBND", date(2026, 12, 31))


@pytest.fixture
def item(session, loaded, focal):
    concluded = a_meeting(loaded, focal, state="concluded")
    return an_item(session, loaded, concluded, focal, due_on=date(2026, 11, 23))


def test_what_is_given_back_runs_on_and_what_is_confirmed_keeps_its_day(session, item, by):
    owner = actor_of(session, a_person(session, Function.OFFICER, "so-xd"))

    def report(done=True):
        with unit_of_work() as writing:
            row, meeting = queries.item(writing, owner, item.id)
            following.report(writing, meeting, row, "Đã ban hành.", done=done, by=owner, at=NOW)

    def decide(**given):
        with unit_of_work() as writing:
            row, meeting = queries.item(writing, by, item.id)
            following.decide(writing, meeting, row, by=by, at=NOW, **given)

    report(done=False)
    with pytest.raises(Conflict):
        decide(confirmed=True, remarks="")
    report()
    with pytest.raises(Conflict):
        report()
    with pytest.raises(Invalid):
        decide(confirmed=False, remarks=" ")
    decide(confirmed=False, remarks="Thiếu văn bản.")
    session.rollback()
    assert (session.get_one(MeetingItem, item.id).state, item.done_on) == ("open", None)
    report()
    decide(confirmed=True, remarks="")
    session.expire_all()
    row = session.get_one(MeetingItem, item.id)
    assert (row.state, row.done_on) == ("done", date(2026, 11, 24))
    stranger = actor_of(session, a_person(session, Function.OFFICER, "so-yt"))
    found, meeting = queries.item(session, stranger, item.id)
    with unit_of_work() as writing, pytest.raises(Forbidden):
        following.report(writing, meeting, found, "Tôi.", done=True, by=stranger, at=NOW)


def test_an_item_that_is_late_is_told_to_its_head_once_however_often_one_looks(session, item):
    head = a_person(session, Function.AGENCY_HEAD, "so-xd")
    follow()
    assert session.scalars(select(DueReminder)).all() == [], "the 24th is a day off"
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        for _ in range(2):
            follow()
            outbox.drain()
    db.session.remove()
    reminded = session.scalars(select(DueReminder).where(DueReminder.subject == "item")).all()
    assert len(reminded) == len({row.rung for row in reminded}) > 0
    told = session.scalars(select(Dispatch).where(Dispatch.user_id == head.id)).all()
    assert len(told) == 1
    assert (told[0].letter, told[0].data["what"], told[0].data["late"]) == ("dialogue", "item", True)
    assert "Rút ngắn" not in str(told[0].data)


def test_what_is_done_reminds_nobody(session, item):
    with unit_of_work() as writing:
        writing.execute(update(MeetingItem).values(state="done", done_on=date(2026, 11, 24)))
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        follow()
    session.rollback()
    assert session.scalars(select(DueReminder)).all() == []


def test_what_an_agency_that_ended_owed_passes_to_its_heir(session, loaded, focal):
    concluded = a_meeting(loaded, focal, state="concluded")
    item = an_item(session, loaded, concluded, focal, owner="so-khdt", due_on=date(2026, 12, 31))
    with unit_of_work() as writing:
        assert passing.pass_on(writing, loaded, clock.today(), NOW) == 1
    session.expire_all()
    assert loaded.agency_codes[session.get_one(MeetingItem, item.id).owner_id] == "so-tc"

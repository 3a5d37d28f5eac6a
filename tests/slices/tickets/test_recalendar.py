"""A notice is published: open tickets move to the new calendar, and whoever is concerned hears of it."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from feedback_app.catalogue import store
from feedback_app.catalogue.load import newest_of
from feedback_app.catalogue.packs.calendar import Notice
from feedback_app.core.audit import AuditEntry
from feedback_app.core.clock import LOCAL
from feedback_app.core.db import db, unit_of_work
from feedback_app.core.errors import Conflict, Invalid
from feedback_app.core.outbox import OutboxDelivery, OutboxEvent
from feedback_app.deadlines.events import EventKind
from feedback_app.deadlines.notices import CalendarChange
from feedback_app.notifications.models import Notification
from feedback_app.tickets import clocks, recalendar
from feedback_app.tickets.models import Ticket
from feedback_app.tickets.timeline import Entry
from tests.factories import a_person, a_ticket, reread

PACK = "calendars/vietnam"
TODAY = datetime(2026, 3, 9, 9, tzinfo=LOCAL)
STORM = CalendarChange(
    year=2026,
    notice=Notice(number="99/TB-UBND", issued_on=date(2026, 3, 9)),
    reason="Nghỉ phòng chống bão",
    off=(date(2026, 3, 10), date(2026, 3, 11)),
)
pytestmark = pytest.mark.usefixtures("packs_put_back")


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def administrator(session):
    return a_person(session, "administrator", None).id


def filed(session, loaded, day, **more):
    return a_ticket(session, loaded, at=datetime.combine(day, TODAY.time(), LOCAL), **more)


def publish(session, change, administrator, seen=None):
    pack = store.current(session).catalogue.calendars[0]
    seen = newest_of(session, PACK).version if seen is None else seen
    with unit_of_work() as writing:
        return recalendar.publish(writing, pack, change, seen_version=seen, by_id=administrator).id


def test_the_preview_counts_without_storing_anything(session, loaded):
    moved, before = filed(session, loaded, date(2026, 3, 2)), filed(session, loaded, date(2026, 2, 12))
    pack = loaded.catalogue.calendars[0]
    found = recalendar.preview(session, recalendar.tried(pack, STORM), STORM, TODAY.date())
    assert (found.moved, found.earlier, found.become_late, found.kept) == (1, 0, 0, 0)
    assert found.examples == [recalendar.Move(moved.code, date(2026, 3, 11), date(2026, 3, 13))]
    assert reread(session, before.code).due_on == date(2026, 3, 2)
    assert newest_of(session, PACK).content == pack.model_dump(mode="json")


def test_a_day_taken_back_may_make_tickets_late_at_once_and_the_preview_says_so(session, loaded):
    filed(session, loaded, date(2026, 2, 19))  # in Tết: due on Tuesday 03/03, on 27/02 without the holidays
    tet = frozenset({date(2026, 2, 20)})
    change = CalendarChange(year=2026, notice=STORM.notice, reason="", removed=tet)
    pack = recalendar.tried(loaded.catalogue.calendars[0], change)
    found = recalendar.preview(session, pack, change, date(2026, 3, 3))
    assert (found.moved, found.earlier, found.become_late) == (1, 1, 1)


def test_open_tickets_move_with_a_line_an_audit_row_and_news_and_others_only_change_calendar(
    session, loaded, administrator, drained
):
    officer = a_person(session).id
    moved = filed(session, loaded, date(2026, 3, 2))
    unmoved = filed(session, loaded, date(2026, 2, 12))
    codes = (moved.code, unmoved.code)
    drained()
    before = reread(session, codes[1]).version
    version = publish(session, STORM, administrator)
    drained()
    ticket = reread(session, codes[0])
    assert (ticket.due_on, ticket.calendar_id) == (date(2026, 3, 13), version)
    assert [row.note for row in ticket.clock_events if row.kind == EventKind.CALENDAR] == ["99/TB-UBND"]
    line = next(entry for entry in ticket.entries if entry.kind == Entry.CALENDAR_CHANGED)
    assert (line.public, line.data["before"], line.data["after"]) == (True, "2026-03-11", "2026-03-13")
    other = reread(session, codes[1])
    assert (other.calendar_id, other.version, other.due_on) == (version, before, date(2026, 3, 2))
    audited = select(AuditEntry.subject).where(AuditEntry.event == "ticket.calendar_changed")
    assert list(session.scalars(audited)) == [codes[0]]
    news = select(Notification.user_id).where(Notification.kind == Entry.CALENDAR_CHANGED)
    assert list(session.scalars(news)) == [officer]
    told = session.scalars(select(OutboxEvent.payload).where(OutboxEvent.name == "ticket.news"))
    assert [(row["to"], row["legal"]) for row in told] == [("enterprise", True), ("holder", False)]
    days = clocks.deadline(session, reread(session, codes[0])).days
    assert "Nghỉ phòng chống bão" in days[8].reason.vi
    assert days[8].source == "Văn bản số 99/TB-UBND ngày 09/03/2026"


def test_many_tickets_are_moved_a_batch_at_a_time(session, loaded, administrator, drained, monkeypatch):
    monkeypatch.setattr(recalendar, "BATCH", 2)
    for _ in range(5):
        filed(session, loaded, date(2026, 3, 2))
    version = publish(session, STORM, administrator)
    drained()
    tickets = session.execute(select(Ticket.due_on, Ticket.calendar_id)).all()
    assert tickets == [(date(2026, 3, 13), version)] * 5
    failed = select(OutboxDelivery).where(OutboxDelivery.done_at.is_(None))
    assert session.scalars(failed).all() == []


def test_an_answered_ticket_keeps_the_date_it_was_promised(session, loaded, administrator, drained):
    ticket = filed(session, loaded, date(2026, 3, 2))
    with unit_of_work() as writing:
        writing.get_one(Ticket, ticket.id).clock = "answered"
    publish(session, STORM, administrator)
    drained()
    assert reread(session, ticket.code).due_on == date(2026, 3, 11)


def test_an_extension_that_the_new_calendar_would_make_late_keeps_the_old_one(
    session, loaded, administrator, drained
):
    ticket = filed(session, loaded, date(2026, 2, 19))
    with unit_of_work() as writing:
        stored = reread(writing, ticket.code)
        clocks.record(stored, EventKind.EXTEND, at=datetime(2026, 3, 3, 9, tzinfo=LOCAL), days=13)
        clocks.recompute(writing, stored)
    due = reread(session, ticket.code).due_on
    tet = frozenset({date(2026, 2, 20)})
    change = CalendarChange(year=2026, notice=STORM.notice, reason="", removed=tet)
    publish(session, change, administrator)
    drained()
    assert (reread(session, ticket.code).due_on, due > date(2026, 3, 3)) == (due, True)
    kept = select(AuditEntry.subject).where(AuditEntry.event == "ticket.calendar_kept")
    assert list(session.scalars(kept)) == [ticket.code]


def test_a_version_that_a_newer_one_replaced_moves_nothing(session, loaded, administrator, drained):
    ticket = filed(session, loaded, date(2026, 3, 2))
    publish(session, STORM, administrator)
    more = CalendarChange(year=2026, notice=STORM.notice, reason="Nghỉ bão", off=(date(2026, 3, 12),))
    version = publish(session, more, administrator)
    drained()
    stored = reread(session, ticket.code)
    assert (stored.due_on, stored.calendar_id) == (date(2026, 3, 16), version)
    assert [row.kind for row in stored.clock_events].count(EventKind.CALENDAR) == 1


def test_the_second_of_two_administrators_is_told(session, loaded, administrator):
    seen = newest_of(session, PACK).version
    publish(session, STORM, administrator)
    with pytest.raises(Conflict):
        publish(db.session(), STORM, administrator, seen)


def test_a_change_that_contradicts_the_calendar_is_refused(session, loaded):
    wrong = CalendarChange(year=2026, notice=STORM.notice, reason="", off=(date(2026, 9, 1),))
    with pytest.raises(Invalid, match="đã có trong lịch"):
        recalendar.tried(loaded.catalogue.calendars[0], wrong)


def test_a_new_round_runs_on_the_calendar_in_force(session, loaded, administrator, drained):
    ticket = filed(session, loaded, date(2026, 3, 2))
    with unit_of_work() as writing:
        writing.get_one(Ticket, ticket.id).clock = "answered"
    version = publish(session, STORM, administrator)
    drained()
    with unit_of_work() as writing:
        stored = reread(writing, ticket.code)
        stored.round = 2
        clocks.restart(writing, stored, at=TODAY + timedelta(hours=1))
    again = reread(session, ticket.code)
    assert (again.calendar_id, again.due_on) == (version, date(2026, 3, 20))

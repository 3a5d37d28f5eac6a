"""Reminders: each rung once, nobody forgotten, nobody told who must not know."""

import threading
from collections import Counter
from datetime import date

import pytest
from sqlalchemy import func, insert, select

from feedback_app.core import clock
from feedback_app.core.db import db, unit_of_work
from feedback_app.core.outbox import OutboxEvent
from feedback_app.escalation.jobs import remind
from feedback_app.escalation.models import Reminder
from feedback_app.notifications.models import Dispatch
from feedback_app.tickets.lifecycle import Status
from feedback_app.tickets.models import Ticket, TimelineEntry
from feedback_app.tickets.services.answering import Letter, answer
from feedback_app.tickets.services.handling import accept, ask_enterprise
from feedback_app.tickets.services.opening import FiledBy
from tests.factories import a_person, a_ticket, actor_of, reread
from tests.slices.escalation.looks import DUE_DAY, FILED, LATER, id_of, inbox


def rungs(session, ticket):
    query = select(Reminder.rung).where(Reminder.ticket_id == id_of(ticket)).order_by(Reminder.id)
    return list(session.scalars(query))


@pytest.fixture
def ticket(session, loaded):
    found = a_ticket(session, loaded, at=FILED)
    assert found.due_on.day == DUE_DAY
    return found


def test_nobody_is_reminded_before_the_day(session, ticket, on_day):
    on_day(DUE_DAY - 5)
    remind()
    assert rungs(session, ticket) == []


def test_each_rung_is_told_once_however_often_the_job_runs(session, ticket, on_day):
    for day in (DUE_DAY - 2, DUE_DAY - 2, DUE_DAY - 1, DUE_DAY, DUE_DAY, LATER, LATER, LATER + 1):
        on_day(day)
        remind()
    assert rungs(session, ticket) == ["due_soon", "due_today", "overdue"]
    query = select(func.count()).where(TimelineEntry.ticket_id == ticket.id, TimelineEntry.kind == "reminded")
    assert session.scalar(query) == 3
    events = select(func.count()).select_from(OutboxEvent).where(OutboxEvent.name == "tickets.reminded")
    assert session.scalar(events) == 3


def test_a_missed_run_tells_what_is_still_true_and_nothing_that_is_not(session, ticket, on_day):
    on_day(LATER + 5)
    remind()
    assert sorted(rungs(session, ticket)) == ["overdue", "overdue_office"]


def test_the_enterprise_does_not_see_that_officers_were_reminded(session, ticket, on_day):
    on_day(DUE_DAY)
    remind()
    entry = session.scalars(select(TimelineEntry).where(TimelineEntry.kind == "reminded")).one()
    assert not entry.public


def test_two_runs_at_once_remind_once(session, loaded, app, on_day):
    tickets = [a_ticket(session, loaded, at=FILED) for _ in range(12)]
    on_day(LATER)
    start, failures = threading.Barrier(2), []

    def run():
        try:
            with app.app_context():
                start.wait()
                remind(size=3)
        except Exception as error:  # noqa: BLE001 (a thread's failure must fail the test)
            failures.append(error)

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    session.rollback()
    told = Counter(session.scalars(select(Reminder.ticket_id)))
    assert told == {ticket.id: 1 for ticket in tickets}
    lines = Counter(session.scalars(select(TimelineEntry.ticket_id).where(TimelineEntry.kind == "reminded")))
    assert lines == told


def test_twenty_thousand_late_tickets_all_get_their_rung_in_batches(session, ticket, on_day):
    copy_many(session, ticket, 20_000)
    on_day(LATER)
    remind(size=700)
    told = select(func.count(), func.count(Reminder.ticket_id.distinct())).where(Reminder.rung == "overdue")
    assert tuple(session.execute(told).one()) == (20_001, 20_001)
    lines = select(func.count()).where(TimelineEntry.kind == "reminded")
    assert session.scalar(lines) == 20_001


def test_paused_and_answered_tickets_get_none(session, loaded, on_day):
    officer = actor_of(session, a_person(session))
    paused, answered, running = (a_ticket(session, loaded, at=FILED) for _ in range(3))
    for ticket in (paused, answered):
        with unit_of_work() as writing:
            accept(writing, reread(session, ticket.code), by=officer, at=clock.now())
    with unit_of_work() as writing:
        ask_enterprise(writing, reread(session, paused.code), by=officer, text="Giấy tờ?", at=clock.now())
    with unit_of_work() as writing:
        given = {"text": "Đã xong.", "legal_refs": "", "letter": Letter(), "apology": "Xin lỗi vì chậm."}
        answer(writing, reread(session, answered.code), by=officer, at=clock.now(), **given)
    on_day(LATER)
    remind()
    assert rungs(session, paused) == rungs(session, answered) == []
    assert rungs(session, running) == ["overdue"]


def test_a_ticket_in_triage_is_reminded_of_too(session, loaded, on_day, drained):
    colleague = a_person(session, "focal_point", "so-tc")
    ticket = a_ticket(session, loaded, at=FILED, routed=False)
    with unit_of_work() as writing:
        triaged = writing.get_one(Ticket, ticket.id)
        triaged.status, triaged.holder_id = Status.TRIAGE, loaded.agency_ids["so-tc"]
    on_day(DUE_DAY)
    remind()
    drained()
    assert inbox(session, colleague) == ["due_today"]


def test_whoever_accepted_is_told_and_no_colleague(session, ticket, on_day, drained):
    handler, colleague = a_person(session), a_person(session)
    accepting = actor_of(session, handler)
    with unit_of_work() as writing:
        accept(writing, reread(session, ticket.code), by=accepting, at=clock.now())
    on_day(DUE_DAY - 2)
    remind()
    drained()
    assert "due_soon" in inbox(session, handler)
    assert "due_soon" not in inbox(session, colleague)


def test_on_the_day_the_focal_point_hears_of_it_and_the_day_after_the_head_by_mail(
    session, ticket, on_day, drained
):
    officer, head = a_person(session), a_person(session, "agency_head")
    focal = a_person(session, "focal_point", "so-tc")
    for day in (DUE_DAY, LATER):
        on_day(day)
        remind()
        drained()
    assert "due_today" in inbox(session, officer)
    assert inbox(session, focal) == ["due_today"]
    assert "overdue" in inbox(session, head)
    mails = session.scalars(select(Dispatch.recipient).where(Dispatch.letter == "overdue"))
    assert list(mails) == [head.email]


def test_an_agency_without_a_head_is_told_itself(session, ticket, on_day, drained):
    officer = a_person(session)
    on_day(LATER)
    remind()
    drained()
    assert inbox(session, officer)[-1] == "overdue"


def test_who_answered_in_between_is_not_bothered(session, ticket, on_day, drained):
    person = a_person(session)
    officer = actor_of(session, person)
    with unit_of_work() as writing:
        accept(writing, reread(session, ticket.code), by=officer, at=clock.now())
    on_day(LATER)
    remind()
    with unit_of_work() as writing:
        given = {"text": "Đã xong.", "legal_refs": "", "letter": Letter(), "apology": "Xin lỗi vì chậm."}
        answer(writing, reread(session, ticket.code), by=officer, at=clock.now(), **given)
    drained()
    assert "overdue" not in inbox(session, person)


def test_people_of_the_agency_concerned_hear_nothing(session, loaded, on_day, drained):
    """The focal point is the one concerned; Thanh tra, who has the report, is told."""
    outsiders = [
        a_person(session, function, "so-tc") for function in ("focal_point", "officer", "agency_head")
    ]
    inspector = a_person(session, "inspector", "thanh-tra")
    head = a_person(session, "agency_head", "thanh-tra")
    on_day(2)
    by = FiledBy(filer_type="enterprise", name="Công ty TNHH Mẫu A")
    report = {"kind": "informal_cost", "field": "tax", "concerned": frozenset({"so-tc"}), "by": by}
    ticket = a_ticket(session, loaded, to="thanh-tra", at=FILED, **report)
    on_day(12)
    for due_on in (date(2026, 11, 13), date(2026, 11, 12), date(2026, 11, 11)):
        with unit_of_work() as writing:
            writing.get_one(Ticket, id_of(ticket)).due_on = due_on
        remind()
    drained()
    assert [inbox(session, person) for person in outsiders] == [[], [], []]
    assert sorted(inbox(session, inspector)) == ["assigned", "due_soon", "due_today"]
    assert "overdue" in inbox(session, head)


def copy_many(session, ticket, number):
    """Insert ``number`` tickets like the one given, straight into the table."""
    columns = [c.key for c in Ticket.__mapper__.column_attrs if c.key != "id"]
    row = {key: getattr(ticket, key) for key in columns}
    rows = [row | {"code": f"KH-2026-9{n:05d}", "submission": f"copy-{n}"} for n in range(number)]
    for start in range(0, number, 5000):
        with unit_of_work() as writing:
            writing.execute(insert(Ticket), rows[start : start + 5000])
    db.session.close()

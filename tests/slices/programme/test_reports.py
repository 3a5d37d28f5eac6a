"""Reports on the tasks: who owes them, who writes them, who is reminded, what stands behind a task."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from sqlalchemy import func, select

from feedback_app.accounts.actor import Function
from feedback_app.core import clock, outbox
from feedback_app.core.audit import AuditEntry
from feedback_app.core.db import db, unit_of_work
from feedback_app.core.errors import Conflict, Forbidden, Invalid, NotFound
from feedback_app.notifications.letters import compose
from feedback_app.notifications.models import Dispatch
from feedback_app.programme import queries
from feedback_app.programme.jobs import follow
from feedback_app.programme.models import ProgrammeReminder, ProgrammeReport
from feedback_app.programme.rules import State
from feedback_app.programme.services import linking, owing, reporting
from tests.factories import a_person, a_ticket, actor_of

AT = datetime(2026, 11, 24, 2, tzinfo=UTC)


def on(day, month=11):
    return time_machine.travel(datetime(2026, month, day, 2, tzinfo=UTC), tick=False)


def owed(session, task, period, agency_id):
    query = select(ProgrammeReport).where(
        ProgrammeReport.task == task, ProgrammeReport.period == period, ProgrammeReport.agency_id == agency_id
    )
    return session.scalars(query).one()


@pytest.fixture
def report(session, loaded):
    """The report of the department of finance on task 29 for October, due on the tenth of November."""
    with unit_of_work() as writing:
        owing.open_due(writing, loaded, date(2026, 11, 24))
    return owed(session, 29, "2026-10", loaded.agency_ids["so-tc"])


@pytest.fixture
def officer(session):
    return actor_of(session, a_person(session, Function.OFFICER, "so-tc"))


def say(session, report, by, **said):
    given = {
        "state": State.IN_PROGRESS,
        "text": "Đã giải ngân 60%.",
        "hindrance": "",
        "seen_version": 1,
    } | said
    with unit_of_work() as writing:
        row = queries.report(writing, by, report.id)
        reporting.report_on(writing, row, by=by, at=AT, **given)


def test_each_report_is_owed_once_however_often_it_is_looked_at(session, loaded, report):
    before = session.scalar(select(func.count(ProgrammeReport.id)))
    with unit_of_work() as writing:
        assert owing.open_due(writing, loaded, date(2026, 11, 24)) == 0
    assert session.scalar(select(func.count(ProgrammeReport.id))) == before > 100
    assert report.due_on == date(2026, 11, 10)


def test_an_agency_reports_and_the_deed_is_in_the_audit_without_its_words(session, report, officer):
    say(session, report, officer)
    session.refresh(report)
    assert (report.state, report.reported_at) == (State.IN_PROGRESS, AT)
    entry = session.scalars(select(AuditEntry).where(AuditEntry.event == "programme.reported")).one()
    assert entry.data["task"] == 29
    assert "giải ngân" not in str(entry.data)


def test_a_correction_keeps_the_day_of_the_first_report(session, report, officer):
    say(session, report, officer)
    with unit_of_work() as writing:
        row = queries.report(writing, officer, report.id)
        later = datetime(2026, 11, 25, 2, tzinfo=UTC)
        reporting.report_on(
            writing, row, state=State.DONE, text="Xong.", hindrance="", seen_version=2, by=officer, at=later
        )
    session.refresh(report)
    assert (report.reported_at, report.changed_at, report.state) == (AT, later, State.DONE)


def test_another_agency_s_report_does_not_exist(session, report):
    stranger = actor_of(session, a_person(session, Function.OFFICER, "so-xd"))
    with pytest.raises(NotFound):
        queries.report(session, stranger, report.id)


def test_leaders_read_every_report_and_write_none(session, report):
    leader = actor_of(session, a_person(session, Function.LEADERSHIP, None))
    with pytest.raises(Forbidden):
        say(session, report, leader)


@pytest.mark.parametrize(
    "said, field",
    [({"text": "  "}, "text"), ({"state": State.BEHIND}, "hindrance")],
)
def test_nothing_said_and_late_for_no_reason_is_no_report(session, report, officer, said, field):
    with pytest.raises(Invalid) as wrong:
        say(session, report, officer, **said)
    assert wrong.value.field == field


def test_whoever_wrote_on_an_old_page_is_told(session, report, officer):
    say(session, report, officer)
    with pytest.raises(Conflict):
        say(session, report, officer)


def test_what_an_agency_that_ended_still_owed_its_heir_owes_once(session, loaded):
    old, heir = loaded.agency_ids["so-khdt"], loaded.agency_ids["so-tc"]
    with unit_of_work() as writing:
        for period in ("2026-10", "2026-11"):
            values = {
                "task": 29,
                "period": period,
                "ends_on": date(2026, 10, 31),
                "due_on": date(2026, 11, 10),
            }
            writing.add(ProgrammeReport(agency_id=old, **values))
        writing.add(ProgrammeReport(agency_id=heir, **values))
    with unit_of_work() as writing:
        assert owing.pass_on(writing, loaded, date(2026, 11, 24), AT) == 2
    rows = session.scalars(select(ProgrammeReport).order_by(ProgrammeReport.period)).all()
    assert [(row.agency_id, row.period) for row in rows] == [(heir, "2026-10"), (heir, "2026-11")]


def told(session):
    session.rollback()
    return session.scalars(select(Dispatch).where(Dispatch.letter == "programme").order_by(Dispatch.id)).all()


def test_what_is_late_climbs_the_ladder_each_rung_once(session, loaded):
    a_person(session, Function.OFFICER, "so-tc")
    head = a_person(session, Function.AGENCY_HEAD, "so-tc")
    head_id, so_tc = head.id, loaded.agency_ids["so-tc"]
    for day in (6, 10, 11, 11, 12):
        with on(day):
            follow()
            outbox.drain()
            db.session.close()
    row = owed(db.session(), 29, "2026-10", so_tc)
    rungs = db.session().scalars(select(ProgrammeReminder.rung).where(ProgrammeReminder.report_id == row.id))
    assert set(rungs) == {"due_soon", "due_today", "overdue"}
    mails = [mail for mail in told(session) if mail.user_id == head_id]
    assert len(mails) == 1
    text = compose(mails[0]).get_content()
    assert "29" in text
    assert "quá hạn" in text


def test_the_leadership_hears_on_the_day_of_the_weekly_list(session, loaded):
    leader = a_person(session, Function.LEADERSHIP, None)
    leader_id = leader.id
    for day in (20, 23):  # a Friday, a Monday
        with on(day):
            follow()
            outbox.drain()
            db.session.close()
    (mail,) = [mail for mail in told(session) if mail.user_id == leader_id]
    assert mail.created_at.astimezone(clock.LOCAL).date() == date(2026, 11, 23)


def test_nobody_is_reminded_of_what_was_reported(session, report, officer):
    say(session, report, officer)
    report_id = report.id
    with on(25):  # the 24th is a day off
        follow()
    reminders = select(ProgrammeReminder).where(ProgrammeReminder.report_id == report_id)
    assert db.session().scalars(reminders).all() == []
    assert db.session().scalars(select(ProgrammeReminder)).first() is not None, "others are reminded"


def test_obstacles_of_the_task_s_fields_and_those_linked_by_hand_stand_behind_it(session, loaded):
    focal = actor_of(session, a_person(session, Function.FOCAL_POINT, "so-tc"))
    a_ticket(session, loaded, to="so-xd", field="construction")
    other = a_ticket(session, loaded, to="so-xd", field="tourism")
    task = next(f.task for f in loaded.catalogue.fields.fields if f.code == "construction")
    assert [o.by_hand for o in queries.obstacles(session, focal, loaded, task)] == [False]
    for _twice in range(2):
        with unit_of_work() as writing:
            linking.link(writing, task, other.code, loaded, by=focal, at=AT)
    assert [o.by_hand for o in queries.obstacles(session, focal, loaded, task)] == [False, True]
    assert queries.number_of_obstacles(session, focal, loaded, [task]) == {task: 2}
    with unit_of_work() as writing:
        linking.unlink(writing, task, other.code, loaded, by=focal, at=AT)
    assert queries.number_of_obstacles(session, focal, loaded, [task]) == {task: 1}


def test_an_agency_links_only_to_the_tasks_it_leads(session, loaded):
    officer = actor_of(session, a_person(session, Function.OFFICER, "so-xd"))
    ticket = a_ticket(session, loaded, to="so-xd")
    with pytest.raises(Forbidden), unit_of_work() as writing:
        linking.link(writing, 1, ticket.code, loaded, by=officer, at=AT)

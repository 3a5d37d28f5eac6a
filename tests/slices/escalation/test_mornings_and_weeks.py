"""The mail of the morning, one a person, and the list of the week: counts and numbers, once each."""

import threading
from datetime import UTC, date, datetime

import pytest
import time_machine
from sqlalchemy import select

from feedback_app.core.db import unit_of_work
from feedback_app.escalation.jobs import remind
from feedback_app.escalation.models import Reminder, WeeklyList
from feedback_app.notifications import services
from feedback_app.notifications.jobs import write_digests
from feedback_app.notifications.letters import compose
from feedback_app.notifications.models import Dispatch, Notification
from feedback_app.notifications.rules import Wishes
from feedback_app.tickets.models import ConcernedAgency, Ticket
from tests.factories import a_person, a_ticket
from tests.slices.escalation.looks import DUE_DAY, FILED, LATER, id_of

SECRETS = ("giấy phép", "nhà xưởng", "Mẫu A", "Cán bộ", "so-xd", "Sở")


@pytest.fixture
def morning(drained):
    """Return a function for a day: the sweep of the night, and what is written at eight; the mails written."""

    def on(day, month=11):
        with time_machine.travel(datetime(2026, month, day, 0, 59, tzinfo=UTC)):
            remind()
            drained()
        with time_machine.travel(datetime(2026, month, day, 1, 0, 30, tzinfo=UTC)):
            return write_digests()

    return on


def written(session, letter):
    session.rollback()
    return session.scalars(select(Dispatch).where(Dispatch.letter == letter).order_by(Dispatch.id)).all()


def test_one_mail_a_person_a_day_with_counts_and_numbers_only(session, loaded, morning):
    officer = a_person(session)
    codes = [a_ticket(session, loaded, at=FILED).code for _ in range(3)]
    assert morning(DUE_DAY - 2) == 1
    assert morning(DUE_DAY - 2) == 0, "not twice"
    (digest,) = written(session, "digest")
    assert digest.user_id == id_of(officer)
    text = compose(digest).get_content()
    assert "Sắp đến hạn trả lời: 3" in text
    assert all(code in text for code in codes)
    assert not [word for word in SECRETS if word in text]


def test_what_was_read_in_the_application_is_not_mailed_too(session, loaded, morning):
    a_person(session)
    a_ticket(session, loaded, at=FILED)
    with time_machine.travel(datetime(2026, 11, DUE_DAY, 0, 58, tzinfo=UTC)), unit_of_work() as writing:
        writing.execute(Notification.__table__.update().values(read_at=FILED))
    with time_machine.travel(datetime(2026, 11, DUE_DAY, 1, 0, tzinfo=UTC)):
        assert write_digests() == 0


def test_what_was_answered_over_night_is_no_reminder_any_more(session, loaded, morning, drained):
    a_person(session)
    ticket = a_ticket(session, loaded, at=FILED)
    with time_machine.travel(datetime(2026, 11, DUE_DAY, 0, 50, tzinfo=UTC)):
        remind()
        drained()
    with unit_of_work() as writing:
        writing.get_one(Ticket, id_of(ticket)).clock = "answered"
    with time_machine.travel(datetime(2026, 11, DUE_DAY, 1, 0, tzinfo=UTC)):
        write_digests()
    sections = [section for mail in written(session, "digest") for section in mail.data["sections"]]
    assert "due_today" not in [section["kind"] for section in sections]


def test_nobody_gets_a_digest_on_a_day_off_and_everything_the_day_after(session, loaded, morning):
    a_person(session)
    a_ticket(session, loaded, at=FILED)
    assert morning(8) == 0, "a Sunday"
    assert morning(9) == 1


def test_whoever_wants_no_digest_gets_none_and_reads_in_the_application(session, loaded, morning):
    officer = a_person(session)
    a_ticket(session, loaded, at=FILED)
    with unit_of_work() as writing:
        services.choose(writing, officer.id, Wishes(digest=False))
    assert morning(DUE_DAY) == 0
    session.rollback()
    assert list(session.scalars(select(Notification.kind))) == ["due_today"]


def leader(session):
    return a_person(session, "leadership", None)


def test_the_chairman_gets_one_list_a_week_with_what_is_new_and_how_much_is_left(session, loaded, morning):
    chairman = leader(session)
    a_person(session, "agency_head")
    first = a_ticket(session, loaded, at=FILED)  # due on Wednesday the 11th: five days later is the 18th
    morning(16)
    assert written(session, "weekly") == [], "nothing is five days late"
    morning(19)
    assert written(session, "weekly") == [], "not before Monday"
    morning(23)
    morning(23)
    (mail,) = written(session, "weekly")
    assert mail.user_id == id_of(chairman)
    assert mail.data == {
        "new": 1,
        "codes": [first.code],
        "still": 0,
        "sealed": 0,
        "guest": False,
        "legal": False,
    }
    morning(30)
    second = written(session, "weekly")[-1]
    assert (second.data["new"], second.data["still"]) == (0, 1)
    text = compose(mail).get_content()
    assert first.code in text
    assert not [word for word in SECRETS if word in text]


def test_a_list_whose_monday_was_missed_comes_later_in_the_week(session, loaded, morning):
    leader(session)
    a_ticket(session, loaded, at=FILED)
    morning(25)
    assert len(written(session, "weekly")) == 1
    assert list(session.scalars(select(WeeklyList.on))) == [date(2026, 11, 23)]
    assert set(session.scalars(select(Reminder.listed_on).where(Reminder.weekly))) == {date(2026, 11, 23)}


def test_a_sensitive_report_is_a_number_alone_and_none_for_whoever_it_is_about(session, loaded, morning):
    chairman = leader(session)
    concerned = a_person(session, "leadership", "thue")
    ticket = a_ticket(session, loaded, at=FILED)
    with unit_of_work() as writing:
        writing.get_one(Ticket, id_of(ticket)).sensitive = True
        agency = loaded.agency_ids["thue"]
        writing.add(ConcernedAgency(ticket_id=id_of(ticket), agency_id=agency, named=True))
    morning(23)
    (mail,) = written(session, "weekly")
    assert mail.user_id == id_of(chairman) != id_of(concerned)
    assert (mail.data["codes"], mail.data["new"], mail.data["sealed"]) == ([], 0, 1)
    assert ticket.code not in compose(mail).get_content()


def test_two_writers_at_once_write_each_mail_once(session, loaded, app, drained):
    a_person(session)
    leader(session)
    _late, soon = a_ticket(session, loaded, at=FILED), a_ticket(session, loaded, at=FILED)
    with unit_of_work() as writing:
        writing.get_one(Ticket, id_of(soon)).due_on = date(2026, 11, 25)
    with time_machine.travel(datetime(2026, 11, 23, 1, 0, tzinfo=UTC)):
        remind()
        drained()
        session.rollback()
        start, failures = threading.Barrier(2), []

        def write():
            try:
                with app.app_context():
                    start.wait()
                    write_digests()
            except Exception as error:  # noqa: BLE001 (a thread's failure must fail the test)
                failures.append(error)

        threads = [threading.Thread(target=write) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert not failures
    assert len(written(session, "weekly")) == len(written(session, "digest")) == 1


def test_a_reminder_of_its_own_waits_for_eight_o_clock(session, loaded, drained):
    a_person(session, "agency_head")
    a_ticket(session, loaded, at=FILED)
    with time_machine.travel(datetime(2026, 11, LATER - 1, 17, 5, tzinfo=UTC)):  # five past midnight here
        remind()
        drained()
    (mail,) = written(session, "overdue")
    assert mail.not_before == datetime(2026, 11, LATER, 1, 0, tzinfo=UTC)

"""Mails: at least once, under one name, with nothing of the ticket in them."""

import email
from datetime import timedelta
from email.message import EmailMessage
from email.policy import default

import pytest
import time_machine
from sqlalchemy import select

from feedback_app.config import Settings
from feedback_app.core import clock
from feedback_app.core.db import unit_of_work
from feedback_app.notifications import housekeeping, jobs, queries
from feedback_app.notifications.models import Dispatch
from feedback_app.notifications.rules import MOST_ATTEMPTS, Channel, Letter
from feedback_app.notifications.services import Message, dispatch
from feedback_app.notifications.transport import transport_for
from feedback_app.tickets.services.opening import FiledBy
from tests.factories import a_person, a_ticket, an_enterprise
from tests.slices.notifications.servers import smtp_server

SECRET_WORDS = ("giấy phép", "nhà xưởng", "Cấp giấy", "Mẫu A", "4200000001", "Cán bộ", "bản vẽ", "Sở")


@pytest.fixture
def box(app):
    """Return a function that reads the mails written so far, and begin with none."""
    folder = app.extensions["settings"].data_dir / "mail"
    for old in folder.glob("*.eml"):
        old.unlink()
    return lambda: [
        email.message_from_bytes(f.read_bytes(), policy=default) for f in sorted(folder.glob("*.eml"))
    ]


def a_mail(key="news:1:filer", letter=Letter.NEWS, locale="vi", to="ke.toan@example.vn", **data):
    given = {"ticket": "KH-2026-000123", "guest": True} | data
    with unit_of_work() as session:
        dispatch(session, [Message(key=key, letter=letter, to=to, locale=locale, data=given)])


def the_mail(session):
    session.rollback()
    return session.scalars(select(Dispatch)).one()


def test_a_mail_goes_out_once_and_its_row_forgets_to_whom(session, box):
    a_mail()
    a_mail()
    assert jobs.send_mails() == 1
    assert jobs.send_mails() == 0
    assert len(box()) == 1
    row = the_mail(session)
    assert row.sent_at is not None
    assert (row.recipient, row.data) == ("", {})


def test_a_guest_is_led_to_the_page_that_asks_for_the_code_and_a_member_to_the_inbox(session, box):
    a_mail("a")
    a_mail("b", guest=False)
    jobs.send_mails()
    bodies = sorted(mail.get_content() for mail in box())
    assert sum("/theo-doi" in body for body in bodies) == 1
    assert sum("/thong-bao" in body for body in bodies) == 1
    assert all("KH-2026-000123" in body for body in bodies)


def test_a_mail_says_that_there_is_news_and_nothing_of_the_ticket(session, loaded, box, drained, course):
    officer, account = a_person(session, name="Nguyễn Thị Cán"), an_enterprise(session)
    by = FiledBy(
        filer_type="enterprise", name="Công ty TNHH Mẫu A", identifier="4200000001", email="a@example.vn"
    )
    ticket = a_ticket(session, loaded, by=by, enterprise_id=account.enterprise_id)
    assert any(word in ticket.title + ticket.body for word in SECRET_WORDS), "the ticket has these words"
    matter = course(ticket, officer)
    matter.accept()
    matter.ask()
    matter.reply()
    matter.answer()
    drained()
    jobs.send_mails()
    written = box()
    assert len(written) == 2
    for mail in written:
        text = mail["Subject"] + mail.get_content()
        assert ticket.code in text
        assert not [word for word in (*SECRET_WORDS, "Nguyễn Thị Cán") if word in text]


@pytest.mark.parametrize("letter", Letter)
def test_every_letter_has_a_subject_and_a_link(session, box, letter, monkeypatch):
    monkeypatch.setattr(jobs, "_in_fieldwork", lambda: False)  # when invitations wait
    counts = {"sections": [], "codes": [], "new": 0, "still": 0, "sealed": 0}
    counts |= {"open": 3, "overdue": 1, "slipping": 0, "rising": True, "practice": False, "deed": "remind"}
    counts |= {"board": False, "late": True, "today": False, "count": 2, "tasks": [1, 29], "more": 0}
    counts |= {
        "what": "called",
        "meeting": "DT-2026-01",
        "inside": False,
        "day": "10/12/2026",
        "period": "2026-10",
    }
    a_mail(letter=letter, code="ABCDE-12345", seed="HAT-GIONG", **counts)
    jobs.send_mails()
    mail = box()[0]
    assert mail["Subject"]
    many_or_none = {
        Letter.BRIEF,
        Letter.CONFIRM,
        Letter.DIALOGUE,
        Letter.DIGEST,
        Letter.FIGURES,
        Letter.PROGRAMME,
        Letter.PULSE,
        Letter.RESET,
        Letter.SIGN_UP,
        Letter.WEEKLY,
        Letter.WORD,
    }
    assert ("KH-2026-000123" in mail["Subject"]) == (letter not in many_or_none)
    assert "http" in mail.get_content()
    assert ("ABCDE-12345" in mail.get_content()) == (letter is Letter.CODE)


class Broken:
    def __call__(self, message: EmailMessage) -> None:
        assert message["To"]
        raise ConnectionRefusedError("ke.toan@example.vn")


def test_a_server_that_is_away_is_tried_again_later_with_the_same_name(session, box, monkeypatch):
    a_mail()
    monkeypatch.setattr(jobs, "transport_for", lambda _settings: Broken())
    assert jobs.send_mails() == 1
    row = the_mail(session)
    assert row.last_error == "ConnectionRefusedError"
    assert jobs.send_mails() == 0, "it waits"
    monkeypatch.undo()
    with time_machine.travel(clock.now() + timedelta(hours=1)):
        assert jobs.send_mails() == 1
    assert the_mail(session).sent_at is not None
    assert len(box()) == 1


def test_a_sender_that_dies_after_sending_sends_the_same_mail_again(session, box, monkeypatch):
    a_mail()
    monkeypatch.setattr(jobs, "point", lambda _name: (_ for _ in ()).throw(SystemExit))
    with pytest.raises(SystemExit):
        jobs.send_mails()
    monkeypatch.undo()
    first = box()[0]["Message-ID"]
    with time_machine.travel(clock.now() + jobs.LEASE + timedelta(seconds=1)):
        assert jobs.send_mails() == 1
    assert [mail["Message-ID"] for mail in box()] == [first]


def test_one_bad_address_does_not_hold_up_the_others(session, box):
    a_mail("bad", to="a\nBcc: x@example.vn")
    a_mail("good")
    assert jobs.send_mails() == 2
    assert len(box()) == 1


def test_after_many_failures_a_mail_is_given_up_and_counted(session, monkeypatch):
    a_mail()
    monkeypatch.setattr(jobs, "transport_for", lambda _settings: Broken())
    at = clock.now()
    for hours in range(0, 12 * MOST_ATTEMPTS, 12):
        with time_machine.travel(at + timedelta(hours=hours)):
            jobs.send_mails()
    row = the_mail(session)
    assert row.given_up_at is not None
    assert row.recipient, "an administrator may still send it again"
    assert queries.counts(session, Channel.MAIL).given_up == 1
    with unit_of_work() as writing:
        housekeeping.purge(writing, row.given_up_at + housekeeping.RESENDABLE)
    assert (the_mail(session).recipient, the_mail(session).data) == ("", {})
    with unit_of_work() as writing:
        housekeeping.purge(writing, at + timedelta(days=365))
    assert queries.counts(session, Channel.MAIL).given_up == 0


def test_with_a_server_set_the_mail_goes_there(session, app, monkeypatch):
    a_mail()
    with smtp_server() as server:
        settings = Settings(data_dir=app.extensions["settings"].data_dir, smtp_url=server.url)
        monkeypatch.setitem(app.extensions, "settings", settings)
        assert jobs.send_mails() == 1
    assert len(server.taken) == 1
    assert "To: ke.toan@example.vn" in server.taken[0]
    assert the_mail(session).sent_at is not None


def test_an_address_that_the_server_refuses_is_given_up_at_once_and_holds_up_nobody(
    session, app, monkeypatch
):
    a_mail("one", to="khong-co@example.vn")
    a_mail("other")
    with smtp_server() as server:
        settings = Settings(data_dir=app.extensions["settings"].data_dir, smtp_url=server.url)
        monkeypatch.setitem(app.extensions, "settings", settings)
        assert jobs.send_mails() == 2
    assert len(server.taken) == 1
    session.rollback()
    refused = session.scalars(select(Dispatch).where(Dispatch.given_up_at.is_not(None))).one()
    assert (refused.last_error, refused.attempts) == ("SMTP 550", 1)


def test_a_server_that_is_away_ends_the_run_after_three_and_spends_no_patience_on_the_rest(
    session, monkeypatch
):
    for number in range(10):
        a_mail(f"mail:{number}")
    monkeypatch.setattr(jobs, "transport_for", lambda _settings: Broken())
    assert jobs.send_mails() == jobs.OUTAGE
    session.rollback()
    assert sorted(session.scalars(select(Dispatch.attempts))) == [0] * 7 + [1] * 3


@pytest.mark.parametrize("address", ["http://mail.example.vn", "smtp://", "mail.example.vn"])
def test_a_wrong_address_of_the_server_is_refused(tmp_path, address):
    with pytest.raises(ValueError, match="smtps://"):
        transport_for(Settings(data_dir=tmp_path, smtp_url=address))

"""Mails: at least once, under one name, with nothing of the ticket in them."""

import email
import socketserver
import threading
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
from feedback_app.notifications.models import Mail
from feedback_app.notifications.rules import MOST_ATTEMPTS, Letter
from feedback_app.notifications.services import write_mail
from feedback_app.notifications.transport import transport_for
from feedback_app.tickets.services.opening import FiledBy
from tests.factories import a_person, a_ticket, an_enterprise

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


def a_mail(key="news:1:filer", letter=Letter.NEWS, locale="vi", **data):
    with unit_of_work() as session:
        given = {"ticket": "KH-2026-000123", "guest": True} | data
        write_mail(session, key, letter, "ke.toan@example.vn", locale, **given)


def the_mail(session):
    session.rollback()
    return session.scalars(select(Mail)).one()


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
def test_every_letter_has_a_subject_and_a_link(session, box, letter):
    a_mail(letter=letter, code="ABCDE-12345")
    jobs.send_mails()
    mail = box()[0]
    assert mail["Subject"]
    assert ("KH-2026-000123" in mail["Subject"]) == (letter is not Letter.SIGN_UP)
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
    with unit_of_work() as writing:
        write_mail(
            writing, "bad", Letter.NEWS, "a\nBcc: x@example.vn", "vi", ticket="KH-2026-000001", guest=True
        )
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
    assert row.recipient == ""
    assert queries.mail_counts(session).given_up == 1
    with unit_of_work() as writing:
        housekeeping.purge(writing, at + timedelta(days=365))
    assert queries.mail_counts(session).given_up == 0


class Mailbox(socketserver.StreamRequestHandler):
    """Just enough of SMTP to take a mail."""

    def handle(self):
        self.wfile.write(b"220 here\r\n")
        in_data, lines = False, []
        for raw in self.rfile:
            line = raw.decode().rstrip("\r\n")
            if in_data and line != ".":
                lines.append(line)
                continue
            if line == ".":
                in_data = False
                self.server.taken.append("\n".join(lines))
            in_data = in_data or line.upper() == "DATA"
            leaving = line.upper() == "QUIT"
            self.wfile.write(b"354 go on\r\n" if in_data else b"221 bye\r\n" if leaving else b"250 ok\r\n")
            if leaving:
                return


def test_with_a_server_set_the_mail_goes_there(tmp_path):
    with socketserver.TCPServer(("127.0.0.1", 0), Mailbox) as server:
        server.taken = []
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        settings = Settings(data_dir=tmp_path, smtp_url=f"smtp://127.0.0.1:{server.server_address[1]}")
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = "a@example.vn", "b@example.vn", "Có tin mới"
        message.set_content("Có tin mới về phiếu KH-2026-000123")
        transport_for(settings)(message)
        thread.join()
    assert "b@example.vn" in server.taken[0]


@pytest.mark.parametrize("address", ["http://mail.example.vn", "smtp://", "mail.example.vn"])
def test_a_wrong_address_of_the_server_is_refused(tmp_path, address):
    with pytest.raises(ValueError, match="smtps://"):
        transport_for(Settings(data_dir=tmp_path, smtp_url=address))

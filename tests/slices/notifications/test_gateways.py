"""Messages to telephones: by a gateway of this machine, once in effect, holding up nobody."""

from datetime import timedelta

import pytest
import time_machine
from flask_babel import get_locale
from sqlalchemy import select

from feedback_app.config import Settings
from feedback_app.core import clock, outbox
from feedback_app.core.db import unit_of_work
from feedback_app.intake.events import CodeRequested
from feedback_app.notifications import jobs, letters, services
from feedback_app.notifications.gateway import gateway_for
from feedback_app.notifications.models import Dispatch
from feedback_app.notifications.rules import MOST_CODES, Channel, Letter, Wishes
from feedback_app.tickets.services.opening import FiledBy
from tests.factories import a_message, a_person, a_ticket, an_enterprise
from tests.slices.notifications.servers import gateway_server

PHONE = "0905 000 111"
SECRETS = ("giấy phép", "Cấp giấy", "Mẫu A", "4200000001", "Cán bộ", "Sở")


@pytest.fixture
def gateway(app, monkeypatch):
    """Yield a running gateway that takes SMS and Zalo messages; it is nine in the morning."""
    with gateway_server() as server:
        set_to(app, monkeypatch, sms_url=server.url, sms_key="khoa-sms", zalo_url=server.url, zalo_key="z")
        with time_machine.travel("2026-11-23T09:00+07:00"):
            yield server


def set_to(app, monkeypatch, **given):
    settings = Settings(data_dir=app.extensions["settings"].data_dir, **given)
    monkeypatch.setitem(app.extensions, "settings", settings)


def an_sms(**overrides):
    return a_message(to=PHONE, channel=Channel.SMS, **overrides)


def states(session):
    session.rollback()
    return [
        (row.sent_at is not None, row.given_up_at is not None, row.attempts, row.last_error)
        for row in session.scalars(select(Dispatch).order_by(Dispatch.id))
    ]


def test_a_message_says_that_there_is_news_under_a_key_that_stays(session, gateway):
    an_sms()
    assert jobs.send_sms() == 1
    ((key, authorization, body),) = gateway.asked
    assert authorization == "Bearer khoa-sms"
    assert len(key) == 40
    assert body["to"] == PHONE
    assert body["text"].startswith("Có tin mới về phiếu KH-2026-000123, vui lòng tra cứu tại http")
    assert (body["template"], body["parameters"]) == ("news-vi", {"ticket": "KH-2026-000123"})
    assert states(session) == [(True, False, 1, None)]


@pytest.mark.parametrize("locale", ["vi", "en"])
def test_a_message_is_in_the_reader_s_language(gateway, monkeypatch, locale):
    monkeypatch.setattr(letters, "_", lambda _text, **_names: f"<{get_locale()}>")
    an_sms(locale=locale, data={"guest": False})
    jobs.send_sms()
    body = gateway.asked[0][2]
    assert body["text"] == f"<{locale}> <{locale}>"
    assert body["template"] == f"news-{locale}"


def test_whoever_dies_after_the_gateway_took_it_sends_it_again_and_it_is_taken_once(
    session, gateway, monkeypatch
):
    an_sms()
    monkeypatch.setattr(jobs, "point", lambda _name: (_ for _ in ()).throw(SystemExit))
    with pytest.raises(SystemExit):
        jobs.send_sms()
    monkeypatch.undo()
    monkeypatch.setitem(
        jobs.current_app.extensions, "settings", Settings(sms_url=gateway.url, sms_key="khoa-sms")
    )
    with time_machine.travel(clock.now() + jobs.LEASE + timedelta(seconds=1)):
        assert jobs.send_sms() == 1
    assert len(gateway.asked) == 2
    assert len(gateway.taken) == 1, "the key is the same, so that the gateway knows it"
    assert states(session) == [(True, False, 2, None)]


@pytest.mark.parametrize("status", [500, 503, 429, 401, 302])
def test_a_gateway_that_takes_nothing_now_is_asked_again_later(session, gateway, status):
    an_sms()
    gateway.answers = [status]
    jobs.send_sms()
    assert states(session) == [(False, False, 1, f"HTTP {status}")]
    assert jobs.send_sms() == 0, "not at once"
    with time_machine.travel(clock.now() + timedelta(minutes=2)):
        assert jobs.send_sms() == 1
    assert states(session)[0][0]


def test_a_number_that_the_gateway_refuses_is_given_up_at_once(session, gateway):
    an_sms()
    an_sms()
    gateway.answers = [422]
    assert jobs.send_sms() == 2
    assert states(session) == [(False, True, 1, "HTTP 422"), (True, False, 1, None)]


def test_a_gateway_that_is_down_holds_up_neither_mails_nor_the_other_gateway(
    session, gateway, app, monkeypatch
):
    for _ in range(10):
        an_sms()
    a_message(to=PHONE, channel=Channel.ZALO)
    a_message()
    set_to(app, monkeypatch, sms_url="http://127.0.0.1:9/gui", zalo_url=gateway.url)
    assert jobs.send_sms() == jobs.OUTAGE
    assert jobs.send_zalo() == 1
    assert jobs.send_mails() == 1
    session.rollback()
    left = session.scalars(select(Dispatch.channel).where(Dispatch.sent_at.is_(None)))
    assert set(left) == {"sms"}


def test_where_no_gateway_is_set_nothing_is_tried(app):
    an_sms()
    assert jobs.send_sms() == jobs.send_zalo() == 0


@pytest.mark.parametrize("address", ["ftp://cong.example.vn", "cong.example.vn", "https://"])
def test_a_wrong_address_of_a_gateway_is_refused(address):
    with pytest.raises(ValueError, match="https://"):
        gateway_for(Settings(sms_url=address), Channel.SMS)


def test_messages_wait_for_the_morning_and_codes_do_not(session, gateway):
    with time_machine.travel("2026-11-23T22:00+07:00"):
        an_sms()
        an_sms(letter=Letter.CODE, data={"code": "ABCDE-12345"})
        assert jobs.send_sms() == 1
        assert "ABCDE-12345" in gateway.asked[0][2]["text"]
    with time_machine.travel("2026-11-24T08:01+07:00"):
        assert jobs.send_sms() == 1


def filed_by(email="", phone=PHONE):
    return FiledBy(filer_type="enterprise", name="Công ty TNHH Mẫu A", email=email, phone=phone)


def test_a_guest_who_left_only_a_number_hears_by_sms_and_nothing_of_the_ticket(
    session, loaded, gateway, drained, course
):
    ticket = a_ticket(session, loaded, by=filed_by())
    matter = course(ticket, a_person(session, name="Nguyễn Thị Cán"))
    matter.accept()
    matter.answer()
    drained()
    jobs.send_sms()
    (sent,) = (body["text"] for _key, _authorization, body in gateway.asked)
    assert ticket.code in sent
    assert not [word for word in (*SECRETS, "Nguyễn Thị Cán") if word in sent]


def test_an_account_that_chose_sms_gets_both_when_it_is_a_legal_notice(
    session, loaded, gateway, drained, course
):
    account = an_enterprise(session)
    with unit_of_work() as writing:
        services.choose(writing, account.id, Wishes(mail=False, sms=True))
        writing.merge(account).phone = PHONE
    matter = course(a_ticket(session, loaded, enterprise_id=account.enterprise_id), a_person(session))
    matter.accept()
    matter.ask()
    drained()
    session.rollback()
    assert list(session.scalars(select(Dispatch.channel))) == ["sms"]
    matter.reply()
    matter.answer()
    drained()
    session.rollback()
    assert sorted(session.scalars(select(Dispatch.channel))) == ["mail", "sms", "sms"]


def test_a_lost_code_comes_to_the_number_left_at_most_three_times_a_day(session, loaded, gateway, drained):
    ticket = a_ticket(session, loaded, by=filed_by(), tracking_hash="x")
    for _ in range(MOST_CODES + 2):
        with unit_of_work() as writing:
            outbox.publish(writing, CodeRequested(ticket_id=ticket.id, channel="phone"))
    drained()
    assert jobs.send_sms() == MOST_CODES
    texts = [body["text"] for _key, _authorization, body in gateway.asked]
    assert len(set(texts)) == MOST_CODES
    assert all(ticket.code in text and "30 phút" in text for text in texts)
    session.rollback()
    assert {row.data == {} for row in session.scalars(select(Dispatch))} == {True}

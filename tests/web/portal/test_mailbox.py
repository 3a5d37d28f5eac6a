"""A forgotten password and the confirmation of an address, by the links in one's mailbox."""

import re

import pytest
from sqlalchemy import select

from feedback_app.accounts.models import User
from feedback_app.app import create_app
from feedback_app.core import clock, outbox
from feedback_app.core.db import db, unit_of_work
from feedback_app.core.limits import limiter
from feedback_app.notifications.letters import compose
from feedback_app.notifications.models import Dispatch
from tests.factories import an_enterprise, sign_in

NEW = "mot cau moi hoan toan"


@pytest.fixture
def user(session):
    return an_enterprise(session, name="Công ty TNHH Nước mắm Mẫu")


@pytest.fixture
def links_mailed(session):
    def read():
        outbox.drain()
        db.session.close()
        bodies = [
            compose(row).get_content() for row in session.scalars(select(Dispatch).order_by(Dispatch.id))
        ]
        return [re.search(r"https?://[^/\s]+(/\S+)", body).group(1) for body in bodies]

    return read


def ask(client, email):
    return client.post("/quen-mat-khau", data={"email": email}, follow_redirects=True)


def choose(client, link, password=NEW, again=NEW):
    return client.post(link, data={"password": password, "again": again})


def enter(client, user, password=NEW):
    return client.post("/dang-nhap", data={"email": user.email, "password": password})


def test_the_sign_in_page_leads_there(client):
    assert 'href="/quen-mat-khau"' in client.get("/dang-nhap").text
    assert "Quên mật khẩu" in client.get("/quen-mat-khau").text


def test_whoever_forgot_the_password_sets_a_new_one(client, user, links_mailed):
    ask(client, user.email)
    (link,) = links_mailed()
    assert link.startswith("/dat-lai-mat-khau/")
    assert user.email in client.get(link).text
    assert choose(client, link).location == "/dang-nhap"
    assert enter(client, user).location == "/doanh-nghiep"


def test_an_unknown_address_gets_the_same_page_and_no_mail(client, user, links_mailed):
    known, unknown = ask(client, user.email), ask(client, "khong-co@example.vn")
    assert (known.status_code, known.text) == (unknown.status_code, unknown.text)
    assert len(links_mailed()) == 1


def test_a_closed_account_gets_the_same_page_and_no_mail(client, user, links_mailed):
    with unit_of_work() as writing:
        writing.get_one(User, user.id).disabled_at = clock.now()
    assert "Đã nhận yêu cầu" in ask(client, user.email).text
    assert links_mailed() == []


def test_a_link_used_twice_says_so(client, user, links_mailed):
    ask(client, user.email)
    (link,) = links_mailed()
    choose(client, link)
    for answer in (client.get(link), choose(client, link, "mot cau khac han", "mot cau khac han")):
        assert answer.status_code == 404
        assert "đã dùng, đã hết hạn" in answer.text
    assert enter(client, user).status_code == 302


def test_looking_at_the_page_uses_nothing_up(client, user, links_mailed):
    ask(client, user.email)
    (link,) = links_mailed()
    assert client.get(link).status_code == client.get(link).status_code == 200
    assert choose(client, link).status_code == 302


@pytest.mark.parametrize(
    "password, again, said", [("ngan", "ngan", "ít nhất 10 ký tự"), (NEW, "khac", "chưa giống nhau")]
)
def test_the_rules_for_passwords_are_those_of_signing_up(client, user, links_mailed, password, again, said):
    ask(client, user.email)
    (link,) = links_mailed()
    assert said in choose(client, link, password, again).text
    assert choose(client, link).status_code == 302


def test_a_new_password_ends_every_sign_in_of_the_person_and_nobody_else_s(
    app, client, session, user, links_mailed
):
    elsewhere, other = sign_in(app.test_client(), user), sign_in(app.test_client(), an_enterprise(session))
    ask(client, user.email)
    (link,) = links_mailed()
    choose(client, link)
    assert elsewhere.get("/doanh-nghiep").status_code == 302
    assert other.get("/doanh-nghiep").status_code == 200


def test_asking_too_often_has_to_wait(app, session):
    counting = create_app(app.extensions["settings"].model_copy(update={"rate_limits": True}))
    counting.config["WTF_CSRF_ENABLED"] = False
    limiter.reset()
    browser = counting.test_client()
    statuses = [browser.post("/quen-mat-khau", data={"email": "a@example.vn"}).status_code for _ in range(6)]
    limiter.reset()
    limiter.enabled = False
    with counting.app_context():
        db.engine.dispose()
    assert statuses == [302] * 5 + [429]


def test_signing_up_brings_a_link_that_confirms_the_address(client, session, links_mailed):
    given = {
        "filer_type": "enterprise",
        "enterprise_name": "Công ty TNHH Nước mắm Mẫu",
        "person": "Người Mẫu",
        "email": "giam-doc@example.vn",
        "password": NEW,
        "again": NEW,
    }
    client.post("/dang-ky", data=given)
    (link,) = links_mailed()
    page = client.get(link).text
    assert "giam-doc@example.vn" in page
    assert "Công ty TNHH Nước mắm Mẫu" in page
    assert session.scalars(select(User.confirmed_at)).one() is None
    session.rollback()
    client.post(link)
    assert session.scalars(select(User.confirmed_at)).one() is not None
    assert client.get(link).status_code == 404


def test_the_profile_offers_the_confirmation_until_it_is_done(client, user, links_mailed):
    sign_in(client, user)
    assert "chưa được xác nhận" in client.get("/tai-khoan").text
    client.post("/tai-khoan/xac-nhan-thu")
    (link,) = links_mailed()
    client.post(link)
    assert "chưa được xác nhận" not in client.get("/tai-khoan").text
    client.post("/tai-khoan/xac-nhan-thu")
    assert len(links_mailed()) == 1

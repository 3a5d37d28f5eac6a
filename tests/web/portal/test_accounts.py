"""Signing up, signing in, invitations, one's own account."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback_app.accounts import services
from feedback_app.accounts import sign_in as signing_in
from feedback_app.accounts.actor import Function
from feedback_app.accounts.models import SignInSession, User
from feedback_app.app import create_app
from feedback_app.core import clock
from feedback_app.core.db import db, unit_of_work
from feedback_app.core.limits import limiter
from feedback_app.core.outbox import OutboxEvent
from tests.factories import an_enterprise, sign_in

PASSWORD = "mot cau ngan de nho"
GIVEN = {
    "filer_type": "enterprise",
    "enterprise_name": "Công ty TNHH Nước mắm Mẫu",
    "identifier": "4200000001",
    "person": "Người Mẫu",
    "email": "giam-doc@example.vn",
    "password": PASSWORD,
    "again": PASSWORD,
}


def sign_up(client: FlaskClient, **changes: str):
    return client.post("/dang-ky", data=GIVEN | changes, follow_redirects=True)


def enter(
    client: FlaskClient, email: str = GIVEN["email"], password: str = PASSWORD, path: str = "/dang-nhap"
):
    return client.post(path, data={"email": email, "password": password})


@pytest.fixture
def user(session: Session) -> User:
    """Return an enterprise's account with a password that works."""
    user = an_enterprise(session)
    with unit_of_work() as writing:
        writing.get_one(User, user.id).password_hash = signing_in.hashed(PASSWORD)
    return user


@pytest.fixture
def guarded(app: Flask) -> Iterator[FlaskClient]:
    """Return a browser before an application that counts attempts, as it does outside of tests."""
    counting = create_app(app.extensions["settings"].model_copy(update={"rate_limits": True}))
    counting.config["WTF_CSRF_ENABLED"] = False
    limiter.reset()
    yield counting.test_client()
    limiter.reset()
    limiter.enabled = False
    with counting.app_context():
        db.engine.dispose()


def test_whoever_signed_up_can_sign_in(client: FlaskClient) -> None:
    assert "Đã nhận đăng ký" in sign_up(client).text
    answer = enter(client)
    assert answer.location == "/doanh-nghiep"
    assert "Chưa có phiếu nào" in client.get("/doanh-nghiep").text


def test_an_address_that_has_an_account_gets_the_same_page_and_its_owner_a_mail(
    client: FlaskClient, session: Session
) -> None:
    first = sign_up(client)
    second = sign_up(client, password="mot cau khac han", again="mot cau khac han")
    assert (first.status_code, first.text) == (second.status_code, second.text)
    assert enter(client, password="mot cau khac han").status_code == 200
    owner = session.scalars(select(User)).one()
    events = session.scalars(select(OutboxEvent).where(OutboxEvent.name == "account.sign_up_repeated")).all()
    assert [event.payload for event in events] == [{"user_id": owner.id}]


@pytest.mark.parametrize(
    "changes, said",
    [
        ({"password": "ngan", "again": "ngan"}, "ít nhất 10 ký tự"),
        ({"again": "mot cau khac han"}, "chưa giống nhau"),
        ({"email": "giam-doc"}, "ten@congty.vn"),
        ({"enterprise_name": " "}, "Vui lòng nhập tên doanh nghiệp"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_is_kept(
    client: FlaskClient, changes: dict[str, str], said: str
) -> None:
    text = sign_up(client, **changes).text
    assert said in text
    assert "Người Mẫu" in text


def test_an_odd_tax_code_earns_a_hint_and_no_refusal(client: FlaskClient) -> None:
    text = sign_up(client, identifier="420000000").text
    assert "có 10 chữ số; Quý vị đã nhập 9" in text
    assert "Đã nhận đăng ký" in text
    assert enter(client).status_code == 302


def test_an_unknown_address_and_a_wrong_password_get_the_same_page(client: FlaskClient, user: User) -> None:
    wrong = enter(client, user.email, "sai mat khau roi").text
    unknown = enter(client, user.email.replace("doanh", "khong"), "sai mat khau roi").text
    assert "không đúng" in wrong
    assert wrong.replace(user.email, "") == unknown.replace(user.email.replace("doanh", "khong"), "")


def test_the_sixth_wrong_password_has_to_wait_and_others_do_not(guarded: FlaskClient, user: User) -> None:
    statuses = [enter(guarded, user.email, "sai mat khau roi").status_code for _ in range(6)]
    assert statuses == [200] * 5 + [429]
    assert enter(guarded, user.email).status_code == 429
    assert enter(guarded, "nguoi-khac@example.vn", "sai mat khau roi").status_code == 200


def test_right_passwords_are_not_counted(guarded: FlaskClient, user: User) -> None:
    assert [enter(guarded, user.email).status_code for _ in range(7)] == [302] * 7


def test_an_unknown_address_is_made_to_wait_alike(guarded: FlaskClient) -> None:
    statuses = [enter(guarded, "khong-co@example.vn", "sai mat khau roi").status_code for _ in range(6)]
    assert statuses == [200] * 5 + [429]


def test_signing_in_leads_back_and_never_to_another_site(client: FlaskClient, user: User) -> None:
    assert enter(client, user.email, path="/dang-nhap?next=/tai-khoan").location == "/tai-khoan"
    assert enter(client, user.email, path="/dang-nhap?next=//example.com").location == "/doanh-nghiep"


@pytest.fixture
def invitation(session: Session, loaded) -> str:
    with unit_of_work() as writing:
        return services.invite(
            writing,
            email="can-bo@example.vn",
            name="Cán bộ Mẫu",
            function=Function.OFFICER,
            agency_id=loaded.agency_ids["so-xd"],
            at=clock.now(),
        )


def test_an_invited_person_sets_a_password_and_enters(client: FlaskClient, invitation: str) -> None:
    page = client.get(f"/loi-moi/{invitation}").text
    for part in ("Cán bộ Mẫu", "Cán bộ xử lý", "Sở Xây dựng"):
        assert part in page
    client.post(f"/loi-moi/{invitation}", data={"password": PASSWORD, "again": PASSWORD})
    assert enter(client, "can-bo@example.vn").location.rstrip("/") == "/can-bo"


def test_an_invitation_works_once(client: FlaskClient, invitation: str) -> None:
    client.post(f"/loi-moi/{invitation}", data={"password": PASSWORD, "again": PASSWORD})
    answer = client.get(f"/loi-moi/{invitation}")
    assert answer.status_code == 404
    assert "Lời mời không còn hiệu lực" in answer.text


def test_name_telephone_and_language_can_be_changed(
    client: FlaskClient, user: User, session: Session
) -> None:
    sign_in(client, user)
    client.post(
        "/tai-khoan",
        data={"name": "Tên Mới", "phone": "0905 000 000", "identifier": "4200000002", "locale": "en"},
    )
    session.expire_all()
    found = session.get_one(User, user.id)
    assert (found.name, found.phone, found.locale) == ("Tên Mới", "0905 000 000", "en")
    assert 'lang="en"' in client.get("/tai-khoan").text


def test_a_new_password_ends_every_sign_in(
    client: FlaskClient, app: Flask, user: User, session: Session
) -> None:
    elsewhere = sign_in(app.test_client(), user)
    sign_in(client, user)
    given = {"current": PASSWORD, "password": "mot cau moi hoan toan", "again": "mot cau moi hoan toan"}
    assert client.post("/tai-khoan/mat-khau", data=given).location == "/dang-nhap"
    assert elsewhere.get("/doanh-nghiep").status_code == 302
    assert enter(client, user.email, "mot cau moi hoan toan").status_code == 302


def test_a_wrong_present_password_changes_nothing(client: FlaskClient, user: User) -> None:
    sign_in(client, user)
    given = {"current": "sai mat khau roi", "password": "mot cau moi", "again": "mot cau moi"}
    assert "hiện nay không đúng" in client.post("/tai-khoan/mat-khau", data=given).text
    assert enter(client, user.email).status_code == 302


def test_signing_out_everywhere_leaves_no_session(client: FlaskClient, user: User, session: Session) -> None:
    sign_in(client, user)
    client.post("/tai-khoan/dang-xuat-moi-noi")
    assert session.scalars(select(SignInSession)).all() == []
    assert client.get("/tai-khoan").location.startswith("/dang-nhap")

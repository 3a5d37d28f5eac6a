"""An enterprise with an account and its tickets."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from feedback_app.accounts.models import User
from feedback_app.catalogue.store import Loaded
from feedback_app.intake.codes import tracking_hash
from feedback_app.tickets.models import Ticket
from tests.factories import a_person, a_ticket, an_enterprise, reread, sign_in

CODE = "ABCDE23456FGHJK7890M"


@pytest.fixture
def user(session: Session) -> User:
    return an_enterprise(session)


@pytest.fixture
def ticket(session: Session, loaded: Loaded, user: User) -> Ticket:
    return a_ticket(session, loaded, enterprise_id=user.enterprise_id)


@pytest.fixture
def owner(client: FlaskClient, user: User) -> FlaskClient:
    return sign_in(client, user)


@pytest.fixture
def stranger(app: Flask, session: Session) -> FlaskClient:
    """Return the browser of another enterprise."""
    return sign_in(app.test_client(), an_enterprise(session, name="Công ty TNHH Mẫu B"))


def test_the_list_shows_own_tickets_only(
    owner: FlaskClient, ticket: Ticket, session: Session, loaded: Loaded
) -> None:
    other = a_ticket(session, loaded, enterprise_id=an_enterprise(session).enterprise_id)
    text = owner.get("/doanh-nghiep").text
    assert ticket.code in text
    assert other.code not in text


def test_the_list_goes_on_page_by_page(
    owner: FlaskClient, user: User, session: Session, loaded: Loaded
) -> None:
    codes = [
        a_ticket(session, loaded, routed=False, enterprise_id=user.enterprise_id).code for _ in range(22)
    ]
    first = owner.get("/doanh-nghiep").text
    assert [code in first for code in codes] == [False] * 2 + [True] * 20
    href = first.split('href="/doanh-nghiep?before=')[1].split('"')[0]
    second = owner.get(f"/doanh-nghiep?before={href}").text
    assert [code in second for code in codes] == [True] * 2 + [False] * 20


def test_the_owner_opens_the_ticket(owner: FlaskClient, ticket: Ticket) -> None:
    assert ticket.body in owner.get(f"/doanh-nghiep/phieu/{ticket.code}").text


@pytest.mark.parametrize("page", ["", "/rut", "/xem-xet-lai"])
def test_another_enterprise_s_ticket_does_not_exist(stranger: FlaskClient, ticket: Ticket, page: str) -> None:
    assert stranger.get(f"/doanh-nghiep/phieu/{ticket.code}{page}").status_code == 404


def test_another_enterprise_cannot_withdraw_it(
    stranger: FlaskClient, ticket: Ticket, session: Session
) -> None:
    assert stranger.post(f"/doanh-nghiep/phieu/{ticket.code}/rut").status_code == 404
    assert reread(session, ticket.code).status == "assigned"


def test_the_owner_withdraws_it(owner: FlaskClient, ticket: Ticket, user: User, session: Session) -> None:
    owner.post(f"/doanh-nghiep/phieu/{ticket.code}/rut")
    found = reread(session, ticket.code)
    assert found.status == "withdrawn"
    assert found.entries[-1].actor_id == user.id


def test_a_guest_is_led_to_the_sign_in(client: FlaskClient, ticket: Ticket) -> None:
    answer = client.get(f"/doanh-nghiep/phieu/{ticket.code}")
    assert answer.status_code == 302
    assert answer.location.startswith("/dang-nhap")


def test_an_officer_has_no_tickets_of_an_enterprise(app: Flask, session: Session) -> None:
    assert sign_in(app.test_client(), a_person(session)).get("/doanh-nghiep").status_code == 403


def test_a_ticket_filed_as_a_guest_joins_the_account_by_its_code(
    owner: FlaskClient, user: User, session: Session, loaded: Loaded
) -> None:
    guests = a_ticket(session, loaded, tracking_hash=tracking_hash(CODE))
    answer = owner.post("/doanh-nghiep/them-phieu", data={"code": CODE.lower()}, follow_redirects=True)
    assert "Đã thêm phiếu" in answer.text
    assert reread(session, guests.code).enterprise_id == user.enterprise_id


def test_a_ticket_of_another_account_cannot_be_claimed(
    owner: FlaskClient, session: Session, loaded: Loaded
) -> None:
    other = an_enterprise(session).enterprise_id
    taken = a_ticket(session, loaded, tracking_hash=tracking_hash(CODE), enterprise_id=other)
    assert "thuộc một tài khoản khác" in owner.post("/doanh-nghiep/them-phieu", data={"code": CODE}).text
    assert reread(session, taken.code).enterprise_id == other

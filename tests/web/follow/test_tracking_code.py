"""Who may come in with a tracking code."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from feedback_app.catalogue.store import Loaded
from feedback_app.tickets.models import Ticket
from tests.factories import a_ticket
from tests.web.follow.conftest import CODE


def test_a_guest_sees_the_ticket_after_typing_the_code(client: FlaskClient, ticket: Ticket) -> None:
    answer = client.post("/theo-doi", data={"code": CODE}, follow_redirects=True)
    assert answer.request.path == f"/theo-doi/{ticket.code}"
    assert ticket.title in answer.text


@pytest.mark.parametrize("typed", ["abcde-23456-fghjk-7890m", " ABCDE 23456 FGHJK 789OM "])
def test_small_letters_dashes_and_lookalikes_are_forgiven(
    client: FlaskClient, ticket: Ticket, typed: str
) -> None:
    assert client.post("/theo-doi", data={"code": typed}).status_code == 302


@pytest.mark.parametrize(
    "typed, advice",
    [
        ("ABCDE23456FGHJK7890X", "Không có phiếu nào mang mã này"),
        ("ABCDE23456", "đã nhập 10"),
        ("KH-2026-000001", "Đây là số phiếu"),
        ("  ", "Vui lòng nhập mã theo dõi"),
    ],
)
def test_a_wrong_code_is_told_what_is_wrong_with_it(
    client: FlaskClient, ticket: Ticket, typed: str, advice: str
) -> None:
    assert advice in client.post("/theo-doi", data={"code": typed}).text


def test_the_number_of_the_ticket_alone_opens_nothing(client: FlaskClient, ticket: Ticket) -> None:
    assert client.get(f"/theo-doi/{ticket.code}").status_code == 404


def test_the_code_of_one_ticket_does_not_open_another(
    guest: FlaskClient, session: Session, loaded: Loaded
) -> None:
    other = a_ticket(session, loaded)
    assert guest.get(f"/theo-doi/{other.code}").status_code == 404


def test_the_cookie_never_holds_the_code(guest: FlaskClient) -> None:
    with guest.session_transaction() as cookie:
        assert CODE not in str(dict(cookie))


def test_the_right_to_see_ends_after_some_hours(guest: FlaskClient, ticket: Ticket) -> None:
    with guest.session_transaction() as cookie:
        cookie["followed"] = {
            code: [key, until - 5 * 3600] for code, (key, until) in cookie["followed"].items()
        }
    assert guest.get(f"/theo-doi/{ticket.code}").status_code == 404

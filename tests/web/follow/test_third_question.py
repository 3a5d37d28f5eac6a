"""The third question, through the pages."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from feedback_app.surveys.models import SurveyCell
from feedback_app.tickets.models import Ticket

URL = "/theo-doi/y-kien-rieng"


def token_of(guest: FlaskClient, ticket: Ticket) -> str:
    text = guest.post(f"/theo-doi/{ticket.code}/danh-gia", data={"answered": "yes", "solved": "no"}).text
    found = re.search(r'name="token" value="([0-9a-f]{64})"', text)
    assert found is not None
    return found[1]


def counted(session: Session) -> int:
    session.rollback()
    return session.scalar(select(func.sum(SurveyCell.n))) or 0


def test_an_answer_is_thanked_for(guest: FlaskClient, answered: Ticket, session: Session) -> None:
    given = {"token": token_of(guest, answered), "treated_properly": "yes", "extra_payment": "no"}
    assert "Cảm ơn" in guest.post(URL, data=given, follow_redirects=True).text
    assert counted(session) == 2


def test_a_browser_that_knows_nothing_of_the_visit_can_answer(
    app: Flask, guest: FlaskClient, answered: Ticket, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = token_of(guest, answered)
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    answer = app.test_client().post(URL, data={"token": token, "extra_payment": "no"})
    assert answer.status_code == 302
    assert "Set-Cookie" not in answer.headers
    assert counted(session) == 1


def test_a_second_answer_is_told_that_it_does_not_count(
    guest: FlaskClient, answered: Ticket, session: Session
) -> None:
    given = {"token": token_of(guest, answered), "extra_payment": "no"}
    guest.post(URL, data=given)
    again = guest.post(URL, data=given | {"extra_payment": "yes"})
    assert again.status_code == 410
    assert "không được tính" in again.text
    assert counted(session) == 1


def test_sending_nothing_keeps_the_token(guest: FlaskClient, answered: Ticket, session: Session) -> None:
    token = token_of(guest, answered)
    assert token in guest.post(URL, data={"token": token}).text
    assert counted(session) == 0

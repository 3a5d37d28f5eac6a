"""An invited enterprise opens its link, answers on one page, and is told plainly when the link is worth nothing."""

import re
from datetime import UTC, date, datetime

import pytest
import time_machine
from sqlalchemy import func, select

from feedback_app.core.db import db
from feedback_app.notifications.models import Dispatch
from feedback_app.pulses.models import PulseCell
from tests.factories import a_person
from tests.factories.pulses import a_register, a_round, tokens_of

pytestmark = pytest.mark.parametrize("shared_app", ["sqlite"], indirect=True, scope="session")
TODAY = datetime(2026, 11, 24, 2, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(TODAY):
        yield


@pytest.fixture
def token(session):
    a_register(60, a_person(session, "focal_point", "so-tc").id, on=date(2026, 11, 24))
    a_round(TODAY)
    return tokens_of(session.scalars(select(Dispatch).limit(1)))[0]


def words(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.get_data(as_text=True)).split())


def counted():
    db.session.rollback()
    return db.session.scalar(select(func.sum(PulseCell.n)))


def test_seven_questions_stand_on_one_page_that_knows_nobody(client, token):
    page = client.get(f"/khao-sat/tra-loi/{token}")
    text = page.get_data(as_text=True)
    assert text.count("<fieldset") == 7
    assert text.count(">Không trả lời<") == 7
    assert "csrf_token" not in text
    assert "<form" in text
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in page.headers


def test_the_questions_are_there_in_english_for_whoever_was_written_to_in_english(client, token):
    page = client.get(f"/khao-sat/tra-loi/{token}?ngon_ngu=en")
    assert "During this recent procedure" in words(page)
    assert "Set-Cookie" not in page.headers
    sent = client.post("/khao-sat/tra-loi", data={"token": token, "leaders": "usually", "ngon_ngu": "en"})
    assert sent.headers["Location"].endswith("/khao-sat/cam-on?ngon_ngu=en")


def test_an_answer_is_taken_once_and_the_link_is_gone(client, token):
    given = {"token": token, "extra_payment": "none", "dialogue": "not_raised"}
    sent = client.post("/khao-sat/tra-loi", data=given)
    assert (sent.status_code, sent.headers["Location"]) == (302, "/khao-sat/cam-on?ngon_ngu=vi")
    assert "Cảm ơn" in words(client.get(sent.headers["Location"]))
    assert counted() == 7
    for again in (client.post("/khao-sat/tra-loi", data=given), client.get(f"/khao-sat/tra-loi/{token}")):
        assert again.status_code == 410
        assert "không dùng được nữa" in words(again)
        assert "đúng một lần" in words(again)
    assert counted() == 7


@pytest.mark.parametrize("wrong", ["khong-co", "%00", "A" * 400, "'; DROP TABLE pulse_token; --"])
def test_an_altered_link_gets_a_clear_page(client, token, wrong):
    assert client.get(f"/khao-sat/tra-loi/{wrong}").status_code == 410
    assert client.post("/khao-sat/tra-loi", data={"token": wrong, "leaders": "usually"}).status_code == 410
    assert counted() == 0


def test_an_expired_link_gets_the_same_page(client, token):
    with time_machine.travel(datetime(2027, 1, 1, 3, tzinfo=UTC)):
        assert "không dùng được nữa" in words(client.get(f"/khao-sat/tra-loi/{token}"))


def test_an_empty_form_uses_nothing_up_and_all_no_answers_are_an_answer(client, token):
    empty = client.post("/khao-sat/tra-loi", data={"token": token})
    assert empty.status_code == 400
    assert "ít nhất một câu" in words(empty)
    assert counted() == 0
    assert client.post("/khao-sat/tra-loi", data={"token": token, "answer": "unsaid"}).status_code == 302
    assert counted() == 7

"""Redis is away, the database is away from somebody signed in, somebody sends too often: filing copes and says so."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from feedback_app.accounts import services as accounts
from feedback_app.accounts import sign_in as identities
from feedback_app.accounts.services import SignUp
from feedback_app.app import create_app
from feedback_app.core import bell, clock
from feedback_app.core.db import db, unit_of_work
from feedback_app.core.limits import limiter
from feedback_app.core.outbox import OutboxEvent
from feedback_app.intake.services import drafts
from feedback_app.tickets.models import Ticket
from tests.web.intake.conftest import Visitor

NOBODY_LISTENS = "redis://127.0.0.1:1/0"
PASSWORD = "mot mat khau dai"


def away(*_args, **_kwargs):
    raise OperationalError("", {}, Exception())


@pytest.fixture
def member(app, visitor):
    given = SignUp(email="a@vidu.vn", person="Người Gửi", password=PASSWORD, filer_type="enterprise",
                   enterprise_name="Công ty Ví Dụ", identifier="0100109106")  # fmt: skip
    with unit_of_work() as session:
        accounts.sign_up(session, given, at=clock.now())
    visitor.client.post("/dang-nhap", data={"email": given.email, "password": PASSWORD})
    return visitor


@pytest.fixture
def limited(app: Flask) -> Iterator[Visitor]:
    """Return a visitor of an application that counts, as outside of tests."""
    counting = create_app(app.extensions["settings"].model_copy(update={"rate_limits": True}))
    counting.config["WTF_CSRF_ENABLED"] = False
    limiter.reset()
    yield Visitor(counting.test_client())
    limiter.reset()
    limiter.enabled = False
    with counting.app_context():
        db.engine.dispose()


def test_a_filing_is_stored_with_its_outbox_row_while_redis_is_down(app, visitor, session, monkeypatch):
    monkeypatch.setitem(app.extensions, "bell", bell.connection(NOBODY_LISTENS))
    visitor.ready()
    assert visitor.send().location == "/gui-phieu/giay-tiep-nhan"
    assert "KH-20" in visitor.get("/giay-tiep-nhan").text
    session.rollback()
    assert session.scalar(select(func.count()).select_from(Ticket)) == 1
    assert session.scalar(select(func.count()).select_from(OutboxEvent)) == 1


def test_somebody_signed_in_keeps_the_typed_text_while_the_database_is_away(member, monkeypatch):
    member.kind()
    monkeypatch.setattr(identities, "user_of", away)
    monkeypatch.setattr(drafts, "load", away)
    answer = member.story()
    assert answer.status_code == 503
    assert "Chưa lưu được" in answer.text
    assert "nộp ngày 01/9/2026" in answer.text
    again = member.get("/noi-dung")
    assert again.status_code == 503
    assert "vẫn được giữ" in again.text


def test_nobody_signed_in_files_as_a_guest_by_a_moment_s_failure(member, session, monkeypatch):
    member.ready()
    with monkeypatch.context() as failing:
        failing.setattr(identities, "user_of", away)
        assert member.send().status_code == 503
        assert member.client.get("/doanh-nghiep").status_code == 503
    session.rollback()
    assert session.scalar(select(func.count()).select_from(Ticket)) == 0
    member.send()
    session.rollback()
    assert session.scalar(select(Ticket.enterprise_id)) is not None


def test_whoever_sends_too_often_is_told_to_wait_in_words(limited):
    answers = [limited.post("/lay-lai-ma", number="KH-2026-000001", contact="a@vidu.vn") for _ in range(11)]
    assert {a.status_code for a in answers[:10]} == {302}
    assert answers[10].status_code == 429
    assert "Thao tác quá nhiều lần" in answers[10].text
    assert "1900 1023" in answers[10].text

"""Journeys of a guest who holds a tracking code."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from feedback_app.accounts.actor import Actor
from feedback_app.accounts.models import User
from feedback_app.catalogue.store import Loaded
from feedback_app.core import clock
from feedback_app.core.db import unit_of_work
from feedback_app.intake.codes import tracking_hash
from feedback_app.tickets import queries
from feedback_app.tickets.models import Ticket
from feedback_app.tickets.services import answering, handling
from feedback_app.tickets.services.answering import Letter
from tests.factories import a_person, a_ticket, actor_of

CODE = "ABCDE23456FGHJK7890M"


@pytest.fixture
def ticket(session: Session, loaded: Loaded) -> Ticket:
    """Return a guest's ticket with the construction department."""
    return a_ticket(session, loaded, tracking_hash=tracking_hash(CODE))


@pytest.fixture
def officer(session: Session) -> User:
    return a_person(session)


@pytest.fixture
def actor(session: Session, officer: User) -> Actor:
    return actor_of(session, officer)


@pytest.fixture
def guest(client: FlaskClient, ticket: Ticket) -> FlaskClient:
    """Return a browser in which the tracking code was typed."""
    assert client.post("/theo-doi", data={"code": CODE}).status_code == 302
    return client


@pytest.fixture
def accepted(app: Flask, ticket: Ticket, actor: Actor) -> Ticket:
    with unit_of_work() as session:
        handling.accept(session, queries.by_id(session, ticket.id), by=actor, at=clock.now())
    return ticket


@pytest.fixture
def asked(accepted: Ticket, actor: Actor) -> Ticket:
    with unit_of_work() as session:
        loaded = queries.by_id(session, accepted.id)
        handling.ask_enterprise(session, loaded, by=actor, text="Xin gửi bản vẽ mặt bằng.", at=clock.now())
    return accepted


@pytest.fixture
def answered(accepted: Ticket, actor: Actor) -> Ticket:
    answer_it(accepted, actor)
    return accepted


def answer_it(ticket: Ticket, actor: Actor) -> None:
    """Answer with a letter."""
    with unit_of_work() as session:
        answering.answer(
            session,
            queries.by_id(session, ticket.id),
            by=actor,
            text="Giấy phép đã được cấp ngày hôm nay.",
            legal_refs="Điều, khoản làm căn cứ (mẫu)",
            letter=Letter(number="123/SXD-QLXD", dated=clock.today(), signer="Phó Giám đốc (mẫu)"),
            at=clock.now(),
        )

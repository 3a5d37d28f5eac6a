"""A quarter's round, drawn on 24 November 2026 from a register of ninety enterprises."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from sqlalchemy import select

from feedback_app.accounts.actor import Function
from feedback_app.core.db import db
from feedback_app.notifications.models import Dispatch
from tests.factories import a_person
from tests.factories.pulses import a_register, a_round, tokens_of

MOMENT = datetime(2026, 11, 24, 2, tzinfo=UTC)
DAY = date(2026, 11, 24)
NEXT_YEAR = datetime(2027, 1, 1, 2, tzinfo=UTC)
NUMBER = 90


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(MOMENT):
        yield


@pytest.fixture
def register(session):
    """Return the id of the person of the focal point who wrote ninety enterprises into the register."""
    by_id = a_person(session, Function.FOCAL_POINT, "so-tc").id
    a_register(NUMBER, by_id, on=DAY)
    return by_id


@pytest.fixture
def invited(session, register):
    """Return the tokens of a round, in the order in which the messages were written."""
    a_round(MOMENT)
    return tokens_of(messages())


def messages():
    db.session.rollback()
    query = select(Dispatch).where(Dispatch.letter == "pulse").order_by(Dispatch.id)
    return db.session.scalars(query).all()

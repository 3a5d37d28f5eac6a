"""A Tuesday in November, a focal point, a provincial dialogue with its call open."""

from datetime import UTC, datetime

import pytest
import time_machine

from feedback_app.accounts.actor import Function
from tests.factories import a_person, actor_of
from tests.factories.dialogues import a_meeting

NOW = datetime(2026, 11, 24, 2, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def focal(session):
    return a_person(session, Function.FOCAL_POINT, "so-tc")


@pytest.fixture
def by(session, focal):
    return actor_of(session, focal)


@pytest.fixture
def meeting(loaded, focal):
    return a_meeting(loaded, focal)

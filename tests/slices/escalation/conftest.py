"""Days on which things happen, and the outbox worked off."""

from datetime import UTC, datetime

import pytest
import time_machine

from feedback_app.core import outbox
from feedback_app.core.db import db


@pytest.fixture
def on_day(app):
    """Return a function that makes it nine o'clock of a day in November 2026."""
    travelling = []

    def go(day):
        while travelling:
            travelling.pop().stop()
        traveller = time_machine.travel(datetime(2026, 11, day, 2, 0, tzinfo=UTC))
        traveller.start()
        travelling.append(traveller)

    yield go
    while travelling:
        travelling.pop().stop()


@pytest.fixture
def drained():
    """Return a function that works off the outbox."""

    def drain():
        outbox.drain()
        db.session.close()

    return drain

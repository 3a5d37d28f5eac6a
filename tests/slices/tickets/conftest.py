"""The outbox worked off at once; packs that a test changes are put back."""

import pytest

from feedback_app.core import outbox
from feedback_app.core.db import db
from tests.packs import packs_put_back

__all__ = ["drained", "packs_put_back"]


@pytest.fixture
def drained(app):
    def drain():
        db.session.rollback()
        outbox.drain()

    return drain

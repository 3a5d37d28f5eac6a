"""The outbox worked off at once; packs that a test changes are put back."""

import pytest
from sqlalchemy import delete, func, select

from feedback_app.catalogue.models import PackVersion
from feedback_app.core import outbox
from feedback_app.core.db import db, unit_of_work
from tests.conftest import _empty


@pytest.fixture
def drained(app):
    def drain():
        db.session.rollback()
        outbox.drain()

    return drain


@pytest.fixture
def packs_put_back(app):
    last = db.session.scalar(select(func.max(PackVersion.id)))
    db.session.close()
    yield
    db.session.rollback()
    _empty()
    with unit_of_work() as session:
        session.execute(delete(PackVersion).where(PackVersion.id > last))

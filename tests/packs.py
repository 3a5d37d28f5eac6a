"""Packs that a test changes are put back afterwards; a conftest that needs it imports the fixture."""

import pytest
from sqlalchemy import delete, func, select

from feedback_app.catalogue.models import PackVersion
from feedback_app.core.db import db, unit_of_work
from tests.conftest import _empty


@pytest.fixture
def packs_put_back(app):
    """Delete the versions that the test adds."""
    last = db.session.scalar(select(func.max(PackVersion.id)))
    db.session.close()
    yield
    db.session.rollback()
    _empty()
    with unit_of_work() as session:
        session.execute(delete(PackVersion).where(PackVersion.id > last))

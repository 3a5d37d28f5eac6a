"""Browsers of an administrator and an auditor; packs that a test changes are put back."""

import pytest
from sqlalchemy import delete, func, select

from feedback_app.catalogue.models import PackVersion
from feedback_app.core.db import db, unit_of_work
from tests.conftest import _empty
from tests.factories import a_person, sign_in


@pytest.fixture
def administrator(app, session):
    return sign_in(app.test_client(), a_person(session, "administrator", None, name="Quản trị viên Mẫu"))


@pytest.fixture
def auditor(app, session):
    return sign_in(app.test_client(), a_person(session, "auditor", None))


@pytest.fixture
def packs_put_back(app):
    last = db.session.scalar(select(func.max(PackVersion.id)))
    db.session.close()
    yield
    db.session.rollback()
    _empty()
    with unit_of_work() as session:
        session.execute(delete(PackVersion).where(PackVersion.id > last))

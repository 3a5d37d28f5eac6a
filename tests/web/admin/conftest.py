"""Browsers of an administrator and an auditor; packs that a test changes are put back."""

import pytest

from tests.factories import a_person, sign_in
from tests.packs import packs_put_back

__all__ = ["administrator", "auditor", "packs_put_back"]


@pytest.fixture
def administrator(app, session):
    return sign_in(app.test_client(), a_person(session, "administrator", None, name="Quản trị viên Mẫu"))


@pytest.fixture
def auditor(app, session):
    return sign_in(app.test_client(), a_person(session, "auditor", None))

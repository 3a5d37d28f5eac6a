"""The table of access, walked completely: every function, every address, every relation to a ticket."""

import pytest

from feedback_app.accounts.actor import Function
from feedback_app.catalogue import store
from feedback_app.core.db import db
from feedback_app.core.limits import limiter
from tests.conftest import _empty
from tests.web.access_scene import Scene
from tests.web.access_walk import RELATIONS, ROUTES, TABLE, Walk, addresses, cases

pytestmark = pytest.mark.parametrize("shared_app", ["sqlite"], indirect=True, scope="session")

OUTCOMES = {"ok", "sign_in", "forbidden", "not_found", "gone", "too_late"}


def test_every_address_stands_in_the_table(shared_app):
    assert not set(addresses(shared_app)) - set(ROUTES), "say in tests/web/access.yaml who may do this"


def test_the_table_names_no_address_that_is_gone(shared_app):
    assert not set(ROUTES) - set(addresses(shared_app))


def test_the_table_knows_every_function(shared_app):
    assert set(RELATIONS) == {"anonymous", *Function}
    for pattern in TABLE["patterns"].values():
        assert set(pattern) == set(RELATIONS)
        for function, right in pattern.items():
            named = right if isinstance(right, dict) else {"": right}
            assert set(named.values()) <= OUTCOMES
            assert set(named) <= {"", *RELATIONS[function]}


@pytest.fixture(scope="module")
def gallery(shared_app):
    """Return a scene for those who only look: nothing in it changes, so one serves all their addresses."""
    limiter.enabled = False
    with shared_app.app_context():
        yield Scene(shared_app, db.session(), store.current(db.session()))
        db.session.remove()
        _empty()


@pytest.fixture
def scene(app, session, loaded):
    scene = Scene(app, session, loaded)
    yield scene
    scene.put_back()


def differences(scene, route):
    walk = Walk(scene, route)
    for case in cases(route, about_ticket=walk.about_ticket):
        got = walk.result(case)
        if got != case.expected:
            yield f"{case.function}, {case.relation or 'anybody'}: {got}, not {case.expected}"


@pytest.mark.parametrize("route", [route for route in ROUTES if route.startswith("GET")])
def test_each_function_sees_what_the_table_says(gallery, route):
    try:
        assert not list(differences(gallery, route))
    finally:
        gallery.put_back()


@pytest.mark.parametrize("route", [route for route in ROUTES if not route.startswith("GET")])
def test_each_function_does_what_the_table_says(scene, route):
    assert not list(differences(scene, route))

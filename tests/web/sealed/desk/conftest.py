"""One body of three for a module, and one of two."""

import pytest

from tests.web.sealed.desk.scene import THREE, TWO, a_room, close_room


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    made = a_room(tmp_path_factory.mktemp("vault"), THREE)
    yield made
    close_room(made)


@pytest.fixture(scope="module")
def pair(tmp_path_factory):
    made = a_room(tmp_path_factory.mktemp("vault"), TWO)
    yield made
    close_room(made)

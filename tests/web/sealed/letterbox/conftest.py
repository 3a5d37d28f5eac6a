"""A vault with one body, and reporters before its pages."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from feedback_app.confidential import store
from feedback_app.confidential.context import vault
from feedback_app.confidential.models import Base
from tests.confidential.world import World, initialise, make_vault
from tests.web.sealed.letterbox.reporter import Reporter


@pytest.fixture(scope="session")
def shared_vault(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    app = make_vault("", tmp_path_factory.mktemp("letterbox"))
    yield app
    with app.app_context():
        store.db.engine.dispose()


@pytest.fixture
def bare(shared_vault: Flask) -> Iterator[Flask]:
    """Return the vault before any body is set up."""
    yield shared_vault
    with shared_vault.app_context():
        with store.unit_of_work() as session:
            for table in reversed(Base.metadata.sorted_tables):
                session.execute(table.delete())
        store.db.session.remove()
        vault().settings.anchors_file.unlink(missing_ok=True)
        for folder in ("files", "waiting", "spool"):
            shutil.rmtree(vault().settings.data_dir / folder, ignore_errors=True)


@pytest.fixture
def world(bare: Flask) -> World:
    """Return the body: An (head, custodian), Bình (handler), Chi (handler, custodian)."""
    with bare.app_context():
        return initialise(bare)


@pytest.fixture
def reporter(world: World) -> Reporter:
    return Reporter(world.app.test_client())


@pytest.fixture
def folder(world: World) -> Path:
    """Return where the vault keeps what it writes."""
    with world.app.app_context():
        return vault().settings.data_dir

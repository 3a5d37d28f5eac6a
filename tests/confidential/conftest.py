"""The vault on SQLite and on PostgreSQL, with a body of three inspectors."""

import os
import shutil
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from feedback_app.confidential import store
from feedback_app.confidential.context import vault as here
from feedback_app.confidential.models import Base
from tests import postgres
from tests.confidential.world import World, file_report, initialise, make_vault


@pytest.fixture(scope="session")
def kept_vaults() -> Iterator[dict[str, Flask]]:
    vaults: dict[str, Flask] = {}
    yield vaults
    for app in vaults.values():
        with app.app_context():
            store.db.engine.dispose()


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def shared_vault(request, kept_vaults, tmp_path_factory) -> Flask:
    """Return the vault on a migrated database, one for each kind."""
    if request.param not in kept_vaults:
        url = ""
        if request.param == "postgresql":
            admin = postgres.server(tmp_path_factory.getbasetemp().parent)
            worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
            url = postgres.create_database(admin, f"vault_{worker}_{os.getpid()}")
        kept_vaults[request.param] = make_vault(url, tmp_path_factory.mktemp("vault"))
    return kept_vaults[request.param]


@pytest.fixture
def vault(shared_vault) -> Iterator[Flask]:
    """Return the vault within its context; what the test wrote is deleted afterwards."""
    with shared_vault.app_context():
        yield shared_vault
        store.db.session.remove()
        with store.unit_of_work() as session:
            for table in reversed(Base.metadata.sorted_tables):
                session.execute(table.delete())
        store.db.session.remove()
        here().settings.anchors_file.unlink(missing_ok=True)
        here().sessions.end_all("thanh-tra-tinh")
        for folder in ("files", "waiting", "spool"):
            shutil.rmtree(here().settings.data_dir / folder, ignore_errors=True)


@pytest.fixture
def session(vault) -> Session:
    return store.session()


@pytest.fixture
def client(vault):
    return vault.test_client()


@pytest.fixture
def body(vault) -> World:
    """Return the body thanh-tra-tinh: An (head, custodian), Bình (handler), Chi (handler, custodian)."""
    return initialise(vault)


@pytest.fixture
def filed(body):
    """Return a function that files a report and returns what the reporter gets."""

    def file(**changes):
        return file_report(body, **changes)

    return file

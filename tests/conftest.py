"""Fixtures that every test may ask for; anything more special lives beside its tests."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings as hypothesis_settings
from sqlalchemy import text
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from feedback_app.accounts import sign_in as signing_in
from feedback_app.catalogue import packs, store
from feedback_app.catalogue.load import load
from feedback_app.config import Settings
from feedback_app.core import db as database
from feedback_app.core.db import db, unit_of_work
from feedback_app.core.limits import limiter
from feedback_app.schema import METADATA
from tests import postgres

pytest_plugins = ["tests.chromium"]

hypothesis_settings.register_profile("ordinary", max_examples=200, deadline=None)
hypothesis_settings.register_profile("deep", max_examples=5000, deadline=None)
hypothesis_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ordinary"))
# what is slow on purpose proves nothing more by being slow a thousand times
signing_in._hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


class Browser(FlaskClient):
    """Every request in a context of its own, as on a server: nobody inherits a session or a sign-in."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        with self.application.app_context():
            return super().open(*args, **kwargs)


KEPT = {"alembic_version", "agency", "pack_version"}  # reference data: loaded once, no test changes it


@pytest.fixture(scope="session")
def kept_apps() -> Iterator[dict[str, Flask]]:
    """Keep one application per kind of database and worker: pytest asks for them in turns."""
    apps: dict[str, Flask] = {}
    yield apps
    for app in apps.values():
        with app.app_context():
            db.engine.dispose()


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def shared_app(
    request: pytest.FixtureRequest, kept_apps: dict[str, Flask], tmp_path_factory: pytest.TempPathFactory
) -> Flask:
    """Return the application on a migrated database with the shipped packs, on SQLite and on PostgreSQL."""
    if request.param not in kept_apps:
        kept_apps[request.param] = _application(_address(request.param, tmp_path_factory), tmp_path_factory)
    return kept_apps[request.param]


def _address(kind: str, folders: pytest.TempPathFactory) -> str:
    """Return the address of an empty database."""
    if kind == "sqlite":
        return f"sqlite:///{folders.mktemp('sqlite') / 'test.db'}"
    worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    admin = postgres.server(folders.getbasetemp().parent)
    return postgres.create_database(admin, f"test_{worker}_{os.getpid()}")


def _application(url: str, folders: pytest.TempPathFactory) -> Flask:
    from feedback_app.app import create_app

    settings = Settings(
        DATABASE_URL=url,
        FEEDBACK_secret_key="tests",
        data_dir=folders.mktemp("var"),
        rate_limits=False,
        debug_pages=True,
    )
    app = create_app(settings)
    app.testing = True
    app.test_client_class = Browser
    app.config["WTF_CSRF_ENABLED"] = False
    database.upgrade(app)
    with app.app_context(), unit_of_work() as session:
        load(session, packs.shipped())
    return app


@pytest.fixture
def app(shared_app: Flask) -> Iterator[Flask]:
    """Return the application within its context; what the test wrote is deleted afterwards."""
    limiter.enabled = False  # it is one for all applications, and some test may have asked for limits
    with shared_app.app_context():
        yield shared_app
        db.session.remove()
        _empty()
    shutil.rmtree(Path(shared_app.extensions["settings"].data_dir) / "mail", ignore_errors=True)


@pytest.fixture
def session(app: Flask) -> Session:
    """Return the session of the application context."""
    return db.session()


@pytest.fixture
def loaded(session: Session) -> store.Loaded:
    """Return the catalogue in force."""
    return store.current(session)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Return a browser without a history."""
    return app.test_client()


TABLES = {table.name: table for table in reversed(METADATA.sorted_tables) if table.name not in KEPT}
FILLED = text(
    " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM \"{name}\")" for name in TABLES)
)


def _empty() -> None:
    """Delete the rows of every table that has some, children first; one look says which those are."""
    with unit_of_work() as session:
        filled = set(session.scalars(FILLED))
        for table in (table for name, table in TABLES.items() if name in filled):
            session.execute(table.delete())
    db.session.remove()

"""The migrations make exactly the schema that the models describe, up, down and up again."""

import os

import flask_migrate
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from sqlalchemy import inspect

from feedback_app.app import create_app
from feedback_app.config import Settings
from feedback_app.core.db import MIGRATIONS, db, upgrade
from feedback_app.schema import METADATA
from tests import postgres


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request, tmp_path, tmp_path_factory) -> Flask:
    """Return the application on an empty database of its own."""
    url = f"sqlite:///{tmp_path / 'empty.db'}"
    if request.param == "postgresql":
        url = postgres.create_database(
            postgres.server(tmp_path_factory.getbasetemp().parent), f"migrations_{os.getpid()}"
        )
    app = create_app(Settings(DATABASE_URL=url, data_dir=tmp_path / "var", secret_key="tests"))
    yield app
    with app.app_context():
        db.engine.dispose()


INDEX = ("search_document", "search_text")  # of the search: each database has its own, no model describes it


def is_ours(name, kind, _parents) -> bool:
    return not (kind == "table" and name.startswith(INDEX))


def differences() -> list[object]:
    with db.engine.connect() as connection:
        options = {"compare_type": True, "include_name": is_ours}
        return compare_metadata(MigrationContext.configure(connection, opts=options), METADATA)


def tables() -> set[str]:
    names = inspect(db.engine).get_table_names()
    return {name for name in names if not name.startswith(INDEX)} - {"alembic_version"}


def test_what_is_migrated_is_what_the_models_say(empty):
    upgrade(empty)
    with empty.app_context():
        assert differences() == [], "make a migration: feedback db migrate -m '…'"
        assert tables() == set(METADATA.tables)


def test_the_comparison_would_notice_a_missing_column(empty):
    upgrade(empty)
    with empty.app_context():
        with db.engine.begin() as connection:
            connection.exec_driver_sql("ALTER TABLE ticket DROP COLUMN letters")
        assert [found[0] for found in differences()] == ["add_column"]


def test_one_can_go_back_and_forth(empty):
    upgrade(empty)
    with empty.app_context():
        flask_migrate.downgrade(directory=str(MIGRATIONS), revision="base")
        assert tables() == set()
        flask_migrate.upgrade(directory=str(MIGRATIONS))
        assert differences() == []


def test_there_is_one_newest_migration():
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert len(ScriptDirectory.from_config(config).get_heads()) == 1

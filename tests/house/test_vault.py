"""The vault: what stands in the clear is listed here, its migrations make exactly its models, nobody else has them."""

import os

import flask_migrate
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect

from feedback_app.confidential import questions, store
from feedback_app.confidential.application import create_core
from feedback_app.confidential.models import Base, InLetterbox, OnShelf
from feedback_app.confidential.sealing.envelopes import Kind
from feedback_app.confidential.weeks import DEFAULT_WEEKS
from feedback_app.config import VaultSettings
from feedback_app.schema import METADATA
from feedback_app.vault import create_vault_app
from tests import postgres

REPORT = {
    "id": "random",
    "body": "who is competent",
    "week": "its Monday",
    "state": "one of four",
    "lookup": "a hash of what follows from 110 random bits",
    "version": "random: tells that something changed, not how often",
    "slots": "ciphertext of one size",
    "identity_slots": "ciphertext of one size",
    "answers": "ciphertext of one size",
    "shared": "ciphertext in steps of 16 KiB",
    "working": "ciphertext in steps of 16 KiB",
    "identity": "ciphertext of one size",
}
IN_THE_CLEAR = {
    "letterbox": set(REPORT),
    "shelf": set(REPORT),
    "blob": {"name"},
    "registered": {"commitment", "body", "week"},
    "signed_roster": {"body", "document", "signature"},
    "seat_key": {"seat", "body", "salt", "memory_kib", "passes", "sealed"},
    "log_line": {"body", "position", "week", "content", "link"},
    "log_head": {"body", "position", "link"},
    "release": {"body", "quarter", "state", "slots", "document"},
    "door": {"body", "token_hash"},
}


def test_no_column_stands_in_the_vault_that_is_not_listed_here_with_its_reason():
    found = {table.name: {column.name for column in table.columns} for table in Base.metadata.sorted_tables}
    assert found == IN_THE_CLEAR


def test_letterbox_and_shelf_are_the_same():
    def shape(table):
        return [(column.name, str(column.type)) for column in table.__table__.columns]

    assert shape(InLetterbox) == shape(OnShelf)


def test_the_ordinary_database_has_no_table_of_the_vault():
    assert not set(METADATA.tables) & set(IN_THE_CLEAR)


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request, tmp_path, tmp_path_factory):
    url = ""
    if request.param == "postgresql":
        admin = postgres.server(tmp_path_factory.getbasetemp().parent)
        url = postgres.create_database(admin, f"vault_migrations_{os.getpid()}")
    app = create_core(VaultSettings(database_url=url, data_dir=tmp_path / "vault", secret_key="tests"))
    yield app
    with app.app_context():
        store.db.engine.dispose()


def test_migrations_make_the_models_up_down_and_up(empty):
    for _ in range(2):
        store.upgrade(empty)
        with empty.app_context(), store.db.engine.connect() as connection:
            assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
        with empty.app_context():
            flask_migrate.downgrade(directory=str(store.MIGRATIONS), revision="base")
            assert set(inspect(store.db.engine).get_table_names()) <= {"alembic_version"}


def test_what_is_deleted_in_the_file_is_overwritten(tmp_path):
    app = create_core(VaultSettings(data_dir=tmp_path / "vault", secret_key="tests"))
    with app.app_context(), store.db.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA secure_delete").scalar() == 1
        assert connection.exec_driver_sql("PRAGMA temp_store").scalar() == 2
    with app.app_context():
        assert store.db.engine.hide_parameters
        store.db.engine.dispose()


def test_the_vault_has_no_session_and_no_key_for_one(tmp_path):
    app = create_vault_app(VaultSettings(data_dir=tmp_path / "vault", secret_key="tests"))
    assert not app.config["SECRET_KEY"]
    answer = app.test_client().get("/bao-cao-kin/khong-co", headers={"Cookie": "phien=x"})
    assert answer.status_code == 404
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "script" not in answer.headers["Content-Security-Policy"]
    assert "Set-Cookie" not in answer.headers
    with app.app_context():
        store.db.engine.dispose()


def test_every_kind_of_envelope_has_its_own_word():
    assert len({kind.value for kind in Kind}) == len(Kind)


def test_the_pack_names_what_it_needs_and_says_what_is_not_confirmed():
    pack = questions.shipped()
    assert pack.weeks() == DEFAULT_WEEKS
    assert {pack.competent(unit.code).code for unit in pack.units} == {body.code for body in pack.bodies}
    laws = [text for text in pack.texts if text.law]
    assert laws
    assert all("chưa" in text.source for text in laws if not text.confirmed)

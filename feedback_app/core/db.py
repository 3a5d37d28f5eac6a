"""The database: one declarative base, one kind of transaction for writing, the only commit."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import flask_migrate
from flask import Flask
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import BigInteger, Connection, DateTime, Dialect, Engine, Integer, MetaData, String, event
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase, Session, registry
from sqlalchemy.orm.exc import StaleDataError
from sqlalchemy.types import JSON, TypeDecorator

from feedback_app.core import connections
from feedback_app.core.errors import Conflict

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations" / "main"
STORE_IS_AWAY = (OperationalError,)  # what a page may catch to give the typed text back
PRAGMAS = ("journal_mode=WAL", "foreign_keys=ON", "synchronous=NORMAL", "busy_timeout=30000")
BigId = BigInteger().with_variant(Integer, "sqlite")


class UtcDateTime(TypeDecorator[datetime]):
    """An aware instant, kept in UTC; a naive value is refused, since nobody can say what it means."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is not None and value.tzinfo is None:
            raise ValueError("a naive datetime cannot be stored")
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Base of all tables: constraint names that migrations can rely on, aware datetimes."""

    registry = registry(type_annotation_map={datetime: UtcDateTime, dict[str, Any]: JSON, str: String})
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


db = SQLAlchemy(
    model_class=Base, session_options={"class_": connections.RequestSession, "expire_on_commit": False}
)
migrate = Migrate(directory=str(MIGRATIONS), render_as_batch=True)


def init_app(app: Flask) -> None:
    """Bind the database to ``app``."""
    bind(app, db)
    migrate.init_app(app, db)


def bind(app: Flask, store: SQLAlchemy, pragmas: tuple[str, ...] = ()) -> None:
    """Bind ``store`` to ``app``; the engine options keep values out of error messages."""
    options: dict[str, Any] = {"hide_parameters": True}
    if app.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite"):
        options["connect_args"] = {"timeout": 30}
    else:
        options["pool_size"] = 8
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = options
    store.init_app(app)
    with app.app_context():
        if store.engine.dialect.name == "sqlite":
            _make_sqlite_safe(store.engine, (*PRAGMAS, *pragmas))
        else:
            connections.init_app(app, store.engine)


def upgrade(app: Flask) -> None:
    """Bring the schema of the application's database to the newest migration."""
    with app.app_context():
        flask_migrate.upgrade(directory=str(MIGRATIONS))


@contextmanager
def unit_of_work(store: SQLAlchemy | None = None) -> Iterator[Session]:
    """Open the transaction of one deed; commit at the end, roll back when it fails.

    ``store`` is the ordinary database unless another one is named.

    On SQLite it takes the write lock at once (``BEGIN IMMEDIATE``): a deferred transaction that
    turns into a writing one fails under several writers instead of waiting.

    Raises:
        Conflict: somebody else changed a row of ``version_id`` in the meantime; nothing is written.
        RuntimeError: called while answering a GET, or with unsaved changes at hand.
    """
    if connections.is_reading():
        raise RuntimeError("a page that only reads must not open a unit of work")
    session = (store or db).session()
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("changes were made outside the unit of work")
    if session.in_transaction():
        session.commit()  # ends the reading transaction; what was read stays loaded
    try:
        session.connection(execution_options={"writes": True})
        yield session
        session.commit()
    except StaleDataError as error:  # somebody else's deed on the same row was committed first
        session.rollback()
        raise Conflict from error
    except BaseException:
        session.rollback()
        raise


def _make_sqlite_safe(engine: Engine, pragmas: tuple[str, ...]) -> None:
    @event.listens_for(engine, "connect")
    def configure(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

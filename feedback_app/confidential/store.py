"""The vault's database: an SQLAlchemy instance, metadata and migrations of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import flask_migrate
from flask import Flask
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Date, LargeBinary, MetaData, String
from sqlalchemy.orm import DeclarativeBase, Session, registry

from feedback_app.core import connections
from feedback_app.core import db as core
from feedback_app.core.db import Base as OrdinaryBase

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations" / "vault"
PRAGMAS = ("secure_delete=ON", "synchronous=FULL", "temp_store=MEMORY")


class Base(DeclarativeBase):
    """Base of the vault's tables."""

    registry = registry(type_annotation_map={date: Date, bytes: LargeBinary, str: String})
    metadata = MetaData(naming_convention=OrdinaryBase.metadata.naming_convention)


db = SQLAlchemy(
    model_class=Base, session_options={"class_": connections.RequestSession, "expire_on_commit": False}
)
migrate = Migrate(directory=str(MIGRATIONS), render_as_batch=True)


def init_app(app: Flask) -> None:
    """Bind the vault's database to ``app``; what is deleted in a file is overwritten."""
    core.bind(app, db, PRAGMAS)
    migrate.init_app(app, db)


def session() -> Session:
    """Return the session of this context, for reading."""
    return db.session()


@contextmanager
def unit_of_work() -> Iterator[Session]:
    """Open the transaction of one deed in the vault; see ``core.db.unit_of_work``."""
    with core.unit_of_work(db) as opened:
        yield opened


def upgrade(app: Flask) -> None:
    """Bring the schema of the vault to the newest migration."""
    with app.app_context():
        flask_migrate.upgrade(directory=str(MIGRATIONS))

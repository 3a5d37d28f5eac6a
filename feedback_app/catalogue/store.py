"""The catalogue in force: packs as they stand in the database, kept in memory by version."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import click
from flask.cli import ScriptInfo
from pydantic import BaseModel
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from feedback_app.catalogue import packs
from feedback_app.catalogue.models import Agency, PackVersion
from feedback_app.catalogue.packs import Catalogue, Directory
from feedback_app.core.db import db
from feedback_app.core.errors import FeedbackError


class NotLoaded(FeedbackError):
    """No packs stand in this database yet."""

    status = 503


@dataclass(frozen=True)
class Loaded:
    """The catalogue in force with the ids under which its parts stand in the database."""

    catalogue: Catalogue
    version_ids: Mapping[str, int]  # pack name → id of the version in force
    agency_ids: Mapping[str, int]  # code → id

    @cached_property
    def agency_codes(self) -> Mapping[int, str]:
        return {agency_id: code for code, agency_id in self.agency_ids.items()}

    @cached_property
    def directory(self) -> Directory:
        return Directory(self.catalogue.agencies)


def current(session: Session) -> Loaded:
    """Return the catalogue in force.

    Raises:
        NotLoaded: ``feedback packs load`` has not been run, or not since the shapes changed.
    """
    newest = session.connection().execute(_NEWEST).first()
    if newest is None:
        raise NotLoaded("Hệ thống chưa được nạp dữ liệu danh mục.")
    key = (str(db.engine.url), newest.id, newest.sha256)
    if key not in _kept:
        _kept[key] = _load(session)
    return _kept[key]


def version(session: Session, version_id: int) -> BaseModel:
    """Return the pack stored as ``version_id``: what a ticket was promised under never changes."""
    return _parsed(session.get_one(PackVersion, version_id))


def best_available() -> Catalogue:
    """Return, inside a command, the catalogue of the database where there is one, else that of the shipped files."""
    app = click.get_current_context().ensure_object(ScriptInfo).load_app()
    with app.app_context():
        try:
            return current(db.session()).catalogue
        except (NotLoaded, SQLAlchemyError):
            return packs.shipped()


# versions are only ever added: the newest one says whether anything changed
_NEWEST = (
    select(PackVersion.__table__.c.id, PackVersion.__table__.c.sha256)
    .order_by(PackVersion.id.desc())
    .limit(1)
)

_kept: dict[tuple[str, int, str], Loaded] = {}
_packs: dict[tuple[str, str], BaseModel] = {}


def _parsed(row: PackVersion) -> BaseModel:
    """Return the pack of an immutable row, parsed once per process."""
    key = (row.pack, row.sha256)
    if key not in _packs:
        _packs[key] = packs.parse(row.pack, row.content)
    return _packs[key]


def _load(session: Session) -> Loaded:
    version_ids = dict(
        session.execute(select(PackVersion.pack, func.max(PackVersion.id)).group_by(PackVersion.pack)).all()
    )
    rows = session.scalars(select(PackVersion).where(PackVersion.id.in_(version_ids.values())))
    agency_ids = dict(session.execute(select(Agency.code, Agency.id)).all())
    try:
        catalogue = packs.assemble({row.pack: _parsed(row) for row in rows})
    except packs.PackError as error:
        raise NotLoaded(
            f"Gói dữ liệu đã nạp không còn đúng cấu trúc, hãy chạy feedback packs load. {error}"
        ) from None
    return Loaded(catalogue, version_ids, agency_ids)

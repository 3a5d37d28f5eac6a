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
    newest = select(PackVersion.pack, func.max(PackVersion.id)).group_by(PackVersion.pack)
    version_ids = dict(session.execute(newest).all())
    if not version_ids:
        raise NotLoaded("Hệ thống chưa được nạp dữ liệu danh mục.")
    key = tuple(sorted(version_ids.items()))
    database = str(db.engine.url)
    if (database, key) not in _kept:
        try:
            _kept[database, key] = _load(session, version_ids)
        except packs.PackError as error:
            raise NotLoaded(
                f"Gói dữ liệu đã nạp không còn đúng cấu trúc, hãy chạy feedback packs load. {error}"
            ) from None
    return _kept[database, key]


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


_kept: dict[tuple[str, tuple[tuple[str, int], ...]], Loaded] = {}
_packs: dict[tuple[str, str], BaseModel] = {}


def _parsed(row: PackVersion) -> BaseModel:
    """Return the pack of an immutable row, parsed once per process."""
    key = (row.pack, row.sha256)
    if key not in _packs:
        _packs[key] = packs.parse(row.pack, row.content)
    return _packs[key]


def _load(session: Session, version_ids: Mapping[str, int]) -> Loaded:
    rows = session.scalars(select(PackVersion).where(PackVersion.id.in_(version_ids.values())))
    parsed = {row.pack: _parsed(row) for row in rows}
    agency_ids = dict(session.execute(select(Agency.code, Agency.id)).all())
    return Loaded(packs.assemble(parsed), version_ids, agency_ids)

"""The files of a draft: they wait in quarantine under it and move into the store when it is filed."""

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback_app.core import files
from feedback_app.core.files.storage import is_key
from feedback_app.intake.codes import draft_id
from feedback_app.intake.content import Content
from feedback_app.tickets.models import Attachment
from feedback_app.tickets.services import attaching

MOST_FILES = 5
_UNCLAIMED_AFTER = timedelta(hours=1)  # an upload may be older than the draft row it is about to join


@dataclass(frozen=True, slots=True)
class Turned:
    """A file that was not taken in, by the name its sender gave it, and why."""

    name: str
    reason: str


def take(secret: str, uploads: Iterable[tuple[str, IO[bytes]]]) -> tuple[list[files.TakenIn], list[Turned]]:
    """Examine uploads (name, stream) outside any transaction; return those in quarantine and those refused."""
    taken: list[files.TakenIn] = []
    turned: list[Turned] = []
    for name, stream in uploads:
        try:
            taken.append(files.take_in(stream, name, _folder(secret), scanner=files.scanner()))
        except files.Refused as refusal:
            turned.append(Turned(name, refusal.reason))
    return taken, turned


def drop(secret: str, key: str) -> None:
    """Delete one waiting file."""
    if is_key(key):
        (_folder(secret) / key).unlink(missing_ok=True)


def attach(session: Session, ticket_id: int, secret: str, content: Content, *, at: datetime) -> None:
    """Store the draft's files as the ticket's.

    Those of a filer who hides the name wait for the focal point to release a copy.
    """
    for file in content.files:
        files.storage().put(_folder(secret) / file.key, file.key)
        attaching.attach(session, ticket_id, file, origin="filing", at=at, released=not content.hide_identity)


def clear(secret: str) -> None:
    """Empty the draft's quarantine, after the draft is gone."""
    shutil.rmtree(_folder(secret), ignore_errors=True)


def sweep(session: Session, alive: frozenset[str], at: datetime) -> None:
    """Delete quarantines of drafts that are gone, with stored copies that no ticket took."""
    root = files.quarantine("x").parent
    for folder in root.iterdir() if root.is_dir() else ():
        if folder.name not in alive and _age(folder, at) > _UNCLAIMED_AFTER:
            _sweep(session, folder)


def _sweep(session: Session, folder: Path) -> None:
    keys = [path.name for path in folder.iterdir()]
    attached = frozenset(
        session.scalars(select(Attachment.storage_key).where(Attachment.storage_key.in_(keys)))
    )
    for key in keys:
        if is_key(key) and key not in attached:
            files.storage().delete(key)
    shutil.rmtree(folder, ignore_errors=True)


def _age(folder: Path, at: datetime) -> timedelta:
    return at - datetime.fromtimestamp(folder.stat().st_mtime, UTC)


def _folder(secret: str) -> Path:
    return files.quarantine(draft_id(secret))

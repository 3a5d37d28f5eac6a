"""Packs into the database: a changed pack is a new version, an unchanged one is left alone."""

import hashlib
import json
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback_app.catalogue import packs
from feedback_app.catalogue.models import Agency, PackVersion
from feedback_app.catalogue.packs import Catalogue
from feedback_app.core import audit, clock


def load(session: Session, catalogue: Catalogue, *, actor_id: int | None = None) -> list[str]:
    """Store what is new of ``catalogue``; return the names of the packs that got a new version."""
    _add_agencies(session, catalogue)
    changed = [
        name for name, pack in catalogue.packs().items() if save(session, name, packs.dump(pack), actor_id)
    ]
    session.flush()
    return changed


def save(session: Session, name: str, content: dict[str, Any], actor_id: int | None = None) -> bool:
    """Store ``content`` as the newest version of the pack ``name``, unless it is that already."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False)
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    newest = session.scalars(
        select(PackVersion).where(PackVersion.pack == name).order_by(PackVersion.version.desc()).limit(1)
    ).first()
    if newest is not None and newest.sha256 == sha256:
        return False
    version = newest.version + 1 if newest else 1
    at = clock.now()
    session.add(PackVersion(pack=name, version=version, sha256=sha256, content=content, loaded_at=at))
    audit.record(
        session, "pack.loaded", at=at, actor_id=actor_id, subject=name, version=version, sha256=sha256
    )
    return True


def _add_agencies(session: Session, catalogue: Catalogue) -> None:
    known = set(session.scalars(select(Agency.code)))
    session.add_all(
        Agency(code=agency.code) for agency in catalogue.agencies.agencies if agency.code not in known
    )

"""Packs into the database: a changed pack is a new version, an unchanged one is left alone.

What an administrator changed in the pages stays in force through every later start. Only when the file itself
has changed since it was last loaded do the two contend; then the change stays, and whoever loads is told.
"""

import hashlib
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, defer

from feedback_app.catalogue import packs
from feedback_app.catalogue.models import Agency, Origin, PackVersion
from feedback_app.catalogue.packs import Catalogue
from feedback_app.core import audit, clock
from feedback_app.core.errors import Conflict


@dataclass(frozen=True, slots=True)
class Outcome:
    """Names of packs: those that got a new version, and those whose edited version stayed against a new file."""

    changed: list[str]
    kept: list[str]


def load(
    session: Session, catalogue: Catalogue, *, replace: Collection[str] = (), actor_id: int | None = None
) -> Outcome:
    """Store what is new of ``catalogue``; packs named in ``replace`` give up their edited version.

    Raises:
        PackError: the packs that would be in force do not fit together; nothing may be committed then.
    """
    add_agencies(session, catalogue)
    outcome = Outcome([], [])
    for name, pack in catalogue.packs().items():
        content = packs.dump(pack)
        if name not in replace and edited_against(session, name, content):
            outcome.kept.append(name)
        elif _must_store(session, name, content, replaced=name in replace):
            newest = newest_of(session, name)
            store(
                session,
                name,
                content,
                Origin.SHIPPED,
                after=newest.version if newest else 0,
                actor_id=actor_id,
            )
            outcome.changed.append(name)
    session.flush()
    packs.assemble({row.pack: packs.parse(row.pack, row.content) for row in in_force(session)})
    return outcome


def edited_against(session: Session, name: str, content: dict[str, Any]) -> bool:
    """Say whether an edited version is in force although the file changed since it was last loaded."""
    newest, shipped = newest_of(session, name), newest_of(session, name, Origin.SHIPPED)
    if newest is None or newest.origin != Origin.EDITED:
        return False
    sha256 = digest(content)
    return sha256 != newest.sha256 and (shipped is None or sha256 != shipped.sha256)


def edit(
    session: Session, name: str, content: dict[str, Any], *, seen_version: int, actor_id: int | None
) -> PackVersion:
    """Store an administrator's ``content`` as the version after ``seen_version``.

    Raises:
        Conflict: somebody stored another version meanwhile.
        PackError: the content does not fit its shape, or the other packs.
    """
    newest = newest_of(session, name)
    if newest is None or newest.version != seen_version:
        raise Conflict(name)
    in_place = {row.pack: packs.parse(row.pack, row.content) for row in in_force(session)}
    packs.assemble(in_place | {name: packs.parse(name, content)})
    try:
        with session.begin_nested():
            return store(session, name, content, Origin.EDITED, after=seen_version, actor_id=actor_id)
    except IntegrityError:
        raise Conflict(name) from None


def edit_together(
    session: Session, catalogue: Catalogue, names: Collection[str], *, actor_id: int | None
) -> None:
    """Store those packs of ``catalogue`` that changed, as edited, though each by itself would not fit the others.

    Raises:
        PackError: they do not fit together.
    """
    add_agencies(session, catalogue)
    fresh = {name: packs.dump(pack) for name, pack in catalogue.packs().items() if name in names}
    packs.assemble({name: packs.parse(name, packs.dump(pack)) for name, pack in catalogue.packs().items()})
    for name, content in fresh.items():
        newest = newest_of(session, name)
        if newest is not None and newest.sha256 != digest(content):
            store(session, name, content, Origin.EDITED, after=newest.version, actor_id=actor_id)


def store(
    session: Session, name: str, content: dict[str, Any], origin: Origin, *, after: int, actor_id: int | None
) -> PackVersion:
    """Store ``content`` as the version that follows the version ``after``, with its audit entry.

    Raises:
        IntegrityError: another transaction has stored that version; it was not looked up anew on purpose.
    """
    row = PackVersion(
        pack=name,
        version=after + 1,
        sha256=digest(content),
        origin=origin,
        content=content,
        loaded_at=clock.now(),
    )
    session.add(row)
    session.flush()
    event = "pack.edited" if origin is Origin.EDITED else "pack.loaded"
    facts = {"version": row.version, "sha256": row.sha256}
    audit.record(session, event, at=row.loaded_at, actor_id=actor_id, subject=name, **facts)
    return row


def newest_of(session: Session, name: str, origin: Origin | None = None) -> PackVersion | None:
    """Return the newest version of the pack (of that origin)."""
    query = select(PackVersion).where(PackVersion.pack == name).order_by(PackVersion.version.desc()).limit(1)
    if origin is not None:
        query = query.where(PackVersion.origin == origin)
    return session.scalars(query).first()


def in_force(session: Session) -> list[PackVersion]:
    """Return the newest version of each pack."""
    names = session.scalars(select(PackVersion.pack).distinct().order_by(PackVersion.pack)).all()
    return [row for name in names if (row := newest_of(session, name)) is not None]


def versions(session: Session) -> Sequence[PackVersion]:
    """Return all versions of all packs without their content, by pack, newest first."""
    query = select(PackVersion).options(defer(PackVersion.content, raiseload=True))
    return session.scalars(query.order_by(PackVersion.pack, PackVersion.version.desc())).all()


def digest(content: dict[str, Any]) -> str:
    """Return the SHA-256 of a pack's content, the same for equal content."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _must_store(session: Session, name: str, content: dict[str, Any], *, replaced: bool) -> bool:
    newest = newest_of(session, name)
    if newest is None:
        return True
    may = replaced or newest.origin == Origin.SHIPPED
    return may and newest.sha256 != digest(content)


def add_agencies(session: Session, catalogue: Catalogue) -> None:
    """Give the agencies that have none a row as an anchor of foreign keys."""
    known = set(session.scalars(select(Agency.code)))
    session.add_all(
        Agency(code=agency.code) for agency in catalogue.agencies.agencies if agency.code not in known
    )

"""Drafts: kept between the steps, unreadable to us without the writer's cookie, gone when they expire."""

from datetime import datetime, timedelta

import structlog
from nacl.exceptions import CryptoError
from pydantic import ValidationError
from sqlalchemy import Executable, bindparam, delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from feedback_app.intake.codes import box, draft_id
from feedback_app.intake.content import Content, packed, unpacked
from feedback_app.intake.models import Draft, RecoveryToken
from feedback_app.intake.services import attaching

MEANWHILE = (IntegrityError,)  # another request of the same visitor was faster

log = structlog.get_logger()

# plain statements, since each step of a filing runs them: the draft is never changed in place
_DRAFTS = Draft.__table__
_LIVE = select(_DRAFTS.c.content).where(
    _DRAFTS.c.id_hash == bindparam("id"), _DRAFTS.c.expires_at > bindparam("at")
)
_TAKE = (
    delete(Draft.__table__)  # type: ignore[arg-type]
    .where(_DRAFTS.c.id_hash == bindparam("id"), _DRAFTS.c.expires_at > bindparam("at"))
    .returning(_DRAFTS.c.content)
)


def load(session: Session, secret: str | None, at: datetime) -> Content | None:
    """Return the live draft of the cookie's ``secret``; ``None`` when there is none."""
    if not secret:
        return None
    return _read(session, _LIVE, secret, at)


def take(session: Session, secret: str, at: datetime) -> Content | None:
    """Return the live draft and delete it: whoever takes it files it, a second request waits and finds none.

    Its files stay; they follow after the commit (``attaching.clear``).
    """
    return _read(session, _TAKE, secret, at)


def _read(session: Session, statement: Executable, secret: str, at: datetime) -> Content | None:
    draft = session.connection().execute(statement, {"id": draft_id(secret), "at": at}).first()
    if draft is None:
        return None
    try:
        return unpacked(box(secret).decrypt(draft.content))
    except (CryptoError, ValidationError) as error:
        log.warning("unreadable draft", error=type(error).__name__)
        return None


def save(session: Session, secret: str, content: Content, *, at: datetime, days: int) -> None:
    """Write the draft; it lives ``days`` days from now on."""
    locked = bytes(box(secret).encrypt(packed(content)))
    draft = session.get(Draft, draft_id(secret))
    if draft is None:
        draft = Draft(id_hash=draft_id(secret))
        session.add(draft)
    draft.content, draft.expires_at = locked, at + timedelta(days=days)


def discard(session: Session, secret: str) -> None:
    """Delete the draft, without its files: those follow after the commit (``attaching.clear``)."""
    session.execute(delete(Draft).where(Draft.id_hash == draft_id(secret)))


def purge(session: Session, at: datetime) -> None:
    """Delete expired drafts, files that wait for a draft that is gone, and unused recovery codes."""
    expired = session.scalars(select(Draft.id_hash).where(Draft.expires_at <= at)).all()
    session.execute(delete(Draft).where(Draft.id_hash.in_(expired)))
    session.execute(delete(RecoveryToken).where(RecoveryToken.expires_at <= at))
    alive = frozenset(session.scalars(select(Draft.id_hash)))
    attaching.sweep(session, alive, at)

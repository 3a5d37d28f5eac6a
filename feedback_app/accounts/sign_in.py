"""Signing in: one path for right and wrong passwords, sessions kept here and revocable."""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import delete, select
from sqlalchemy.orm import Session, joinedload, selectinload

from feedback_app.accounts.actor import Actor, Function, Held
from feedback_app.accounts.models import FunctionHeld, SignInSession, User
from feedback_app.core import audit, clock
from feedback_app.core.security import keyed_hash

SHORTEST = 10  # characters of a password

_hasher = PasswordHasher()


def hashed(password: str) -> str:
    """Return the Argon2id hash of ``password``."""
    return _hasher.hash(password)


def verified_user(session: Session, email: str, password: str) -> User | None:
    """Return the person whose e-mail and password these are.

    An unknown address costs the same hashing as a wrong password, so that time tells nothing.
    """
    user = session.scalars(select(User).where(User.email == email.strip().lower())).first()
    matches = _matches(user.password_hash if user else _decoy(), password)
    return user if user is not None and matches and user.disabled_at is None else None


def open_session(session: Session, user: User, *, hours: int, at: datetime) -> str:
    """Start a sign-in session; return the random id that only the cookie will hold."""
    sid = secrets.token_urlsafe(24)
    row = SignInSession(
        id_hash=keyed_hash(sid, "sign-in"),
        user_id=user.id,
        created_at=at,
        expires_at=at + timedelta(hours=hours),
    )
    session.add(row)
    audit.record(session, "user.signed_in", at=at, actor_id=user.id, subject=f"user:{user.id}")
    return sid


def close_session(session: Session, sid: str, *, at: datetime) -> None:
    """End the sign-in session ``sid``."""
    row = session.get(SignInSession, keyed_hash(sid, "sign-in"))
    if row is not None:
        audit.record(session, "user.signed_out", at=at, actor_id=row.user_id, subject=f"user:{row.user_id}")
        session.delete(row)


def user_of(session: Session, sid: str, at: datetime) -> User | None:
    """Return whose live session ``sid`` is, with functions, agencies and enterprise loaded."""
    query = (
        select(SignInSession)
        .where(SignInSession.id_hash == keyed_hash(sid, "sign-in"), SignInSession.expires_at > at)
        .options(
            joinedload(SignInSession.user, innerjoin=True).options(
                joinedload(User.enterprise), selectinload(User.functions).joinedload(FunctionHeld.agency)
            )
        )
    )
    row = session.scalars(query).first()
    return row.user if row is not None and row.user.disabled_at is None else None


def actor_of(user: User, stands_in_for: Iterable[User] = ()) -> Actor:
    """Return the person as the rules see one: functions held today only.

    Of those for whom the person stands in, the functions in an agency; nobody administers for somebody else.
    """
    held = _held_today(user)
    held += [one for absent in stands_in_for for one in _held_today(absent) if one.agency_id is not None]
    if user.enterprise_id is not None:
        held.append(Held(Function.ENTERPRISE))
    return Actor(
        user_id=user.id, name=user.name, held=tuple(dict.fromkeys(held)), enterprise_id=user.enterprise_id
    )


def _held_today(user: User) -> list[Held]:
    today = clock.today()
    return [
        Held(Function(f.function), f.agency_id, f.agency.code if f.agency else None)
        for f in user.functions
        if f.valid_from <= today and (f.valid_to is None or today <= f.valid_to)
    ]


def purge(session: Session, at: datetime) -> None:
    """Delete the sign-in sessions that are over."""
    session.execute(delete(SignInSession).where(SignInSession.expires_at <= at))


def _matches(password_hash: str, password: str) -> bool:
    try:
        return _hasher.verify(password_hash, password)
    except (VerifyMismatchError, InvalidHashError):
        return False


@cache
def _decoy() -> str:
    return _hasher.hash(secrets.token_hex(16))

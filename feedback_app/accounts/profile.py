"""What people change about their own account."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from feedback_app.accounts import links
from feedback_app.accounts.links import Purpose
from feedback_app.accounts.models import Enterprise, SignInSession, User
from feedback_app.accounts.sign_in import hashed
from feedback_app.core import audit


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Name, telephone and language of a person; of an enterprise its identifier too."""

    name: str
    phone: str = ""
    locale: str = "vi"
    identifier: str | None = None


def update(session: Session, user_id: int, given: Profile) -> None:
    """Change the person's name, telephone and language, and the enterprise's identifier where one is given."""
    user = session.get_one(User, user_id)
    user.name, user.phone, user.locale = given.name, given.phone, given.locale
    if given.identifier is not None and user.enterprise_id is not None:
        session.get_one(Enterprise, user.enterprise_id).identifier = given.identifier


def change_password(session: Session, user_id: int, password: str, *, at: datetime) -> None:
    """Set a new password; whoever is signed in anywhere has to sign in anew, no link to set another one is left."""
    session.get_one(User, user_id).password_hash = hashed(password)
    audit.record(session, "user.password_changed", at=at, actor_id=user_id, subject=f"user:{user_id}")
    links.drop(session, user_id, Purpose.RESET)
    close_all_sessions(session, user_id, at=at)


def close_all_sessions(session: Session, user_id: int, *, at: datetime) -> None:
    """End every sign-in session of the person, this one too."""
    session.execute(delete(SignInSession).where(SignInSession.user_id == user_id))
    audit.record(session, "user.signed_out_everywhere", at=at, actor_id=user_id, subject=f"user:{user_id}")

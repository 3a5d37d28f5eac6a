"""What whoever reads the mailbox of an account may do: set a new password, confirm the address.

An address that nobody has confirmed was typed by somebody, no more: what that person left on the account besides (the
telephone, sign-ins) must not outlast the moment in which the mailbox's owner takes the account over.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback_app.accounts import links
from feedback_app.accounts.events import ConfirmationRequested, ResetRequested
from feedback_app.accounts.links import Purpose
from feedback_app.accounts.models import User
from feedback_app.accounts.profile import change_password
from feedback_app.core import audit, outbox


def ask_for_reset(session: Session, email: str, *, at: datetime) -> None:
    """Let a link go to the address if it has an open account; tell nobody whether it has."""
    open_account = select(User.id).where(User.email == email.strip().lower(), User.disabled_at.is_(None))
    user_id = session.scalars(open_account).first()
    if user_id is not None:
        outbox.publish(session, ResetRequested(user_id=user_id))
        audit.record(session, "user.reset_requested", at=at, actor_id=None, subject=f"user:{user_id}")


def reset(session: Session, token: str, password: str, *, at: datetime) -> None:
    """Set the new password of whoever holds the link; whoever is signed in anywhere has to sign in anew.

    Raises:
        NotFound: see ``links.owner``.
    """
    user = links.take(session, token, Purpose.RESET, at=at)
    audit.record(session, "user.reset_used", at=at, actor_id=user.id, subject=f"user:{user.id}")
    change_password(session, user.id, password, at=at)
    take_over(session, user, at=at)


def take_over(session: Session, user: User, *, at: datetime) -> None:
    """Note that the person is the owner of the address; an unconfirmed account loses the telephone left on it."""
    if user.confirmed_at is None:
        user.phone = ""
        _confirmed(session, user, at)


def ask_for_confirmation(session: Session, user: User) -> None:
    """Let a link go to the address, unless it is confirmed."""
    if user.confirmed_at is None:
        outbox.publish(session, ConfirmationRequested(user_id=user.id))


def confirm(session: Session, token: str, *, at: datetime) -> None:
    """Confirm the address to which the link went.

    Raises:
        NotFound: see ``links.owner``.
    """
    user = links.take(session, token, Purpose.CONFIRM, at=at)
    if user.confirmed_at is None:
        _confirmed(session, user, at)


def _confirmed(session: Session, user: User, at: datetime) -> None:
    user.confirmed_at = at
    audit.record(session, "user.confirmed", at=at, actor_id=user.id, subject=f"user:{user.id}")

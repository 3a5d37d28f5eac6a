"""What an administrator does with people: look them up, end a function, close an account."""

from collections.abc import Sequence
from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from feedback_app.accounts.actor import Actor, Function
from feedback_app.accounts.models import FunctionHeld, Invitation, SignInSession, User
from feedback_app.core import audit, clock
from feedback_app.core.errors import Forbidden, Invalid, NotFound


def staff(session: Session, *, words: str = "", after: int = 0, size: int = 50) -> Sequence[User]:
    """Return people who hold or held a function, by id from ``after`` on, with their functions and agencies."""
    query = select(User).where(User.id > after, User.functions.any())
    if words:
        pattern = f"%{words.strip().lower().replace('%', '').replace('_', '')}%"
        query = query.where(or_(User.email.like(pattern), User.name.ilike(pattern)))
    query = query.options(selectinload(User.functions).joinedload(FunctionHeld.agency))
    return session.scalars(query.order_by(User.id).limit(size)).all()


def open_invitations(session: Session, at: datetime) -> Sequence[Invitation]:
    """Return the invitations that can still be taken up, newest first."""
    query = select(Invitation).where(Invitation.used_at.is_(None), Invitation.expires_at > at)
    return session.scalars(query.options(joinedload(Invitation.agency)).order_by(Invitation.id.desc())).all()


def held(session: Session, held_id: int) -> FunctionHeld:
    """Return a held function with its person and agency.

    Raises:
        NotFound: there is none of that id.
    """
    query = select(FunctionHeld).where(FunctionHeld.id == held_id)
    row = session.scalars(
        query.options(joinedload(FunctionHeld.user), joinedload(FunctionHeld.agency))
    ).first()
    if row is None:
        raise NotFound(str(held_id))
    return row


def person(session: Session, user_id: int) -> User:
    """Return the person of that id.

    Raises:
        NotFound: there is none.
    """
    user = session.get(User, user_id)
    if user is None:
        raise NotFound(str(user_id))
    return user


def end_function(session: Session, row: FunctionHeld, *, last_day: date, by: Actor, at: datetime) -> None:
    """Let the function end with ``last_day``; from the day after the person no longer holds it.

    Raises:
        Forbidden: ``by`` is no administrator.
        Invalid: the day lies before the first one.
    """
    _require_administrator(by)
    if last_day < row.valid_from:
        raise Invalid(_("Ngày cuối không thể trước ngày bắt đầu giữ chức năng."), "last_day")
    row.valid_to = last_day
    subject = f"user:{row.user_id}"
    facts = {"function": row.function, "agency": row.agency_id, "last_day": last_day.isoformat()}
    audit.record(session, "function.ended", at=at, actor_id=by.user_id, subject=subject, **facts)


def disable(session: Session, user: User, *, by: Actor, at: datetime) -> None:
    """Close the account at once: nobody signs in with it, and whoever is signed in no longer is.

    Raises:
        Forbidden: ``by`` is no administrator.
        Invalid: it is the administrator's own account.
    """
    _require_administrator(by)
    if user.id == by.user_id:
        raise Invalid(_("Quản trị viên không thể tự khóa tài khoản của mình."))
    user.disabled_at = user.disabled_at or at
    session.execute(delete(SignInSession).where(SignInSession.user_id == user.id))
    audit.record(session, "user.disabled", at=at, actor_id=by.user_id, subject=f"user:{user.id}")


def enable(session: Session, user: User, *, by: Actor, at: datetime) -> None:
    """Open a closed account again.

    Raises:
        Forbidden: ``by`` is no administrator.
    """
    _require_administrator(by)
    user.disabled_at = None
    audit.record(session, "user.enabled", at=at, actor_id=by.user_id, subject=f"user:{user.id}")


def state_of(row: FunctionHeld) -> str:
    """Return whether the function is held ``now``, ``later`` or is ``over``."""
    today = clock.today()
    if row.valid_to is not None and row.valid_to < today:
        return "over"
    return "later" if row.valid_from > today else "now"


def _require_administrator(by: Actor) -> None:
    if not by.holds(Function.ADMINISTRATOR):
        raise Forbidden("administrator")

"""Who is at the other end of the request."""

from collections.abc import Iterable

from flask import Flask, g, session
from flask_login import LoginManager, UserMixin, current_user

from feedback_app.accounts import absences, sign_in
from feedback_app.accounts.actor import Actor
from feedback_app.accounts.models import User
from feedback_app.core import clock
from feedback_app.core.db import STORE_IS_AWAY, db

login_manager = LoginManager()


class SignedIn(UserMixin):
    """The person of this request; Flask-Login keeps only the random id of the sign-in session."""

    def __init__(self, sid: str, user: User, stands_in_for: Iterable[User] = ()) -> None:
        self.id = sid
        self.user = user
        self.actor = sign_in.actor_of(user, stands_in_for)


def init_app(app: Flask) -> None:
    login_manager.session_protection = None  # it would keep a hash of address and browser
    login_manager.init_app(app)
    login_manager.user_loader(_load)


def _load(sid: str) -> SignedIn | None:
    try:
        user = sign_in.user_of(db.session(), sid, clock.now())
    except STORE_IS_AWAY as error:
        db.session.rollback()
        g.identity_lost = error
        return None
    if user is None:
        return None
    g.user_language = user.locale
    others = absences.stood_in_for(db.session(), user.id, clock.today()) if user.functions else ()
    return SignedIn(sid, user, others)


def require_known() -> None:
    """Fail as the database did if it was away when asked who this is: nobody acts as a guest by mistake."""
    if not current_user.is_authenticated and (lost := g.get("identity_lost")) is not None:
        raise lost


def actor() -> Actor:
    """Return the signed-in person as the rules see one; only behind the gate."""
    person: Actor = current_user.actor
    return person


def account() -> User:
    """Return the signed-in person's account; only behind the gate."""
    user: User = current_user.user
    return user


def forget() -> None:
    """Drop everything the browser's cookie holds."""
    session.clear()

"""Links that go to the address of an account, work once and for a while, and prove that the mailbox is one's own.

The ledger of mails holds a seed, this slice a keyed hash of the token made of it: the token itself stands in the mail
alone, and neither table is of use without the installation's key.
"""

from datetime import datetime, timedelta
from enum import StrEnum

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import Session, joinedload

from feedback_app.accounts.models import AccountLink, User
from feedback_app.core.errors import NotFound
from feedback_app.core.security import keyed_hash, new_code

MOST_LIVE = 3  # links of one account at a time: whoever asks for more waits until one has run out
TOKEN_LENGTH = 32  # hexadecimal digits: 128 bits


class Purpose(StrEnum):
    """What a link is good for."""

    CONFIRM = "confirm"
    RESET = "reset"


VALID = {Purpose.CONFIRM: timedelta(days=7), Purpose.RESET: timedelta(hours=1)}


def draw(session: Session, user_id: int, purpose: Purpose, *, at: datetime) -> str | None:
    """Return the seed of a fresh link, ``None`` while the account has as many as it may have."""
    live = select(func.count()).where(
        AccountLink.user_id == user_id, AccountLink.purpose == purpose, AccountLink.expires_at > at
    )
    if (session.scalar(live) or 0) >= MOST_LIVE:
        return None
    seed = new_code()
    link = AccountLink(
        token_hash=_hash(token_of(seed, purpose), purpose),
        user_id=user_id,
        purpose=purpose,
        expires_at=at + VALID[purpose],
    )
    session.add(link)
    return seed


def token_of(seed: str, purpose: Purpose) -> str:
    """Return the token that the link of this seed bears."""
    return keyed_hash(seed, f"link to {purpose}")[:TOKEN_LENGTH]


def owner(session: Session, token: str, purpose: Purpose, *, at: datetime) -> User:
    """Return whose link it is, with the enterprise; the account is open.

    Raises:
        NotFound: no such link, or it was used, is out of date, or its account is closed.
    """
    query = select(User).join(AccountLink, AccountLink.user_id == User.id)
    query = query.where(*_live(token, purpose, at), User.disabled_at.is_(None))
    user = session.scalars(query.options(joinedload(User.enterprise))).first()
    if user is None:
        raise _spent()
    return user


def take(session: Session, token: str, purpose: Purpose, *, at: datetime) -> User:
    """Use the link up, and with it all others of that purpose; return whose it was. Of two at once one succeeds.

    Raises:
        NotFound: see ``owner``.
    """
    user = owner(session, token, purpose, at=at)
    used = delete(AccountLink).where(*_live(token, purpose, at)).returning(AccountLink.user_id)
    if session.scalars(used).first() is None:
        raise _spent()
    drop(session, user.id, purpose)
    return user


def drop(session: Session, user_id: int, purpose: Purpose) -> None:
    """Let the links of that purpose that are on their way to the person work no longer."""
    session.execute(delete(AccountLink).where(AccountLink.user_id == user_id, AccountLink.purpose == purpose))


def purge(session: Session, at: datetime) -> None:
    """Delete the links that are out of date."""
    session.execute(delete(AccountLink).where(AccountLink.expires_at <= at))


def _spent() -> NotFound:
    return NotFound(_("Đường dẫn đã dùng, đã hết hạn hoặc không đúng. Vui lòng yêu cầu đường dẫn mới."))


def _live(token: str, purpose: Purpose, at: datetime) -> tuple[ColumnElement[bool], ...]:
    return AccountLink.token_hash == _hash(token, purpose), AccountLink.expires_at > at


def _hash(token: str, purpose: Purpose) -> str:
    return keyed_hash(token, f"stored link to {purpose}")

"""Messages in the ledger, as they stand after a while."""

from itertools import count
from typing import Any

from sqlalchemy import select

from feedback_app.core import clock
from feedback_app.core.db import db, unit_of_work
from feedback_app.notifications.models import Dispatch
from feedback_app.notifications.rules import Letter
from feedback_app.notifications.services import Message, dispatch

_numbers = count(1)


def a_message(
    *, to: str = "ke.toan@example.vn", letter: Letter = Letter.NEWS, locale: str = "vi", **overrides: Any
) -> int:
    """Return the id of a message that waits to be sent; ``data`` is about KH-2026-000123 unless told otherwise."""
    data = {"ticket": "KH-2026-000123", "guest": True} | overrides.pop("data", {})
    key = overrides.pop("key", f"message:{next(_numbers)}")
    with unit_of_work() as session:
        dispatch(session, [Message(key=key, letter=letter, to=to, locale=locale, data=data, **overrides)])
    channel = overrides.get("channel", "mail")
    found = db.session.scalar(select(Dispatch.id).where(Dispatch.key == key, Dispatch.channel == channel))
    db.session.rollback()
    return int(found or 0)


def a_message_given_up(**overrides: Any) -> int:
    """Return the id of a message that was tried and given up, and can be sent again."""
    message_id = a_message(**overrides)
    with unit_of_work() as session:
        row = session.get_one(Dispatch, message_id)
        row.given_up_at, row.attempts, row.last_error = clock.now(), 12, "HTTP 422"
    return message_id

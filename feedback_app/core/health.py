"""How the house is: what monitoring asks, and what an administrator sees. No secrets, no names."""

from dataclasses import dataclass
from datetime import datetime

import redis
from flask import current_app
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from feedback_app.core import outbox
from feedback_app.core.outbox import OutboxDelivery


@dataclass(frozen=True, slots=True)
class Queue:
    """The outbox: deliveries due now, those that failed and will be tried again, and the last one done."""

    pending: int
    failing: int
    last_done: datetime | None


def database_answers(session: Session) -> bool:
    try:
        session.execute(select(1))
    except SQLAlchemyError:
        session.rollback()
        return False
    return True


def redis_answers() -> bool | None:
    """Return whether Redis answers, ``None`` where the installation works without one."""
    client = current_app.extensions["bell"]
    if client is None:
        return None
    try:
        return bool(client.ping())
    except redis.RedisError:
        return False


def queue(session: Session) -> Queue:
    """Return how the outbox stands."""
    failing = OutboxDelivery.done_at.is_(None) & (OutboxDelivery.attempts > 0)
    failed = session.scalar(select(func.count()).select_from(OutboxDelivery).where(failing))
    newest = select(OutboxDelivery.done_at).where(OutboxDelivery.done_at.is_not(None))
    last = session.scalars(newest.order_by(OutboxDelivery.id.desc()).limit(1)).first()
    return Queue(outbox.pending(session), failed or 0, last)

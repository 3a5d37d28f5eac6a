"""The outbox: what a deed sets in motion is written with the deed, and done at least once, whatever dies.

An event has one delivery row per handler. A delivery is worked off in a transaction of its own:
its effect and its ``done_at`` are committed together, so that it is done once in effect.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar

import structlog
from flask import Flask, current_app
from sqlalchemy import ForeignKey, Index, SmallInteger, func, select
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from feedback_app.core import bell, clock
from feedback_app.core.db import Base, BigId, db, unit_of_work
from feedback_app.core.faults import point
from feedback_app.core.inserting import insert_row, insert_rows

log = structlog.get_logger()
FIRST_PAUSE = timedelta(seconds=2)
LONGEST_PAUSE = timedelta(hours=1)
FIRST, AFTERWARDS = 0, 1

Payload = dict[str, Any]
Handler = Callable[[Session, Payload], None]


@dataclass(frozen=True)
class Event:
    """Something that happened; the fields are ids and codes only."""

    name: ClassVar[str]


class OutboxEvent(Base):
    __tablename__ = "outbox_event"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    name: Mapped[str]
    payload: Mapped[dict[str, Any]]
    at: Mapped[datetime]


class OutboxDelivery(Base):
    __tablename__ = "outbox_delivery"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("outbox_event.id", ondelete="CASCADE"), index=True)
    handler: Mapped[str]
    turn: Mapped[int] = mapped_column(SmallInteger, server_default="1")  # lower goes first
    not_before: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str | None]
    done_at: Mapped[datetime | None]
    event: Mapped[OutboxEvent] = relationship(lazy="raise")


Index(
    "ix_outbox_delivery_pending",
    OutboxDelivery.turn,
    OutboxDelivery.not_before,
    OutboxDelivery.id,
    sqlite_where=OutboxDelivery.done_at.is_(None),
    postgresql_where=OutboxDelivery.done_at.is_(None),
)


def init_app(app: Flask, subscriptions: Mapping[str, Sequence[Handler]]) -> None:
    """Make ``subscriptions`` (event name → handlers) known, and ring the bell after each commit that published."""
    app.extensions["outbox"] = {
        name: {handler_name(handler): handler for handler in handlers}
        for name, handlers in subscriptions.items()
    }


def goes_first(handler: Handler) -> Handler:
    """Let the deliveries of ``handler`` go before all others: an enterprise waits for what it does."""
    handler.turn = FIRST  # type: ignore[attr-defined]
    return handler


def handler_name(handler: Handler) -> str:
    return f"{handler.__module__}.{handler.__name__}".removeprefix("feedback_app.")


def publish(session: Session, event: Event) -> None:
    """Write ``event`` and one delivery for each of its handlers into the running transaction."""
    handlers = current_app.extensions["outbox"].get(event.name, {})
    at = clock.now()
    event_id = insert_row(session, OutboxEvent, name=event.name, payload=asdict(event), at=at)
    deliveries = [
        {
            "event_id": event_id,
            "handler": name,
            "turn": getattr(handler, "turn", AFTERWARDS),
            "not_before": at,
        }
        for name, handler in handlers.items()
    ]
    insert_rows(session, OutboxDelivery, deliveries)
    bell.ring_after_commit(session)


def pending(session: Session, at: datetime | None = None) -> int:
    """Return how many deliveries could be worked off now."""
    due = select(func.count()).select_from(OutboxDelivery).where(*_due(at or clock.now()))
    return session.scalar(due) or 0


def drain(limit: int = 1000) -> int:
    """Work off deliveries until none is due or ``limit`` is reached; return how many were tried."""
    for done in range(limit):
        if not _work_off_one():
            return done
    return limit


def _due(at: datetime) -> tuple[Any, ...]:
    return OutboxDelivery.done_at.is_(None), OutboxDelivery.not_before <= at


def _work_off_one() -> bool:
    tried: int | None = None
    try:
        with unit_of_work() as session:
            delivery = _claim(session)
            if delivery is None:
                return False
            tried = delivery.id
            _run(session, delivery)
        point(f"after-commit:{delivery.handler}")
    except Exception as error:
        if tried is None:
            raise
        log.exception("delivery failed", delivery=tried, error=type(error).__name__)
        _postpone(tried, error)
    finally:
        db.session.close()
    return True


def _claim(session: Session) -> OutboxDelivery | None:
    """Return the next due delivery, locked where the database can lock a row and pass over locked ones."""
    query = (
        select(OutboxDelivery)
        .options(joinedload(OutboxDelivery.event, innerjoin=True))
        .where(*_due(clock.now()))
        .order_by(OutboxDelivery.turn, OutboxDelivery.not_before, OutboxDelivery.id)
        .limit(1)
        .with_for_update(skip_locked=True, of=OutboxDelivery)
    )
    return session.scalars(query).first()


def _run(session: Session, delivery: OutboxDelivery) -> None:
    handler = current_app.extensions["outbox"][delivery.event.name][delivery.handler]
    point(f"before:{delivery.handler}")
    handler(session, delivery.event.payload)
    delivery.done_at = clock.now()
    session.flush()
    point(f"before-commit:{delivery.handler}")


def _postpone(delivery_id: int, error: Exception) -> None:
    db.session.close()
    with unit_of_work() as session:
        delivery = session.get_one(OutboxDelivery, delivery_id)
        delivery.attempts += 1
        delivery.last_error = type(error).__name__  # the text may carry values: it stays in the log
        pause = min(FIRST_PAUSE * 2 ** min(delivery.attempts, 12), LONGEST_PAUSE)
        delivery.not_before = clock.now() + pause

"""Redis as a doorbell: it tells the relay that the outbox has something, and nothing is lost when it is deaf."""

from typing import Any

import redis
import structlog
from flask import Flask, current_app
from sqlalchemy import event
from sqlalchemy.orm import Session

from feedback_app.core.db import db

log = structlog.get_logger()
CHANNEL = "outbox-bell"
PATIENCE = 0.5  # seconds: a filing must not wait for a doorbell


def init_app(app: Flask, redis_url: str) -> None:
    """Connect the bell; without a Redis the relay finds the rows by looking."""
    app.extensions["bell"] = connection(redis_url) if redis_url else None


def connection(url: str) -> redis.Redis:
    """Return a Redis client that gives up quickly."""
    return redis.Redis.from_url(url, socket_connect_timeout=PATIENCE, socket_timeout=PATIENCE)


def ring_after_commit(session: Session) -> None:
    session.info["bell"] = True


def ring() -> None:
    """Ring; a bell that does not work is noted and forgotten, since the sweeper looks anyway."""
    client = current_app.extensions["bell"]
    if client is None:
        return
    try:
        client.publish(CHANNEL, b"1")
    except redis.RedisError as error:
        log.warning("the bell is deaf", error=type(error).__name__)


@event.listens_for(db.session, "after_commit")
def _ring(session: Any) -> None:
    if session.info.pop("bell", False):
        ring()


@event.listens_for(db.session, "after_rollback")
def _stay_silent(session: Any) -> None:
    session.info.pop("bell", None)

"""The relay hears the bell and has the outbox drained; it also looks by itself, for rings get lost."""

import contextlib
import threading
import time
import uuid
from collections.abc import Iterator

import structlog
from flask import Flask
from redis import Redis, RedisError
from redis.client import PubSub
from rq.registry import StartedJobRegistry
from rq.serializers import JSONSerializer
from sqlalchemy.exc import SQLAlchemyError

from feedback_app import schedule
from feedback_app.core import bell, outbox
from feedback_app.core.db import db
from feedback_app.runtime import queues

log = structlog.get_logger()
COALESCE = 0.003  # seconds: rings of one burst become one job
SWEEP = 5.0
CLEANUP = 60.0
LISTEN = 0.5  # how long one wait for the bell lasts; the time to notice a request to stop
LONGEST_PAUSE = 15.0


class Relay:
    """Turns rings into drain jobs until it is told to stop."""

    def __init__(self, app: Flask, connection: Redis, stop: threading.Event) -> None:
        self._app = app
        self._redis = connection
        self._stop = stop
        self._next_sweep = 0.0
        self._next_cleanup = 0.0

    def run(self) -> None:
        """Listen; while Redis is away, drain the outbox here, so that tickets do not wait for it."""
        pause = 0.5
        while not self._stop.is_set():
            try:
                self._listen()
                pause = 0.5
            except RedisError as error:
                log.warning("Redis is away, the relay drains by itself", error=type(error).__name__)
                self.drain_here()
                self._stop.wait(pause)
                pause = min(pause * 2, LONGEST_PAUSE)

    def drain_here(self) -> None:
        with self._database():
            outbox.drain()

    def sweep(self) -> None:
        """Ask for a drain if any delivery is due: rings may have been lost, and retries have no ring."""
        with self._database():
            if outbox.pending(db.session()):
                self.request_drain()

    def request_drain(self) -> bool:
        """Enqueue a drain unless one is still waiting: that one will see the row whose ring we heard."""
        if queues.queue(schedule.OUTBOX.name, self._redis).count:
            return False
        job_id = f"drain-{uuid.uuid4().hex}"
        queues.enqueue(self._redis, schedule.OUTBOX, schedule.DRAIN, job_id, schedule.DRAIN_TIMEOUT)
        return True

    def _listen(self) -> None:
        with contextlib.closing(self._redis.pubsub(ignore_subscribe_messages=True)) as pubsub:
            pubsub.subscribe(bell.CHANNEL)
            self._next_sweep = 0.0  # what was rung while we were deaf
            while not self._stop.is_set():
                if self._rung(pubsub):
                    self.request_drain()
                self._housekeeping()

    def _rung(self, pubsub: PubSub) -> bool:
        if not pubsub.get_message(timeout=LISTEN):
            return False
        time.sleep(COALESCE)
        while pubsub.get_message(timeout=0):
            pass
        return True

    def _housekeeping(self) -> None:
        now = time.monotonic()
        if now >= self._next_sweep:
            self._next_sweep = now + SWEEP
            self.sweep()
        if now >= self._next_cleanup:
            self._next_cleanup = now + CLEANUP
            for where in schedule.QUEUES:
                StartedJobRegistry(where.name, self._redis, serializer=JSONSerializer).cleanup()

    @contextlib.contextmanager
    def _database(self) -> Iterator[None]:
        """An application context in which a database that is away is noted, and tried again later."""
        with self._app.app_context():
            try:
                yield
            except SQLAlchemyError as error:
                log.warning("the database is away", error=type(error).__name__)
            finally:
                db.session.remove()

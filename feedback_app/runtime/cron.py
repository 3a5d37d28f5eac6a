"""The clock of the periodic jobs.

RQ's own scheduler is not used: it enqueues pickled jobs, which our JSON workers cannot read; it counts in
the machine's time zone; it ends when Redis is away for a moment; and a run missed while it was down is lost.
"""

import threading
from collections.abc import Sequence
from datetime import UTC, datetime

import structlog
from croniter import croniter
from redis import Redis, RedisError

from feedback_app import schedule
from feedback_app.core import clock
from feedback_app.runtime import queues

log = structlog.get_logger()
TICK = 2.0  # seconds between two looks at the clock
RECORD = "cron-latest"  # Redis hash: name of the job → the latest moment enqueued, in ISO form


def latest_due(cron: str, at: datetime) -> datetime:
    """Return the last moment, at or before the aware instant ``at``, at which ``cron`` was due."""
    local = at.astimezone(clock.LOCAL).replace(tzinfo=None)
    if not croniter.match(cron, local):
        return _instant(croniter(cron, local).get_prev(datetime))
    return _instant(local.replace(second=0, microsecond=0))


def enqueue_due(connection: Redis, jobs: Sequence[schedule.PeriodicJob], at: datetime) -> list[str]:
    """Enqueue what is due and not yet enqueued, and return the names.

    Recording comes after enqueueing: dying in between repeats a job, the other order would lose it.
    """
    enqueued = []
    for job in jobs:
        moment = latest_due(job.cron, at)
        if _recorded(connection, job.name) == moment.isoformat():
            continue
        queues.enqueue(connection, job.queue, job.function, f"{job.name}-{moment:%Y%m%dT%H%M}", job.timeout)
        connection.hset(RECORD, job.name, moment.isoformat())
        enqueued.append(job.name)
    return enqueued


def run(connection: Redis, stop: threading.Event) -> None:
    """Keep the periodic jobs going until ``stop``; an absent Redis is waited for."""
    while not stop.wait(TICK):
        try:
            for name in enqueue_due(connection, schedule.PERIODIC, clock.now()):
                log.info("periodic job enqueued", job=name)
        except RedisError as error:
            log.warning("Redis is away, periodic jobs wait", error=type(error).__name__)


def _recorded(connection: Redis, name: str) -> str:
    value = connection.hget(RECORD, name)
    return value.decode() if isinstance(value, bytes) else ""


def _instant(local: datetime) -> datetime:
    return local.replace(tzinfo=clock.LOCAL).astimezone(UTC)

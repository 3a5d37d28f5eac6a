"""Background work without Redis, in one process: where no Redis can be had, the system still works."""

import threading
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial

import structlog
from flask import Flask
from rq.utils import import_attribute

from feedback_app import schedule
from feedback_app.core import clock, outbox
from feedback_app.core.db import db
from feedback_app.runtime.cron import latest_due

log = structlog.get_logger()
TICK = 0.25


def run_inline(app: Flask, stop: threading.Event) -> None:
    """Drain the outbox and run the periodic jobs until ``stop``; moments before the start stay missed."""
    since = clock.now()
    while not stop.wait(TICK):
        until = clock.now()
        with app.app_context():
            _guarded("drain", outbox.drain)
            for job in due_between(schedule.PERIODIC, since, until):
                _guarded(job.name, partial(_call, job.function))
        since = until


def due_between(
    jobs: Iterable[schedule.PeriodicJob], since: datetime, until: datetime
) -> list[schedule.PeriodicJob]:
    """Return the jobs that became due after ``since`` and not after ``until``."""
    return [job for job in jobs if latest_due(job.cron, until) > since]


def _call(function: str) -> object:
    return import_attribute(function)()


def _guarded(name: str, function: Callable[[], object]) -> None:
    """Run ``function``; its failure is logged and must not end the others."""
    try:
        function()
    except Exception as error:
        log.exception("job failed", job=name, error=type(error).__name__)
    finally:
        db.session.remove()

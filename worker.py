"""Starts one of the background processes: ``work``, ``cron`` or ``relay``. Nothing else."""

import signal
import threading
from contextlib import AbstractContextManager, nullcontext

import click
from flask import Flask

from feedback_app import schedule
from feedback_app.config import Settings
from feedback_app.runtime import cron, queues


@click.group()
def main() -> None:
    """Background processes; each needs REDIS_URL, and DATABASE_URL in production."""


@main.command()
@click.option("--queue", "name", type=click.Choice([q.name for q in schedule.QUEUES]), required=True)
def work(name: str) -> None:
    """Run the jobs of one queue."""
    settings = Settings.from_environment()
    where = next(q for q in schedule.QUEUES if q.name == name)
    with _context(where, settings):
        queues.worker(where, queues.connect(settings.redis_url)).work(logging_level="WARNING")


@main.command("cron")
def run_cron() -> None:
    """Enqueue the periodic jobs when they are due; one such process is enough, two do no harm."""
    cron.run(queues.connect(Settings.from_environment().redis_url), _stop_on_signals())


@main.command()
def relay() -> None:
    """Have the outbox drained when the bell rings."""
    from feedback_app.runtime.relay import Relay

    settings = Settings.from_environment()
    Relay(_app(settings), queues.connect(settings.redis_url), _stop_on_signals()).run()


@main.command()
def inline() -> None:
    """Do the work of all others in this one process, without Redis: for trying out, not for production."""
    from feedback_app.runtime.inline import run_inline

    run_inline(_app(Settings.from_environment()), _stop_on_signals())


def _context(where: schedule.Queue, settings: Settings) -> AbstractContextManager[object]:
    """Return what the jobs of the queue run in; those of the vault make their own application."""
    return nullcontext() if where is schedule.VAULT else _app(settings).app_context()


def _app(settings: Settings) -> Flask:
    from feedback_app.app import create_app  # late: the clock of the periodic jobs needs none of it

    return create_app(settings)


def _stop_on_signals() -> threading.Event:
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    return stop


if __name__ == "__main__":
    main()

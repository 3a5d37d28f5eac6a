"""From the answer to a filing until the agency's queue shows it, against a job that does nothing."""

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from redis import Redis
from sqlalchemy import func, select

from bench import drafts, noop, report
from bench.client import Visitor, closed_loop, file
from bench.servers import Server, Site, Stage
from feedback_app.accounts.actor import Actor, Function, Held
from feedback_app.catalogue import store
from feedback_app.core import clock, outbox
from feedback_app.core.db import db
from feedback_app.deadlines.calendar import work_calendar
from feedback_app.tickets import desk
from feedback_app.tickets.lifecycle import Status
from feedback_app.tickets.models import Ticket

SAMPLES, BURST = 100, 500
LOOK = 0.002  # seconds between two looks at the queue
PATIENCE = 10.0
SLOWEST, LONGEST_BURST = 3.0, 5.0


class NeverSeen(Exception):
    """The ticket did not appear in the queue: the filing does not count."""


@dataclass(frozen=True)
class Running:
    """An installation with all its processes."""

    site: Site
    server: Server
    redis: Redis


def measure(stage: Stage, *, quick: bool = False) -> str:
    """Return the report of single filings on the idle machine, then of a burst."""
    system = _start(stage)
    samples, burst = (10, 50) if quick else (SAMPLES, BURST)
    for _ in range(5):
        _seen_after(system)
        noop.delay(system.redis)
    seen, idle = [], []
    for _ in range(samples):
        idle.append(noop.delay(system.redis))
        seen.append(_seen_after(system))
        time.sleep(Random(len(seen)).uniform(0.02, 0.1))
    return "\n\n".join([_report(seen, idle), _burst(system, burst)])


def _start(stage: Stage) -> Running:
    url = stage.redis()
    site = stage.site("postgresql", "latency", url)
    server = stage.web("web", "feedback_app.app:create_app()", site.environment)
    stage.worker("worker", site, "work", "--queue", "outbox")
    stage.worker("relay", site, "relay")
    stage.run("noop", [sys.executable, "-m", "bench.noop", url], {})
    return Running(site, server, Redis.from_url(url))


def _seen_after(system: Running) -> float:
    """File one ticket; return the seconds from the answer until the agency's queue lists it."""
    mark = f"phieu{time.monotonic_ns()}"
    [jar] = drafts.write(system.site, 1, f"{drafts.TITLE} {mark}")
    file(Visitor(system.server.port, jar), drafts.LAST_STEP)
    answered = time.monotonic()
    with system.site.app.app_context():
        wanted, officer = desk.Wanted(words=mark), _officer()
        within = desk.bounds(clock.today(), work_calendar(store.current(db.session()).catalogue))
        return _until(lambda: bool(desk.page(db.session(), officer, wanted, within).rows), answered)


def _until(condition: Callable[[], bool], since: float, patience: float = PATIENCE) -> float:
    """Return the seconds from ``since`` until ``condition`` holds, looked at in a new transaction each time.

    Raises:
        NeverSeen: it does not come about.
    """
    while not condition():
        db.session.rollback()
        if time.monotonic() - since > patience:
            raise NeverSeen
        time.sleep(LOOK)
    return time.monotonic() - since


def _officer() -> Actor:
    agency_id = store.current(db.session()).agency_ids[drafts.LEAD]
    return Actor(user_id=0, name="", held=(Held(Function.OFFICER, agency_id, drafts.LEAD),))


def _burst(system: Running, count: int) -> str:
    jars = drafts.write(system.site, count)
    began = time.monotonic()
    load = closed_loop(system.server.port, drafts.LAST_STEP, jars, seconds=120.0)
    ended = time.monotonic()
    if load.wrong or len(load.filed) != count:
        raise NeverSeen(f"{len(load.filed)} of {count} filed, {load.wrong[:1]}")
    with system.site.app.app_context():
        routed = _until(lambda: not _unrouted(), ended, 60.0)
        emptied = _until(lambda: not outbox.pending(db.session()), ended, 60.0)
    words = report.verdict(routed, LONGEST_BURST, at_least=False)
    return (
        f"**Burst** of {count} filings in {ended - began:.1f} s; all routed {routed:.1f} s after its end ({words}), "
        f"outbox empty after {emptied:.1f} s."
    )


def _unrouted() -> int:
    received = select(func.count()).select_from(Ticket).where(Ticket.status == Status.RECEIVED)
    return db.session.scalar(received) or 0


def _report(seen: list[float], idle: list[float]) -> str:
    heads = ["idle, one at a time", "n", "p50 ms", "p95 ms", "max ms"]
    rows = [
        [name, str(len(times)), *(report.milliseconds(report.percentile(times, p)) for p in (50, 95, 100))]
        for name, times in (("filed → in the agency's queue", seen), ("no-op job, enqueued → body", idle))
    ]
    ratio = report.percentile(seen, 95) / report.percentile(idle, 95)
    words = report.verdict(ratio, SLOWEST, at_least=False)
    return f"{report.table(heads, rows)}\n\n**p95 : p95 of the no-op** {words}."

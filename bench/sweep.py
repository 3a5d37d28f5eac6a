"""The nightly sweep over many tickets of which some need an act: how long, how much memory, how it grows."""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice

from sqlalchemy import func, select, text

from bench import report, tickets
from bench.servers import DATABASES, Site, Stage
from feedback_app.accounts.actor import Function
from feedback_app.accounts.models import FunctionHeld, User
from feedback_app.catalogue import store
from feedback_app.config import ROOT
from feedback_app.core import clock
from feedback_app.core.db import Base, db, unit_of_work
from feedback_app.core.outbox import OutboxDelivery
from feedback_app.deadlines.calendar import WorkCalendar, work_calendar
from feedback_app.escalation.models import Reminder
from feedback_app.notifications.models import Dispatch, Notification
from feedback_app.tickets.models import Assignment, ClockEventRow, Filer, Ticket, TimelineEntry

LARGE, SMALL, ACTS = 1_000_000, 100_000, 20_000
OPEN_BESIDE = 0.01  # share of all tickets that is open and needs nothing
CLOSED_WRITTEN, STRIDE = 10_000, 10_000_000
COPIED = (
    (Ticket, "id"),
    *((model, "ticket_id") for model in (Filer, Assignment, ClockEventRow, TimelineEntry)),
)
SLOWEST, BIGGEST = 60.0, 300.0  # seconds, megabytes
STEPS = {
    "sweep": "feedback_app.escalation.jobs.remind",
    "tell": "feedback_app.core.jobs.drain_outbox",
    "digest": "feedback_app.notifications.jobs.write_digests",
}
PROGRAM = """
import importlib, re, sys, time
from datetime import datetime
from feedback_app.app import create_app
from feedback_app.core import clock
at = datetime.fromisoformat(sys.argv[2])
clock.now = lambda: at  # eight in the morning of a working day, whenever this is run
module, _, name = sys.argv[1].rpartition(".")
job = getattr(importlib.import_module(module), name)
with create_app().app_context():
    began = time.monotonic()
    job()
    took = time.monotonic() - began
    print(took, int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]) / 1000)
"""


class Unfinished(RuntimeError):
    """The job ended without having done what it was measured for."""


@dataclass(frozen=True)
class Run:
    """What one job took, in a process of its own."""

    seconds: float
    megabytes: float


def measure(stage: Stage, *, quick: bool = False) -> str:
    """Return the report for both databases."""
    share = 50 if quick else 1
    acts = ACTS // share
    parts = []
    for kind in DATABASES:
        runs = {count: _night(stage, kind, count // share, acts) for count in (SMALL, LARGE)}
        parts.append(_report(kind, runs, acts, share))
    return "\n\n".join(parts)


def _night(stage: Stage, kind: str, count: int, acts: int) -> dict[str, Run]:
    """Return what each step of the night takes on ``count`` tickets of which ``acts`` need an act."""
    site = stage.site(kind, f"sweep{count}")
    _fill(site, count, acts)
    return {step: _run(site, step, acts) for step in STEPS} | {"again": _again(site, acts)}


def _run(site: Site, step: str, acts: int) -> Run:
    run = _in_a_process(site, STEPS[step])
    _check(site, step, acts)
    return run


def _again(site: Site, acts: int) -> Run:
    """Return what a second sweep takes, which finds nothing to do."""
    run = _in_a_process(site, STEPS["sweep"])
    _check(site, "sweep", acts)
    return run


def _in_a_process(site: Site, job: str) -> Run:
    environment = {**os.environ, **site.environment, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, job, _morning(site).isoformat()],
        env=environment,
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    if done.returncode:
        raise Unfinished(done.stderr[-2000:])
    seconds, megabytes = done.stdout.split()[-2:]
    return Run(float(seconds), float(megabytes))


def _morning(site: Site) -> datetime:
    """Return eight in the morning of the first working day from today on."""
    with site.app.app_context():
        calendar = work_calendar(store.current(db.session()).catalogue)
        db.session.remove()
    day = calendar.next_working_day(clock.today())
    return datetime.combine(day, time(8), clock.LOCAL)


def _check(site: Site, step: str, acts: int) -> None:
    """Look whether the work was really done."""
    queries = {
        "sweep": select(func.count(Reminder.ticket_id.distinct())),
        "tell": select(func.count(Notification.ticket_id.distinct())),
        "digest": select(func.count()).select_from(Dispatch).where(Dispatch.letter == "digest"),
    }
    with site.app.app_context():
        done = db.session.scalar(queries[step]) or 0
        undone = db.session.scalar(select(func.count()).where(OutboxDelivery.done_at.is_(None)))
        db.session.remove()
    if step == "digest":
        if not done:
            raise Unfinished("no mail of the morning was written")
    elif done != acts or (step == "tell" and undone):
        raise Unfinished(f"{step}: {done} of {acts}, {undone} undone")


def _fill(site: Site, count: int, acts: int) -> None:
    """Store the tickets: ``acts`` open ones on four rungs of the ladder, some open ones far from due, closed ones."""
    open_ones = acts + int(count * OPEN_BESIDE)
    written = min(count, open_ones + CLOSED_WRITTEN)
    with site.app.app_context():
        loaded = store.current(db.session())
        days = _days(work_calendar(loaded.catalogue), _morning(site).date(), acts)
        rows = (_placed(row, loaded, days, acts) for row in tickets.rows_of(written, open_ones, loaded))
        while batch := list(islice(rows, tickets.BATCH)):
            with unit_of_work() as session:
                tickets.store_rows(session, batch)
        _multiply((count - written) / (written - open_ones))
        _people(loaded)
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("ANALYZE")
        db.session.remove()


def _placed(row: tickets.Row, loaded: store.Loaded, days: Callable[[int], date], acts: int) -> tickets.Row:
    """Return the ticket with an agency, and due when its number says; it stays open or closed as it is."""
    number = row["id"]
    due_on = days(number) if number <= acts else clock.today() + timedelta(days=60)
    agency = loaded.agency_ids[tickets.AGENCIES[number % len(tickets.AGENCIES)]]
    closed = number > acts and row["clock"] != "open"
    held = {"lead_id": agency, "holder_id": agency}
    return row | held | ({} if closed else {"due_on": due_on})


def _multiply(times: float) -> None:
    """Copy the closed tickets, with the rows beside them, within the database: it takes seconds, not minutes."""
    copies = round(times)
    if copies < 1:
        return
    with unit_of_work() as session:
        for model, key in COPIED:
            columns = [c.name for c in model.__table__.columns if c.name != "id" or model is Ticket]
            values = [_copied(model, name, key) for name in columns]
            session.execute(
                text(
                    f"INSERT INTO {model.__tablename__} ({', '.join(map(_quoted, columns))}) "
                    f"WITH RECURSIVE n(k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM n WHERE k < {copies}) "
                    f"SELECT {', '.join(values)} FROM {model.__tablename__} AS o CROSS JOIN n "
                    f"JOIN ticket AS t ON t.id = o.{key} AND t.clock = 'closed' AND t.id < {STRIDE}"
                )
            )


def _copied(model: type[Base], column: str, key: str) -> str:
    if column == key:
        return f"o.{column} + n.k * {STRIDE}"
    if model is Ticket and column in {"code", "submission"}:
        return f"o.{column} || '-' || n.k"
    return f"o.{_quoted(column)}"


def _quoted(column: str) -> str:
    return f'"{column}"'


def _days(calendar: WorkCalendar, today: date, acts: int) -> Callable[[int], date]:
    """Return the due date of the n-th ticket: soon, today, late by a day, late by four."""
    late = today - timedelta(days=1)
    while calendar.count_working_days(late, today) < 4:
        late -= timedelta(days=1)
    days: tuple[date, ...] = (calendar.add_working_days(today, 2), today, today - timedelta(days=1), late)
    return lambda number: days[number * len(days) // (acts + 1)]


def _people(loaded: store.Loaded) -> None:
    """Store an officer and a head for each agency, and one of each coordinating office."""
    posts = [(Function.OFFICER, a) for a in tickets.AGENCIES] + [
        (Function.AGENCY_HEAD, a) for a in tickets.AGENCIES
    ]
    posts += [(Function.FOCAL_POINT, "so-tc"), (Function.PROVINCIAL_OFFICE, "vp-ubnd")]
    with unit_of_work() as session:
        for number, (function, agency) in enumerate(posts):
            user = User(
                email=f"can-bo-{number}@example.vn",
                name=f"Cán bộ {number}",
                password_hash="",
                created_at=clock.now(),
            )
            session.add(user)
            session.flush()
            held = {"agency_id": loaded.agency_ids[agency], "valid_from": date(2024, 1, 1), "valid_to": None}
            session.add(FunctionHeld(user_id=user.id, function=function, **held))


def _report(kind: str, runs: dict[int, dict[str, Run]], acts: int, share: int) -> str:
    heads = [f"{kind}, {acts:,} need an act", *("seconds / MB: " + step for step in (*STEPS, "again"))]
    lines = [
        [
            f"{count // share:,} tickets",
            *(f"{run.seconds:.1f} / {run.megabytes:.0f}" for run in steps.values()),
        ]
        for count, steps in runs.items()
    ]
    night = list(runs[LARGE].values())
    seconds, megabytes = sum(run.seconds for run in night), max(run.megabytes for run in night)
    ratio = sum(run.seconds for run in runs[LARGE].values()) / sum(
        run.seconds for run in runs[SMALL].values()
    )
    verdicts = [
        f"**whole night, {LARGE // share:,} tickets**, seconds {report.verdict(seconds, SLOWEST, at_least=False)}",
        f"megabytes {report.verdict(megabytes, BIGGEST, at_least=False)}",
        f"ten times the tickets take {ratio:.2f} × as long",
    ]
    return report.table(heads, lines) + "\n\n" + "; ".join(verdicts) + "."

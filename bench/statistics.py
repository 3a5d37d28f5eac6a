"""Statistics of a million tickets over two years: a month from the sums, a day's changes, all anew, a frozen month."""

import io
import os
import statistics
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sqlalchemy import text

from bench import report
from bench.servers import Site, Stage
from feedback_app.catalogue import store
from feedback_app.closing import freezing, verifying
from feedback_app.config import ROOT
from feedback_app.core import clock
from feedback_app.core.db import db, unit_of_work
from feedback_app.deadlines.profiles import profile_for
from feedback_app.statistics import queries, refreshing
from feedback_app.statistics.figures import Group
from feedback_app.statistics.periods import Period, containing

COUNT, CHANGES = 1_000_000, 1_500
AGENCIES, FIELDS, DAYS = 40, 60, 730
READS = 30
STATEMENTS = Path(__file__).with_suffix(".sql")
MONTH_OF_AGENCIES = """
SELECT agency, sum(received) AS received, sum(answered) AS answered, sum(in_time) AS in_time, sum(late) AS late,
       sum(rated) AS rated, sum(solved_says_enterprise) AS solved, sum(due_in_period) AS due
FROM deed_day WHERE day BETWEEN :first AND :last AND field = '' AND NOT sensitive GROUP BY agency
"""
PROGRAM = """
import re, time
from feedback_app.app import create_app
from feedback_app.core import clock
from feedback_app.statistics import rebuilding
with create_app().app_context():
    began = time.monotonic()
    done = rebuilding.rebuild(clock.now())
    took = time.monotonic() - began
    print(done, took, int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]) / 1000)
"""


class Unfinished(RuntimeError):
    """A step ended without having done what it was measured for."""


@dataclass(frozen=True)
class Built:
    """What building everything took, in a process of its own."""

    seconds: float
    megabytes: float


def measure(stage: Stage, *, quick: bool = False) -> str:
    """Return the report, on PostgreSQL."""
    count = COUNT // 50 if quick else COUNT
    site = stage.site("postgresql", "statistics")
    fill(site, count)
    built = build(site, count)
    with site.app.app_context():
        month = containing(clock.today()).previous()
        read, whole = _in_database(month), _timed(lambda: _figures(month))
        _changed(count)
        refresh = _timed(_refresh)
        frozen = _timed(lambda: freeze(month))
        verified = _timed(lambda: _verify(month))
        size = len(freezing.package(db.session(), month)) / 1e6
        db.session.remove()
    heads = [f"{count:,} tickets", "measured", "wanted"]
    rows = [
        ["month of all agencies from the sums, in the database", f"{read:.2f} ms", "≤ 5 ms"],
        ["month of all groups as the pages read it", f"{whole * 1000:.0f} ms", ""],
        [f"refresh after {CHANGES:,} changes", f"{refresh:.2f} s", "≤ 2 s"],
        ["all anew", f"{built.seconds:.0f} s, {built.megabytes:.0f} MB", "≤ 300 s, ≤ 500 MB"],
        ["freeze with package", f"{frozen:.1f} s, {size:.1f} MB", "≤ 60 s"],
        ["verify: sums, recomputation, tables", f"{verified:.1f} s", ""],
    ]
    verdicts = [
        f"month in ms {report.verdict(read, 5, at_least=False)}",
        f"refresh in s {report.verdict(refresh, 2, at_least=False)}",
        f"rebuild in s {report.verdict(built.seconds, 300, at_least=False)}",
        f"rebuild in MB {report.verdict(built.megabytes, 500, at_least=False)}",
        f"freeze in s {report.verdict(frozen, 60, at_least=False)}",
    ]
    return report.table(heads, rows) + "\n\n" + "; ".join(verdicts) + "."


def fill(site: Site, count: int) -> None:
    """Write the tickets within the database; agency, field, days and outcome follow from the number."""
    with site.app.app_context():
        loaded = store.current(db.session())
        today = clock.today()
        values = {
            "count": count,
            "first": today - timedelta(days=DAYS),
            "days": DAYS,
            "profile": loaded.version_ids[f"regulations/{profile_for(loaded.catalogue, today).code}"],
            "calendar": loaded.version_ids[f"calendars/{loaded.catalogue.calendars[0].code}"],
            "agencies": AGENCIES,
            "fields": FIELDS,
        }
        with unit_of_work() as session:
            for statement in STATEMENTS.read_text(encoding="utf-8").split(";"):
                if statement.strip():
                    wanted = {name: value for name, value in values.items() if f":{name}" in statement}
                    session.execute(text(statement), wanted)
        _analyse()
        db.session.remove()


def build(site: Site, count: int) -> Built:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env={**os.environ, **site.environment, "PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, timeout=1800, check=False,
    )  # fmt: skip
    if done.returncode:
        raise Unfinished(done.stderr[-2000:])
    number, seconds, megabytes = done.stdout.split()[-3:]
    if int(number) != count:
        raise Unfinished(f"{number} of {count} tickets")
    with site.app.app_context():
        _analyse()
    return Built(float(seconds), float(megabytes))


def _in_database(month: Period) -> float:
    """Return the median of the time that the database says it took, in milliseconds."""
    query = text(f"EXPLAIN (ANALYZE, FORMAT JSON) {MONTH_OF_AGENCIES}")
    times = []
    for _number in range(READS):
        (plan,) = db.session.scalar(query, {"first": month.first, "last": month.last})
        times.append(plan["Planning Time"] + plan["Execution Time"])
    return statistics.median(times)


def _figures(month: Period) -> None:
    found = queries.figures(db.session(), month)
    if found is None or not found.count(Group(), "answered"):
        raise Unfinished("the month has no figures")


def _changed(count: int) -> None:
    """Change tickets all over, as a day does."""
    step = {"step": max(count // CHANGES, 1)}
    with unit_of_work() as session:
        session.execute(text("UPDATE ticket SET version = version + 1 WHERE id % :step = 0"), step)


def _refresh() -> None:
    refreshing.refresh(clock.now())
    if refreshing.refresh_facts():
        raise Unfinished("changes are left on the list")


def freeze(month: Period) -> None:
    with unit_of_work() as session:
        freezing.freeze(session, month, by_id=None, at=clock.now(), early=True)
    content = zipfile.ZipFile(io.BytesIO(freezing.package(db.session(), month)))
    if not any(name.endswith("recompute.py") for name in content.namelist()):
        raise Unfinished("no package")


def _verify(month: Period) -> None:
    verdict = verifying.verify(db.session(), month)
    if not verdict.ok:
        raise Unfinished("; ".join(verdict.problems[:3]))


def _timed(what: Callable[[], None]) -> float:
    db.session.rollback()
    began = time.monotonic()
    what()
    return time.monotonic() - began


def _analyse() -> None:
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM ANALYZE")

"""The report of a frozen month with a list of tens of thousands of tickets, in all three formats."""

import os
import subprocess
import sys
from datetime import timedelta

from sqlalchemy import text

from bench import report, statistics
from bench.servers import Site, Stage
from bench.statistics import COUNT, Unfinished
from feedback_app.config import ROOT
from feedback_app.core import clock
from feedback_app.core.db import db, unit_of_work
from feedback_app.statistics.periods import Period, containing

WANTED_SECONDS = 20
WORDS = (
    """UPDATE ticket SET title = 'Đề nghị hướng dẫn hồ sơ điều chỉnh giấy phép xây dựng nhà xưởng chế biến số ' || id
       WHERE received_on >= :since""",
    """UPDATE answer SET letter_number = ticket_id || '/SXD-QLXD', letter_date = "on" WHERE "on" >= :since""",
    """INSERT INTO filer (ticket_id, filer_type, name, identifier, folded, on_behalf_of, contact_name, phone, email,
                          address, locale)
       SELECT id, 'enterprise', 'Công ty TNHH Thương mại và Dịch vụ Mẫu ' || id % 5000, '', '', '', '', '', '', '', 'vi'
       FROM ticket WHERE received_on >= :since""",
)
PROGRAM = """
import re, sys, tempfile, time
from pathlib import Path
from feedback_app.app import create_app
from feedback_app.catalogue import store
from feedback_app.core.db import db
from feedback_app.reports.drawing.shipped import shipped
from feedback_app.reports.services import making
from feedback_app.statistics.periods import cuts, parse
layout = shipped()
with create_app().app_context(), tempfile.TemporaryDirectory() as folder:
    session = db.session()
    period = parse(sys.argv[1], cuts(store.current(session).catalogue))
    began = time.monotonic()
    content, _sum, files = making.written(session, period, "", layout, sys.argv[2:], Path(folder))
    took = time.monotonic() - began
    high = int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]) / 1000
    print(content.list_rows, took, high, *(file.size for file in files))
"""


def measure(stage: Stage, *, quick: bool = False) -> str:
    """Return the report, on PostgreSQL."""
    count = COUNT // 50 if quick else COUNT
    site = stage.site("postgresql", "reports")
    month = containing(clock.today()).previous()
    statistics.fill(site, count)
    _name(site, month)
    statistics.build(site, count)
    with site.app.app_context():
        statistics.freeze(month)
        db.session.remove()
    lines, seconds, megabytes, *sizes = _made(site, month, "docx", "pdf", "xlsx")
    heads = [f"{count:,} tickets", "measured", "wanted"]
    rows = [
        [
            f"frozen month, {int(lines):,} lines in its list, all three",
            f"{seconds:.1f} s, {megabytes:.0f} MB",
            "≤ 20 s",
        ],
        *(
            [f"– {name} alone", f"{_made(site, month, name)[1]:.1f} s, {size / 1e6:.1f} MB on disk", ""]
            for name, size in zip(("docx", "pdf", "xlsx"), sizes, strict=True)
        ),
    ]
    verdict = report.verdict(seconds, WANTED_SECONDS, at_least=False)
    return f"{report.table(heads, rows)}\n\nreport in s {verdict}."


def _name(site: Site, month: Period) -> None:
    """Give the tickets that the month may list a filer, a title and a letter of the usual length."""
    with site.app.app_context():
        with unit_of_work() as session:
            for statement in WORDS:
                session.execute(text(statement), {"since": month.first - timedelta(days=60)})
        db.session.remove()


def _made(site: Site, month: Period, *formats: str) -> list[float]:
    """Return lines of the list, seconds, megabytes of memory at most, bytes of each file."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, month.code, *formats],
        env={**os.environ, **site.environment, "PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, timeout=900, check=False,
    )  # fmt: skip
    if done.returncode:
        raise Unfinished(done.stderr[-2000:])
    return [float(part) for part in done.stdout.split()]

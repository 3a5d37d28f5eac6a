"""django-helpdesk beside us: queue, search, ticket and filing of both at the same size, in turn, in one run.

The peer runs in an environment of its own, made from the package index for the run (``FEEDBACK_BENCH_PEER``
names one that is kept). Both use gunicorn with two sync workers and the same PostgreSQL server; its mail is not sent.
"""

import html
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote_plus

from sqlalchemy import make_url

from bench import drafts, report
from bench.client import Visitor, WrongAnswer, file
from bench.desk import OPEN_HERE
from bench.peer import texts
from bench.queue import QUEUE, desk_of, rows_of
from bench.servers import Server, Stage
from feedback_app.config import ROOT
from feedback_app.tickets.desk import PAGE

COUNT, OPEN = 100_000, OPEN_HERE  # an agency with as many open tickets as in the measure of the desk
ROUNDS, REQUESTS = 5, 8
WANTED = {"queue": 20.0, "search": 10.0, "ticket": 2.0, "filing": 2.0}
REQUIREMENTS = ROOT / "bench" / "peer" / "requirements.txt"
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_ROWS = re.compile(r"/datatables_ticket_list/[A-Za-z0-9+/=]+")
_CODE = re.compile(r"KH-\d{4}-\d{6}")
WORDS = "giấy phép xây dựng"

Page = Callable[[], None]


@dataclass
class Side:
    """One system: what each page means there, and the seconds it took, by round."""

    pages: Mapping[str, Page]
    times: dict[str, list[list[float]]] = field(default_factory=dict)

    def one_round(self, name: str, requests: int) -> None:
        took = []
        for _ in range(requests):
            began = time.monotonic()
            self.pages[name]()
            took.append(time.monotonic() - began)
        self.times.setdefault(name, []).append(took)


def measure(stage: Stage, *, quick: bool = False) -> str:
    """Return the report: the ratio of the medians, per round."""
    count = COUNT // 20 if quick else COUNT
    requests = 4 if quick else REQUESTS
    rounds = 2 if quick else ROUNDS
    theirs = Side(_their_pages(stage, count))
    ours = Side(_our_pages(stage, count, OPEN, requests * (rounds + 1)))
    for side in (ours, theirs):
        for page in side.pages.values():
            page()
    for _ in range(rounds):
        for name in WANTED:
            for side in (ours, theirs):
                side.one_round(name, requests)
    return _report(count, ours, theirs)


def _our_pages(stage: Stage, count: int, open_here: int, filings: int) -> Mapping[str, Page]:
    desk = desk_of(stage, "postgresql", "ours", "peer", (count, open_here))
    page = rows_of(desk.visitor, QUEUE, PAGE)[1]
    code = _found(_CODE, page)
    jars = iter(drafts.write(desk.site, filings + 1))

    def filing() -> None:
        file(Visitor(desk.port, next(jars)), drafts.LAST_STEP)

    return {
        "queue": lambda: _ask(desk.visitor, QUEUE, code),
        "search": lambda: _ask(desk.visitor, f"{QUEUE}?q={quote_plus(WORDS)}", "KH-"),
        "ticket": lambda: _ask(desk.visitor, f"{QUEUE}phieu/{code}", drafts.TITLE),
        "filing": filing,
    }


def _their_pages(stage: Stage, count: int) -> Mapping[str, Page]:
    folder = stage.folder / "peer"
    folder.mkdir()
    python = _environment(folder)
    environment = _settings(stage, folder)
    seed = subprocess.run(
        [python, "-m", "bench.peer.seed", str(count)],
        cwd=ROOT,
        env=environment,
        check=False,
        capture_output=True,
        text=True,
    )
    if seed.returncode:
        raise RuntimeError(seed.stderr[-2000:])
    server = stage.web("peer", "django.core.wsgi:get_wsgi_application()", environment, python=python)
    officer = _signed_in(server)
    search = f"/tickets/?q={quote_plus(WORDS)}&status=1&status=2"
    return {
        "queue": lambda: _their_list(officer, "/tickets/"),
        "search": lambda: _their_list(officer, search),
        "ticket": lambda: _ask(officer, "/tickets/77/", texts.TITLE),
        "filing": lambda: _their_filing(server),
    }


def _environment(folder: Path) -> str:
    """Return the Python of the peer's environment, made now unless one is named."""
    given = os.environ.get("FEEDBACK_BENCH_PEER")
    place = Path(given) if given else folder / "environment"
    if not place.exists():
        subprocess.run([sys.executable, "-m", "venv", str(place)], check=True)
        pip = [str(place / "bin" / "pip"), "install", "--quiet", "-r", str(REQUIREMENTS)]
        subprocess.run(pip, check=True)
    return str(place / "bin" / "python")


def _settings(stage: Stage, folder: Path) -> dict[str, str]:
    url = make_url(stage.database("postgresql", "peer"))
    host = url.host or str(url.query.get("host", ""))
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "DJANGO_SETTINGS_MODULE": "bench.peer.settings",
        "PEER_DATABASE": url.database or "",
        "PEER_HOST": host,
        "PEER_PORT": str(url.port or url.query.get("port", "")),
        "PEER_USER": url.username or "",
        "PEER_PASSWORD": url.password or "",
        "PEER_FOLDER": str(folder),
    }


def _signed_in(server: Server) -> Visitor:
    visitor = Visitor(server.port)
    token = _token(visitor, "/login/")
    fields = {"username": "canbo", "password": texts.PASSWORD, "csrfmiddlewaretoken": token}
    answer = visitor.post("/login/", fields)
    if answer.status != 302 or "login" in answer.location:
        raise WrongAnswer(f"the peer's sign-in: {answer.status} {answer.location}")
    return visitor


def _their_list(officer: Visitor, path: str) -> None:
    """Ask for the page and for the rows that its script fetches: what an officer waits for."""
    page = officer.get(path)
    rows = officer.get(
        f"{_found(_ROWS, html.unescape(page.body))}?draw=1&start=0&length={PAGE}&order[0][column]=0"
    )
    if rows.status != 200 or '"ticket"' not in rows.body or texts.TITLE[:4] not in _plain(rows.body):
        raise WrongAnswer(f"the peer's list: {rows.status} {rows.body[:200]!r}")


def _their_filing(server: Server) -> None:
    visitor = Visitor(server.port)
    fields = {
        "queue": "1",
        "title": texts.TITLE,
        "body": texts.BODY,
        "priority": "3",
        "due_date": "",
        "submitter_email": drafts.EMAIL,
        "csrfmiddlewaretoken": _token(visitor, "/tickets/submit/"),
    }
    answer = visitor.post("/tickets/submit/", fields)
    if answer.status != 302 or not answer.location.startswith("/view/"):
        raise WrongAnswer(f"the peer's filing: {answer.status} {answer.location} {answer.body[:300]!r}")


def _token(visitor: Visitor, path: str) -> str:
    return _found(_TOKEN, visitor.get(path).body)


def _ask(visitor: Visitor, path: str, expects: str) -> None:
    answer = visitor.get(path)
    if answer.status != 200 or expects not in answer.body:
        raise WrongAnswer(f"GET {path}: {answer.status} {answer.location} {answer.body[:200]!r}")


def _found(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    if found is None:
        raise WrongAnswer(f"{pattern.pattern} is not in {text[:200]!r}")
    return found[1] if pattern.groups else found[0]


def _plain(text: str) -> str:
    """Return JSON text with its escapes of letters undone."""
    return re.sub(r"\\u([0-9a-f]{4})", lambda m: chr(int(m[1], 16)), text)


def _report(count: int, ours: Side, theirs: Side) -> str:
    heads = [
        f"{count:,} tickets, PostgreSQL",
        "ours p50 ms",
        "django-helpdesk p50 ms",
        "times faster, per round",
        "",
    ]
    return report.table(heads, [_line(name, wanted, ours, theirs) for name, wanted in WANTED.items()])


def _line(name: str, wanted: float, ours: Side, theirs: Side) -> list[str]:
    pairs = list(zip(theirs.times[name], ours.times[name], strict=True))
    ratios = [report.percentile(them, 50) / report.percentile(us, 50) for them, us in pairs]
    middle = report.percentile(ratios, 50)
    return [
        name,
        report.milliseconds(report.percentile([t for one in ours.times[name] for t in one], 50)),
        report.milliseconds(report.percentile([t for one in theirs.times[name] for t in one], 50)),
        report.spread(ratios, 1),
        report.verdict(middle, wanted, at_least=True),
    ]

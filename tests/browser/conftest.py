"""A server of its own with sample tickets, and Chromium where there is one."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from feedback_app.app import create_app
from feedback_app.catalogue import packs
from feedback_app.catalogue.load import load
from feedback_app.config import ROOT, Settings
from feedback_app.core import db as database
from feedback_app.core.db import db, unit_of_work
from feedback_app.demo import load as demo
from tests.chromium import WITHOUT, found

PATIENCE = 60.0


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return where the server keeps its database; without a browser there is nothing to serve."""
    if found() is None:
        pytest.skip(WITHOUT)
    return tmp_path_factory.mktemp("browser")


@pytest.fixture(scope="session")
def server(folder: Path) -> Iterator[str]:
    """Return the address of the application with its sample data, served as in production."""
    _prepare(folder)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "--threads", "4", "--bind", f"127.0.0.1:{port}",
               "--worker-tmp-dir", str(folder), "--log-level", "warning", "feedback_app.app:create_app()"]  # fmt: skip
    process = subprocess.Popen(command, cwd=ROOT, env=_environment(folder))
    try:
        address = f"http://127.0.0.1:{port}"
        _wait(address, process)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)


def _environment(folder: Path) -> dict[str, str]:
    ours = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}}
    return ours | {
        "FEEDBACK_DATA_DIR": str(folder),
        "FEEDBACK_RATE_LIMITS": "false",
        "FEEDBACK_DEBUG_PAGES": "true",
        "FEEDBACK_SECRET_KEY": "browser",
    }


def _prepare(folder: Path) -> None:
    app = create_app(Settings(data_dir=folder, secret_key="browser", DATABASE_URL=""))
    database.upgrade(app)
    with app.app_context():
        with unit_of_work() as session:
            load(session, packs.shipped())
        with unit_of_work() as session:
            demo.load(session)
        demo.refresh_figures()
        db.session.remove()
        db.engine.dispose()


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        assert process.poll() is None, "the server did not start"
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("the server did not answer")


@pytest.hookimpl(wrapper=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> Iterator[None]:
    if found() is None:
        terminalreporter.section("browser tests were NOT run: no Chromium on this machine", yellow=True)
    return (yield)


FILE = """
import sys
from feedback_app.app import create_app
from feedback_app.catalogue import store
from feedback_app.core import clock, outbox
from feedback_app.core.db import unit_of_work
from feedback_app.tickets.services.opening import FiledBy, Filing, open_ticket
by = FiledBy(filer_type="enterprise", name="Công ty TNHH Bàn Phím")
title = "Hoàn thuế giá trị gia tăng chậm, việc"
body = "Hồ sơ hoàn thuế GTGT nộp từ tháng 9 đến nay chưa được cơ quan thuế giải quyết."
with create_app().app_context():
    with unit_of_work() as session:
        loaded = store.current(session)
        for number in range(int(sys.argv[1])):
            submission = f"{clock.now().isoformat()}-{number}"
            given = {"kind": "obstacle", "field": "tax", "title": f"{title} {number}", "body": body}
            filing = Filing(submission=submission, by=by, **given)
            print(open_ticket(session, filing, loaded, at=clock.now()).code)
    outbox.drain()
"""


@pytest.fixture
def filed(server: str, folder: Path) -> Callable[[int], list[str]]:
    """Return a function that files that many tickets about taxes, routed, and returns their numbers."""

    def run(number: int) -> list[str]:
        command = [sys.executable, "-c", FILE, str(number)]
        done = subprocess.run(
            command, cwd=ROOT, env=_environment(folder), check=True, stdout=subprocess.PIPE, text=True
        )
        return [line for line in done.stdout.splitlines() if line.startswith("KH-")]

    return run


WORK = """
from feedback_app.app import create_app
from feedback_app.core import outbox
with create_app().app_context():
    outbox.drain()
"""


@pytest.fixture
def work(server: str, folder: Path) -> Callable[[], object]:
    """Return a function that does what the workers do, for a server that runs without them."""
    command = [sys.executable, "-c", WORK]
    return lambda: subprocess.run(command, cwd=ROOT, env=_environment(folder), check=True)

"""The vault: the sealed list, filing, sealing a file, derivations at once; and floods (``bench.flood``)."""

import os
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from flask import Flask

from bench import flood, meter, report
from bench.servers import Stage
from feedback_app.confidential import store
from feedback_app.confidential.context import vault
from feedback_app.confidential.errors import Busy
from feedback_app.confidential.sealing import files, passphrases, receipts
from feedback_app.confidential.sealing.spool import Spool
from feedback_app.web.sealed import headers
from feedback_app.web.sealed.letterbox.draft import Draft, packed
from tests.confidential.world import World, file_report, initialise, make_vault

MEGABYTE = 1024 * 1024
FILE_MB = 20
ANSWERS: Final[dict[str, Any]] = {
    "unit": "so-nganh", "identity": "anonymous", "agency": "so-xd", "field": "construction", "step": "appraisal",
    "asked": ("money",), "amount": "5m_50m", "paid": "refused", "when": "this_month", "often": "once",
    "who_post": "specialist", "retaliation": "no", "story": "Họ gợi ý tiền để hồ sơ đi tiếp. " * 20, "at": "check",
}  # fmt: skip
Figure = tuple[str, str, str]


def measure(stage: Stage, *, quick: bool = False) -> str:
    """Return the report of the vault's figures."""
    app = make_vault("", stage.folder / "vault")
    with app.app_context():
        world = initialise(app)
        figures = [
            *_sealing(1 if quick else 5),  # first: what others leave in memory would hide what it takes
            *_list(world, 100 if quick else 1000),
            *_filing(app, 10 if quick else 60),
            *_derivations(2 if quick else 6),
        ]
        store.db.session.remove()
        store.db.engine.dispose()
    figures += flood.measure(stage, quick=quick)
    return report.table(("figure", "measured", "verdict"), figures)


def _list(world: World, count: int) -> Iterator[Figure]:
    """The list of ``count`` reports, first right after unlocking, when every slot is tried, then again."""
    for number in range(count):
        file_report(world, story=f"Chuyện {number}. " * 30)
    client = world.app.test_client()

    def unlock(word: str) -> None:
        cookie = vault().sessions.start(world.unlock(word))
        client.set_cookie(headers.cookie_name(), cookie, path=headers.DESK)

    def look() -> None:
        page = client.get(f"{headers.DESK}/")
        if page.status_code != 200 or page.text.count(f"{headers.DESK}/") < min(count, 20):
            raise RuntimeError("not the list")

    unlock("an")
    look()  # templates are compiled once
    unlock("binh")
    first, again = _seconds(look), statistics.median(_seconds(look) for _ in range(5))
    yield f"list of {count} after unlocking", f"{first:.2f} s", report.verdict(first, 1.0, at_least=False)
    yield f"list of {count}, again", f"{again:.2f} s", ""


def _filing(app: Flask, count: int) -> Iterator[Figure]:
    """The last step of a report without files: the check page is sent, the receipt comes back."""
    client, taken = app.test_client(), []
    before = store.session().connection().exec_driver_sql("SELECT count(*) FROM letterbox").scalar_one()
    store.db.session.remove()
    for _ in range(count):
        with app.test_request_context():
            state = packed(Draft(token=receipts.new_token().hex(), **ANSWERS))
        started = time.perf_counter()
        page = client.post(f"{headers.PREFIX}/viet", data={"state": state, "go": "send"})
        taken.append(time.perf_counter() - started)
        if page.status_code != 200 or "code-groups" not in page.text:
            raise RuntimeError("no receipt")
    after = store.session().connection().exec_driver_sql("SELECT count(*) FROM letterbox").scalar_one()
    if after - before != count:
        raise RuntimeError("reports are missing")
    p95 = 1000 * report.percentile(taken, 95)
    shown = f"p50 {1000 * statistics.median(taken):.0f} ms, p95 {p95:.0f} ms"
    yield "filing without files", shown, report.verdict(p95, 150, at_least=False)


def _sealing(rounds: int) -> Iterator[Figure]:
    """A file as it arrives: through the encrypting spool, then sealed for good."""
    speeds, spooled = [], []
    with _memory() as peak, tempfile.TemporaryDirectory(dir=vault().settings.data_dir) as place:
        for _ in range(rounds):
            spool = Spool(Path(place))
            spooled.append(FILE_MB / _seconds(lambda spool=spool: _fill(spool)))
            with spool, (Path(place) / "sealed").open("wb") as target:
                spool.seek(0)
                plain = _Zeros(FILE_MB * MEGABYTE)
                speeds.append(FILE_MB / _seconds(lambda target=target, plain=plain: _seal(plain, target)))
                spool.seek(0)
                sealed = files.sealed(spool, target, files.new_key())
                if sealed != FILE_MB * MEGABYTE:
                    raise RuntimeError("not the whole file")
    speed, grown = statistics.median(speeds), peak()
    yield (
        f"sealing {FILE_MB} MB",
        f"{report.spread(speeds, 0)} MB/s",
        report.verdict(speed, 50, at_least=True),
    )
    yield "… on its way in, as it arrives", f"{report.spread(spooled, 0)} MB/s", ""
    yield "… memory above idle", f"{grown:.0f} MB", report.verdict(grown, 64, at_least=False)


def _fill(spool: Spool) -> None:
    piece = os.urandom(64 * 1024)
    for _ in range(FILE_MB * MEGABYTE // len(piece)):
        spool.write(piece)


def _seal(plain: "_Zeros", target: Any) -> None:
    files.sealed(plain, target, files.new_key())


class _Zeros:
    """So many bytes that cost nothing to read."""

    def __init__(self, size: int) -> None:
        self._left = size

    def read(self, size: int) -> bytes:
        size = min(size, self._left)
        self._left -= size
        return bytes(size)


def _derivations(threads: int) -> Iterator[Figure]:
    """Inspectors who unlock at the same time, with the full cost of Argon2."""
    running, most, lock = 0, 0, threading.Lock()
    real = passphrases.hash_secret_raw

    def counted(*arguments: Any) -> bytes:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        try:
            return real(*arguments)
        finally:
            with lock:
                running -= 1

    def unlock() -> None:
        try:
            passphrases.pretend("một cụm mật khẩu không của ai")
        except (passphrases.WrongPassphrase, Busy):
            return

    passphrases.hash_secret_raw = counted
    try:
        taken = _seconds(lambda: _together(unlock, threads))
    finally:
        passphrases.hash_secret_raw = real
    what = f"derivations at once, {threads} unlocking"
    yield what, f"{most} ({taken:.1f} s in all)", report.verdict(most, 2, at_least=False)


def _together(deed: Callable[[], None], count: int) -> None:
    threads = [threading.Thread(target=deed) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@contextmanager
def _memory() -> Iterator[Callable[[], float]]:
    """Watch this process; the function given says by how many MB it has grown at most."""
    idle = peak = meter.memory_mb([os.getpid()])
    done = threading.Event()

    def watch() -> None:
        nonlocal peak
        while not done.wait(0.005):
            peak = max(peak, meter.memory_mb([os.getpid()]))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield lambda: peak - idle
    finally:
        done.set()
        watcher.join()


def _seconds(deed: Callable[[], object]) -> float:
    started = time.perf_counter()
    deed()
    return time.perf_counter() - started

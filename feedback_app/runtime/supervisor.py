"""Keeps a few programs running together: restarts what dies, and in the end leaves none behind."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

GRACE = 10.0  # seconds between the request to end and the kill
TICK = 0.1
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
HEALTHY_AFTER = 60.0
LOG_LIMIT = 5_000_000
PR_SET_PDEATHSIG = 1


@dataclass(frozen=True)
class Program:
    """A command line under a short name; its output goes to ``<name>.log``."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)


class Child:
    """One program and the process that runs it at present, if any."""

    def __init__(self, program: Program, logs: Path) -> None:
        self.program = program
        self.log = logs / f"{program.name}.log"
        self.process: subprocess.Popen[bytes] | None = None
        self._started = 0.0
        self._pause = FIRST_PAUSE
        self._start_at = 0.0

    def start(self) -> None:
        _turn_over(self.log)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.program.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env={**os.environ, **self.program.environment},
                start_new_session=True,  # Ctrl-C reaches the supervisor alone, which ends the rest in order
                preexec_fn=_end_with(os.getpid()),  # noqa: PLW1509 - the supervisor has no threads
            )
        self._started = time.monotonic()

    def died(self) -> int | None:
        """Return the exit status if the process has ended, and set the pause before a new one."""
        if self.process is None or self.process.poll() is None:
            return None
        status = self.process.returncode
        self._signal(signal.SIGKILL)  # what it left in its group
        now = time.monotonic()
        self._pause = (
            FIRST_PAUSE if now - self._started > HEALTHY_AFTER else min(self._pause * 2, LONGEST_PAUSE)
        )
        self._start_at = now + self._pause
        self.process = None
        return status

    @property
    def ready_to_start(self) -> bool:
        return self.process is None and time.monotonic() >= self._start_at

    def ask_to_end(self) -> None:
        self._signal(signal.SIGTERM)

    def end(self, deadline: float) -> None:
        """Wait for the end until ``deadline`` (monotonic seconds), then kill the whole group."""
        if self.process is None:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(max(0.0, deadline - time.monotonic()))
        self._signal(signal.SIGKILL)
        self.process.wait()
        self.process = None

    def last_lines(self, count: int = 5) -> str:
        lines = self.log.read_text(errors="replace").splitlines()[-count:]
        return "\n".join(f"    {line}" for line in lines)

    def _signal(self, number: signal.Signals) -> None:
        if self.process is None:
            return
        with contextlib.suppress(ProcessLookupError, PermissionError):  # all have ended; zombies on macOS
            os.killpg(self.process.pid, number)


class Supervisor:
    """Runs children until told to stop.

    Children started first are ended last: the Redis that the others talk to comes first.
    """

    def __init__(self, logs: Path, say: Callable[[str], None], grace: float = GRACE) -> None:
        logs.mkdir(parents=True, exist_ok=True)
        self._logs = logs
        self._say = say
        self._grace = grace
        self._children: list[Child] = []
        self._stop = threading.Event()

    @contextlib.contextmanager
    def stopping_on_signals(self) -> Iterator[None]:
        """Turn SIGINT, SIGTERM and SIGHUP into a request to stop; all children have ended afterwards."""
        numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
        before = {number: signal.signal(number, lambda *_: self._stop.set()) for number in numbers}
        try:
            yield
        finally:
            self.end()
            for number, handler in before.items():
                signal.signal(number, handler)

    def start(self, program: Program) -> None:
        child = Child(program, self._logs)
        child.start()
        self._children.append(child)

    def watch(self, until: Callable[[], bool] = lambda: False) -> bool:
        """Restart what dies; return True when ``until`` holds, False when a request to stop came first."""
        while not self._stop.wait(TICK):
            self.look()
            if until():
                return True
        return False

    def look(self) -> None:
        """Note which children died, and start those whose pause is over."""
        for child in self._children:
            status = child.died()
            if status is not None:
                self._say(f"{child.program.name} ended ({_spoken(status)}), restarting. {child.log}:")
                self._say(child.last_lines())
            elif child.ready_to_start:
                child.start()

    def end(self) -> None:
        """End every child, the first started last, and kill what does not end within the grace period."""
        deadline = time.monotonic() + self._grace
        first, rest = self._children[:1], self._children[1:]
        for group in (rest, first):
            for child in group:
                child.ask_to_end()
            for child in group:
                child.end(deadline)


def _end_with(parent: int) -> Callable[[], None] | None:
    """Return what a child does before it becomes its program: ask the kernel to end it if ``parent`` dies."""
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None, use_errno=True)

    def ask() -> None:
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:
            os._exit(1)

    return ask


def _turn_over(log: Path) -> None:
    if log.exists() and log.stat().st_size > LOG_LIMIT:
        log.replace(log.with_suffix(".log.1"))


def _spoken(status: int) -> str:
    return f"signal {-status}" if status < 0 else f"status {status}"

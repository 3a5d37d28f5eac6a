"""A deed in a process of its own that kills itself at a statement, as a cut of power would."""

import os
import signal
from collections.abc import Callable

from sqlalchemy import event
from sqlalchemy.engine import Engine

DONE, FAILED = 0, 3


def statements(deed: Callable[[], None]) -> int:
    """Return how many statements and commits the deed sends."""
    return _in_another_process(deed, None)[1]


def killed(deed: Callable[[], None], at: int) -> bool:
    """Do the deed in another process, killed before its statement number ``at``; say whether it came to that."""
    status, _ = _in_another_process(deed, at)
    assert status in {DONE, -signal.SIGKILL}, status
    return status == -signal.SIGKILL


def ten_points(count: int) -> list[int]:
    """Return ten numbers from the first to the last statement."""
    return sorted({1 + round(n * (count - 1) / 9) for n in range(10)})


def _in_another_process(deed: Callable[[], None], at: int | None) -> tuple[int, int]:
    here, there = os.pipe()
    child = os.fork()
    if not child:
        os.close(here)
        _child(deed, at, there)
    os.close(there)
    _, status = os.waitpid(child, 0)
    with os.fdopen(here, "rb") as pipe:
        counted = pipe.read()
    return os.waitstatus_to_exitcode(status), int(counted or 0)


def _child(deed: Callable[[], None], at: int | None, out: int) -> None:
    """Never return: whatever this process has inherited stays untouched."""
    count = 0

    def step(*_facts: object, **_more: object) -> None:
        nonlocal count
        count += 1
        if count == at:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "before_cursor_execute", step)
    event.listen(Engine, "commit", step)
    try:
        deed()
        os.write(out, str(count).encode())
        os._exit(DONE)
    except BaseException:  # noqa: BLE001 - a child of the test must not go on as the test
        os._exit(FAILED)

"""Real processes that start at once: forked from one that has loaded everything and opened nothing.

Starting an interpreter and loading the application takes seconds; a killed process is as dead either way.
"""

import multiprocessing
import os
from collections.abc import Callable, Mapping
from multiprocessing.context import ForkServerProcess

from feedback_app.config import ROOT

_NURSERY = multiprocessing.get_context("forkserver")
_NURSERY.set_forkserver_preload(["tests.warm"])


class Process:
    """``deed(*arguments)`` in a process of its own with that environment; its end is read as that of a program."""

    def __init__(self, deed: Callable[..., object], *arguments: str, environment: Mapping[str, str]) -> None:
        self.arguments = arguments
        self._process: ForkServerProcess = _NURSERY.Process(
            target=_do, args=(deed, arguments, dict(environment)), daemon=True
        )
        self._process.start()

    def poll(self) -> int | None:
        """Return the code with which it ended, minus the number of the signal that ended it."""
        return self._process.exitcode

    def wait(self, seconds: float | None = None) -> int | None:
        self._process.join(seconds)
        return self.poll()

    def kill(self) -> None:
        self._process.kill()
        self._process.join()


def _do(deed: Callable[..., object], arguments: tuple[str, ...], environment: Mapping[str, str]) -> None:
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(ROOT)
    deed(*arguments)

"""A real Redis in a temporary folder, on a unix socket, that a test may stop and start again."""

import subprocess
import time
from pathlib import Path

import pytest

from feedback_app.runtime import embedded_redis

START_SECONDS = 10


class RedisServer:
    """Started on creation; ``stop`` and ``start`` may follow as often as the test likes."""

    def __init__(self, folder: Path) -> None:
        found = embedded_redis.find_server()
        if found is None:
            pytest.skip("no Redis server on this machine")
        self.folder = folder
        self.url = embedded_redis.url(folder)
        self._command = embedded_redis.command(found, folder)
        self._process: subprocess.Popen[bytes] | None = None
        self.start()

    def start(self) -> None:
        self._process = subprocess.Popen(self._command, stdout=subprocess.DEVNULL)
        deadline = time.monotonic() + START_SECONDS
        while not embedded_redis.answers(self.url):
            assert time.monotonic() < deadline
            time.sleep(0.02)

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(START_SECONDS)
            self._process = None

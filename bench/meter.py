"""Who used the processors: the kernel's counts of ticks, read before and after."""

import contextlib
import os
from dataclasses import dataclass
from pathlib import Path

from bench.servers import children

TICKS = os.sysconf("SC_CLK_TCK")
PAGE_SIZE = os.sysconf("SC_PAGE_SIZE")


def family(pid: int) -> list[int]:
    """Return ``pid`` and its child processes."""
    return [pid, *children(pid)]


def cpu_seconds(pids: list[int]) -> float:
    """Return the processor time that the processes and their ended children have used so far."""
    total = 0
    for pid in pids:
        with contextlib.suppress(OSError):
            fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
            total += sum(int(ticks) for ticks in fields[11:15])
    return total / TICKS


def busy_seconds() -> float:
    """Return the processor time that the whole machine has used so far, all processors together."""
    user, nice, system, _idle, _wait, irq, softirq, *_ = _machine()
    return (user + nice + system + irq + softirq) / TICKS


def memory_mb(pids: list[int]) -> float:
    """Return the resident memory of the largest of the processes."""
    sizes = [0]
    for pid in pids:
        with contextlib.suppress(OSError):
            sizes.append(int(Path(f"/proc/{pid}/statm").read_text().split()[1]))
    return max(sizes) * PAGE_SIZE / 1e6


@dataclass(frozen=True)
class Usage:
    """Processor seconds used between two looks."""

    server: float
    database: float
    machine: float


class Meter:
    """Reads the counts now, and again when asked what was used since."""

    def __init__(self, server: int, database: int | None) -> None:
        self._server, self._database = server, database
        self._before = self._read()

    def used(self) -> Usage:
        now = self._read()
        return Usage(*(after - before for after, before in zip(now, self._before, strict=True)))

    def _read(self) -> tuple[float, float, float]:
        database = cpu_seconds(family(self._database)) if self._database else 0.0
        return cpu_seconds(family(self._server)), database, busy_seconds()


def _machine() -> list[int]:
    return [int(ticks) for ticks in Path("/proc/stat").read_text().splitlines()[0].split()[1:]]

"""Figures as they are printed: medians with the least and the greatest, tables in Markdown."""

import os
import platform
import statistics
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path


def percentile(values: Sequence[float], percent: int) -> float:
    """Return the value that ``percent`` of ``values`` do not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]


def spread(values: Sequence[float], digits: int = 2) -> str:
    """Return ``0.71 (0.64–0.79)``: median, least, greatest."""
    return f"{statistics.median(values):.{digits}f} ({min(values):.{digits}f}–{max(values):.{digits}f})"


def milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:.1f}"


def verdict(value: float, target: float, *, at_least: bool) -> str:
    """Say whether the target is met, in words that can be searched for."""
    met = value >= target if at_least else value <= target
    return f"{'met' if met else 'NOT met'}: {value:.2f}, wanted {'≥' if at_least else '≤'} {target:g}"


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def machine() -> str:
    """Return what the figures were measured on, and when."""
    memory = next(
        line for line in Path("/proc/meminfo").read_text().splitlines() if line.startswith("MemTotal")
    )
    gigabytes = int(memory.split()[1]) / 1e6
    return (
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {os.cpu_count()} processors, {gigabytes:.0f} GB, "
        f"{platform.system()} {platform.release().split('-')[0]}, Python {platform.python_version()}"
    )

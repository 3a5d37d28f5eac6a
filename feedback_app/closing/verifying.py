"""Looking whether frozen figures are still what was frozen: the sums, the script of the package, the tables."""

import io
import json
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from feedback_app.closing import package as packing
from feedback_app.closing.freezing import frozen, package
from feedback_app.statistics import queries
from feedback_app.statistics.archive import FrozenPeriod
from feedback_app.statistics.periods import Period

SCRIPT_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a look at a frozen period found; nothing wrong: no problems."""

    snapshot: str
    problems: tuple[str, ...]

    @property
    def ok(self) -> bool:
        return not self.problems


def verify(session: Session, period: Period, content: bytes | None = None) -> Verdict:
    """Look whether the package (or the file ``content``) is what was frozen and gives the figures that were.

    Raises:
        LookupError: the period is not frozen.
    """
    row = frozen(session, period)
    if row is None:
        raise LookupError(period.code)
    content = package(session, period) if content is None else content
    try:
        problems = tuple(_problems(session, row, content))
    except (zipfile.BadZipFile, OSError, ValueError, LookupError) as error:
        problems = (f"Gói số liệu không đọc được: {error}",)
    return Verdict(row.snapshot, problems)


def _problems(session: Session, row: FrozenPeriod, content: bytes) -> Iterator[str]:
    period = Period(row.first, row.last)
    with tempfile.TemporaryDirectory() as place, zipfile.ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(place)
        folder = Path(place) / packing.folder_of(period)
        changed = list(_changed(folder, row))
        yield from changed
        if changed:
            return  # a script that is not the one that was frozen is not run
        yield from _recomputed(folder)
        if packing.table(packing.FIGURE, _published(session, period, folder)) != _read(folder, "figures.csv"):
            yield "Số liệu đã chốt trong cơ sở dữ liệu khác với figures.csv trong gói."


def _changed(folder: Path, row: FrozenPeriod) -> Iterator[str]:
    manifest = _read(folder, packing.MANIFEST)
    if sha256(manifest).hexdigest() != row.sha256:
        yield f"{packing.MANIFEST} không phải bản đã chốt ({row.snapshot})."
        return
    sums = json.loads(manifest)["files"]
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    for name in sorted({*sums, *there} - {packing.MANIFEST}):
        if name not in there:
            yield f"Thiếu tệp {name}."
        elif name not in sums:
            yield f"Thừa tệp {name}."
        elif sha256(_read(folder, name)).hexdigest() != sums[name]:
            yield f"Tệp {name} đã bị thay đổi."


def _recomputed(folder: Path) -> Iterator[str]:
    done = subprocess.run(
        [sys.executable, "-B", "recompute.py"],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=SCRIPT_SECONDS,
        check=False,
    )
    if done.returncode:
        yield from done.stdout.splitlines() or done.stderr.splitlines()[-1:]


def _published(session: Session, period: Period, folder: Path) -> list[tuple[Any, ...]]:
    """Return the lines of figures as the tables have them; those of legs stand in the package alone."""
    found = queries.frozen_figures(session, period)
    own = packing.figure_lines(found.by_group if found else {}, ())
    lines = _read(folder, "figures.csv").decode().splitlines()
    return own + [tuple(line.split(",")) for line in lines if line.startswith("leg,")]


def _read(folder: Path, name: str) -> bytes:
    return (folder / name).read_bytes()

"""Sealed files under random names; their dates say nothing but some Monday."""

import errno
import os
import secrets
import shutil
import stat
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import IO

from feedback_app.confidential.errors import NotFound, OutOfSpace
from feedback_app.confidential.sealing import files
from feedback_app.confidential.weeks import week_of
from feedback_app.core import clock

LEFT_OVER = 2 * 3600  # seconds after which a file that nothing refers to is deleted
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@dataclass(frozen=True)
class Sealed:
    """A file just written; ``size`` in plain bytes."""

    name: str
    key: str
    size: int


class Blobs:
    """The folder of sealed files."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, source: IO[bytes]) -> Sealed:
        """Seal all of ``source`` under a key of its own and see to it that the disk has it.

        Raises:
            OutOfSpace: nothing of it stays.
        """
        name, key = secrets.token_hex(16), files.new_key()
        with self._new(name) as target:
            size = files.sealed(source, target, key)
        return Sealed(name, key.hex(), size)

    def read(self, name: str, key: str, size: int) -> Iterator[bytes]:
        """Yield the plain bytes. Raises NotFound, Tampered."""
        try:
            source = self._path(name).open("rb")
        except FileNotFoundError:
            raise NotFound from None
        with source:
            yield from files.opened(source, bytes.fromhex(key), size)

    def discard(self, name: str) -> None:
        """Delete a file whose report was not stored after all."""
        self._path(name).unlink(missing_ok=True)

    def sweep(self, known: Collection[str]) -> int:
        """Delete what nothing refers to and is not just being filed; return how many files."""
        oldest = clock.now().timestamp() - LEFT_OVER
        left = [p for p in self._files() if p.name not in known and p.stat().st_ctime < oldest]
        for path in left:
            path.unlink(missing_ok=True)
        return len(left)

    def renew(self, known: Collection[str]) -> int:
        """Copy what came since the last time into new files, in random order; return how many.

        Inode numbers and times of birth keep the order of filing otherwise. Copies are read-only: that marks them.
        What is not ``known`` may just be being written, and is left alone.
        """
        fresh = [p for p in self._files() if p.name in known and p.stat().st_mode & stat.S_IWUSR]
        for path in secrets.SystemRandom().sample(fresh, len(fresh)):
            self._copy_anew(path)
        return len(fresh)

    def level_dates(self, on: date) -> None:
        """Give all files the date of this week's Monday; their change times become that of this moment."""
        for path in secrets.SystemRandom().sample(found := list(self._files()), len(found)):
            set_monday(path, on)

    def missing(self, known: Collection[str]) -> set[str]:
        """Return the names of ``known`` that are not there."""
        return set(known) - {path.name for path in self._files()}

    def _copy_anew(self, path: Path) -> None:
        beside = self._path(secrets.token_hex(16))
        try:
            with path.open("rb") as source, beside.open("xb") as target:
                shutil.copyfileobj(source, target)
                target.flush()
                os.fsync(target.fileno())
            beside.chmod(stat.S_IRUSR)
            beside.replace(path)
        except FileNotFoundError:  # withdrawn or erased meanwhile
            return
        finally:
            beside.unlink(missing_ok=True)

    @contextmanager
    def _new(self, name: str) -> Iterator[IO[bytes]]:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = self._path(name)
        try:
            with path.open("xb") as target:
                yield target
                target.flush()
                os.fsync(target.fileno())
            set_monday(path, clock.today())
        except OSError as error:
            path.unlink(missing_ok=True)
            if error.errno in _FULL:
                raise OutOfSpace from None
            raise
        except BaseException:
            path.unlink(missing_ok=True)
            raise

    def _path(self, name: str) -> Path:
        if not name.isalnum():
            raise NotFound
        return self._folder / name

    def _files(self) -> Iterator[Path]:
        return self._folder.iterdir() if self._folder.exists() else iter(())


def set_monday(path: Path, on: date) -> None:
    """Date the file to Monday, 00:00 in Viet Nam."""
    at = datetime.combine(week_of(on), time(), clock.LOCAL).timestamp()
    os.utime(path, (at, at))

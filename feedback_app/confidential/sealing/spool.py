"""Uploads on their way in: only ciphertext reaches the disk, under a key that lives as long as the request."""

import io
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from feedback_app.confidential.sealing import files

SMALL = 256 * 1024  # bytes that stay in memory


class Spool(io.RawIOBase):
    """A file for one writer, then for readers: written once, read from the start as often as needed."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self._memory = bytearray()
        self._path: Path | None = None
        self._sealer: files.Sealer | None = None
        self._target: Any = None
        self._key = files.new_key()
        self._pieces: Iterator[bytes] | None = None
        self._rest = b""
        self.size = 0

    def writable(self) -> bool:
        return self._pieces is None

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        piece = bytes(data)
        self.size += len(piece)
        if self._sealer is None and self.size <= SMALL:
            self._memory += piece
        else:
            self._to_disk().write(piece)
        return len(piece)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to the start, or to the end to learn the size; nothing in between is needed."""
        if whence == io.SEEK_END:
            self._pieces, self._rest = iter(()), b""
            return self.size
        if offset or whence != io.SEEK_SET:
            raise io.UnsupportedOperation("a spool is read from its start")
        self._finish()
        self._pieces, self._rest = self._read_anew(), b""
        return 0

    def readinto(self, buffer: Any) -> int:
        if self._pieces is None:
            self.seek(0)
        if not self._rest:
            self._rest = next(self._pieces or iter(()), b"")
        count = min(len(buffer), len(self._rest))
        buffer[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        return count

    def close(self) -> None:
        """Delete what lies on the disk."""
        if not self.closed:
            if self._target is not None:
                self._target.close()
            if self._path is not None:
                self._path.unlink(missing_ok=True)
            self._memory.clear()
        super().close()

    def _to_disk(self) -> files.Sealer:
        if self._sealer is None:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._path = self._folder / secrets.token_hex(16)
            self._target = self._path.open("xb")
            self._sealer = files.Sealer(self._target, self._key)
            self._sealer.write(bytes(self._memory))
            self._memory.clear()
        return self._sealer

    def _finish(self) -> None:
        if self._sealer is not None and not self._target.closed:
            self._sealer.finish()
            self._target.close()

    def _read_anew(self) -> Iterator[bytes]:
        if self._path is None:
            yield bytes(self._memory)
            return
        with self._path.open("rb") as source:
            yield from files.opened(source, self._key, self.size)


def factory(folder: Path) -> Callable[..., Spool]:
    """Return what werkzeug's form parser calls for every uploaded file."""

    def make(*_args: Any, **_facts: Any) -> Spool:
        return Spool(folder)

    return make

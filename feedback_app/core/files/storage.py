"""Where files lie: under random names; another store (S3) would be another class of the same shape."""

import re
import secrets
from pathlib import Path
from typing import BinaryIO, Protocol

from feedback_app.core.errors import NotFound

_KEY = re.compile(r"[0-9a-f]{32}")


class Storage(Protocol):
    """A store of finished files by key."""

    def put(self, source: Path, key: str) -> None:
        """Store the file at ``source``; storing the same key again changes nothing."""

    def open(self, key: str) -> BinaryIO:
        """Return the content. Raises NotFound."""

    def delete(self, key: str) -> None:
        """Forget the file; one that is not there is no error."""


def new_key() -> str:
    """Return a random key of 128 bits."""
    return secrets.token_hex(16)


def is_key(text: str) -> bool:
    return _KEY.fullmatch(text) is not None


class LocalDisk:
    """Files below one folder, in 256 subfolders."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def put(self, source: Path, key: str) -> None:
        target = self._path(key)
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.exists():
            target.hardlink_to(source)  # same disk: at once, or not at all

    def open(self, key: str) -> BinaryIO:
        try:
            return self._path(key).open("rb")
        except FileNotFoundError:
            raise NotFound from None

    def delete(self, key: str) -> None:
        self._path(key).unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        if not is_key(key):
            raise NotFound
        return self._root / key[:2] / key

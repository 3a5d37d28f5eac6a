"""What the vault's process holds beside its database: keys of the installation, pins, folders, gates, sessions."""

import json
import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from flask import Flask, current_app

from feedback_app.confidential.blobs import Blobs
from feedback_app.confidential.gates import Gates
from feedback_app.confidential.sealing import passphrases
from feedback_app.confidential.sealing.chain import subkey
from feedback_app.confidential.sessions import Sessions
from feedback_app.config import VaultSettings


@dataclass(frozen=True)
class Vault:
    """One per process."""

    settings: VaultSettings
    gates: Gates
    sessions: Sessions
    argon_kib: int = passphrases.MEMORY_KIB

    @cached_property
    def receipt_key(self) -> bytes:
        return subkey(self.settings.key, "receipt")

    @cached_property
    def state_key(self) -> bytes:
        return subkey(self.settings.key, "state")

    @cached_property
    def chain_key(self) -> bytes:
        return subkey(self.settings.key, "chain")

    @cached_property
    def blobs(self) -> Blobs:
        return Blobs(self.settings.data_dir / "files")

    @property
    def waiting(self) -> Path:
        """Uploads between two steps of a report, sealed under a key that only the reporter's form holds."""
        return self.settings.data_dir / "waiting"

    @property
    def spool(self) -> Path:
        return self.settings.data_dir / "spool"

    @property
    def anchors(self) -> "Anchors":
        return Anchors(self.settings.anchors_file)


@dataclass(frozen=True)
class Anchors:
    """The file that pins each body's offline key and the lowest version of its list, outside the database.

    Several keys stand there only while one changes. Files of before hold the keys alone: any version will do.
    """

    path: Path

    def of(self, body: str) -> tuple[str, ...]:
        return self._of(body).keys

    def least(self, body: str) -> int:
        """Return the version below which a list is an old one put back; 0 when none is pinned."""
        return self._of(body).least

    def pin(self, body: str, keys: tuple[str, ...], least: int | None = None) -> None:
        """Write the file anew in one step, so that a kill leaves the old one or the new one.

        Args:
            body: its code.
            keys: the offline keys, in hex.
            least: the lowest version from now on; by default what it was.
        """
        wanted = _Pins(keys, self.least(body) if least is None else least)
        if wanted != self._of(body):
            self._write({**self._read(), body: {"keys": list(wanted.keys), "least": wanted.least}})

    def _write(self, pins: dict[str, Any]) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        beside = self.path.with_suffix(".new")
        with beside.open("w") as file:
            json.dump(pins, file, indent=1, sort_keys=True)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self.path)

    def _of(self, body: str) -> "_Pins":
        kept = self._read().get(body, [])
        found = kept if isinstance(kept, dict) else {"keys": kept}
        return _Pins(tuple(map(str, found["keys"])), int(found.get("least", 0)))

    def _read(self) -> dict[str, Any]:
        try:
            return dict(json.loads(self.path.read_text()))
        except FileNotFoundError:
            return {}


@dataclass(frozen=True)
class _Pins:
    keys: tuple[str, ...]
    least: int


def init_app(app: Flask, settings: VaultSettings) -> None:
    """Put the process's vault into ``app``."""
    app.extensions["vault"] = Vault(
        settings=settings,
        gates=Gates(enabled=settings.gates),
        sessions=Sessions(idle_seconds=60 * settings.idle_minutes),
        argon_kib=app.config.get("ARGON2_KIB", passphrases.MEMORY_KIB),
    )


def vault() -> Vault:
    """Return the vault of the running application."""
    found: Vault = current_app.extensions["vault"]
    return found

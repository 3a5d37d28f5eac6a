"""Files of reporters: sealed as they arrive, looked at in memory, waiting under a key that only the form holds."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import IO, Any, Self, cast

from flask import Request
from sqlalchemy.orm import Session
from werkzeug.formparser import FormDataParser

from feedback_app.confidential import hidden_data
from feedback_app.confidential.context import vault
from feedback_app.confidential.documents import File
from feedback_app.confidential.errors import NotFound, NotStrippable, Refused
from feedback_app.confidential.hidden_data import Finding
from feedback_app.confidential.models import Blob
from feedback_app.confidential.sealing import files
from feedback_app.confidential.sealing.spool import Spool, factory
from feedback_app.core import clock

MOST_MEGABYTES = 20
WAITING = 2 * 3600  # seconds
REASONS = ("empty", "large", "type", "broken")


@dataclass(frozen=True)
class Upload:
    """A file that waits for its report; what the form carries of it is JSON."""

    name: str
    media_type: str
    size: int
    waiting: str
    key: str
    findings: tuple[Finding, ...] = ()
    strippable: bool = True
    keep_original: bool = False

    def packed(self) -> dict[str, Any]:
        """Return it as JSON for the form's sealed state."""
        plain = {**vars(self), "findings": [[found.kind, found.detail] for found in self.findings]}
        return dict(plain)

    @classmethod
    def unpack(cls, plain: dict[str, Any]) -> Self:
        findings = tuple(Finding(kind, detail) for kind, detail in plain["findings"])
        return cls(**{**plain, "findings": findings})


class SealingRequest(Request):
    """A request whose uploads reach the disk as ciphertext only."""

    def make_form_data_parser(self) -> FormDataParser:
        parser = super().make_form_data_parser()
        parser.stream_factory = cast(
            "Any", factory(vault().spool)
        )  # a spool is as much of a file as is needed
        return parser


def take(stream: IO[bytes], name: str) -> Upload:
    """Look at the file, seal it under a new key and leave it waiting.

    Raises:
        Refused: empty, larger than 20 MB, of a type not taken, or broken.
    """
    sweep_waiting()
    kind = hidden_data.kind_of(_head(stream), name)
    if kind is None:
        raise Refused("type")
    key, waiting = files.new_key(), secrets.token_hex(16)
    size = _keep(stream, waiting, key)
    stream.seek(0)
    findings = hidden_data.found(stream, kind)
    return Upload(
        hidden_data.shown_name(name, kind),
        kind.media_type,
        size,
        waiting,
        key.hex(),
        findings,
        kind.strippable,
    )


def keep_original(upload: Upload) -> Upload:
    """Return the upload with the wish that the untouched original be sealed beside the cleaned copy."""
    return replace(upload, keep_original=True)


def content(upload: Upload) -> Spool:
    """Return the waiting file for reading. Raises NotFound when it waited too long."""
    path = vault().waiting / upload.waiting
    if not upload.waiting.isalnum() or not path.exists():
        raise NotFound
    spool = Spool(vault().spool)
    with path.open("rb") as source:
        for piece in files.opened(source, bytes.fromhex(upload.key), upload.size):
            spool.write(piece)
    spool.seek(0)
    return spool


def store(session: Session, uploads: tuple[Upload, ...]) -> tuple[File, ...]:
    """Clean and seal the uploads for good; return their entries for the report.

    Raises:
        NotFound: one waited too long.
        OutOfSpace: nothing of any of them stays.
    """
    kept: list[File] = []
    try:
        for upload in uploads:
            kept.extend(_stored(upload))
    except BaseException:
        for file in kept:
            vault().blobs.discard(file.blob)
        raise
    session.add_all(Blob(name=file.blob) for file in kept)
    return tuple(kept)


def forget(session: Session, gone: tuple[File, ...]) -> None:
    """Take the files out of the list of those that are referred to; the nightly sweep deletes them."""
    for file in gone:
        blob = session.get(Blob, file.blob)
        if blob is not None:
            session.delete(blob)


def _stored(upload: Upload) -> Iterator[File]:
    with content(upload) as original:
        try:
            clean = hidden_data.stripped(
                cast("IO[bytes]", original), hidden_data.by_media_type(upload.media_type)
            )
        except NotStrippable:
            clean = None
        entry = partial(_sealed, upload)
        if clean is not None:
            yield entry(clean, original=False, removed=tuple(sorted({f.kind for f in upload.findings})))
        if clean is None or upload.keep_original:
            original.seek(0)
            yield entry(original, original=True, removed=())


def _sealed(upload: Upload, source: Any, *, original: bool, removed: tuple[str, ...]) -> File:
    done = vault().blobs.put(source)
    return File(
        name=upload.name,
        media_type=upload.media_type,
        size=done.size,
        blob=done.name,
        key=done.key,
        original=original,
        removed=removed,
    )


def _keep(stream: IO[bytes], name: str, key: bytes) -> int:
    vault().waiting.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = vault().waiting / name
    try:
        with path.open("xb") as target:
            size = files.sealed(stream, target, key)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    if size == 0 or size > MOST_MEGABYTES * 1024 * 1024:
        path.unlink()
        raise Refused("empty" if size == 0 else "large")
    return size


def _head(stream: IO[bytes]) -> bytes:
    head = stream.read(4096)
    stream.seek(0)
    return head


def sweep_waiting() -> int:
    """Delete uploads whose report was never sent; return how many."""
    oldest = clock.now().timestamp() - WAITING
    folders = (folder for folder in (vault().waiting, vault().spool) if folder.exists())
    old = [path for folder in folders for path in folder.iterdir() if path.stat().st_ctime < oldest]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)

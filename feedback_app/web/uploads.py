"""A file on its way from the officer's computer to the ticket: a signed letter, a redacted copy."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, cast

from flask import current_app
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from feedback_app.core import files
from feedback_app.core.files import Refused, TakenIn, signatures
from feedback_app.tickets.models import Answer
from feedback_app.tickets.services.attaching import attach

WAITING = "officers"


@contextmanager
def taken_in(upload: FileStorage | None, *, only_pdf: bool) -> Iterator[TakenIn | None]:
    """Examine the upload and let it wait; whatever nobody attached is gone afterwards.

    Raises:
        Refused: it is no PDF, or not one that is taken in.
    """
    if not upload:
        yield None
        return
    file = files.take_in(
        cast("BinaryIO", upload.stream),
        upload.filename or "",
        files.quarantine(WAITING),
        scanner=files.scanner(),
    )
    try:
        if only_pdf and file.media_type != "application/pdf":
            raise Refused(_("Văn bản đã ký phải là tệp PDF."))
        yield file
    finally:
        (files.quarantine(WAITING) / file.key).unlink(missing_ok=True)


def keep(file: TakenIn) -> None:
    """Store a file that waits; its row belongs into the same unit of work."""
    files.storage().put(files.quarantine(WAITING) / file.key, file.key)


def signed(file: TakenIn) -> dict[str, Any]:
    """Return what the digital signatures of a PDF that waits say; empty where it has none."""
    roots = (
        sorted(Path(folder).glob("*.pem"))
        if (folder := current_app.extensions["settings"].trust_roots)
        else []
    )
    found = signatures.check(files.quarantine(WAITING) / file.key, roots)
    if found is None:
        return {"unreadable": True}
    return {"list": [one.plain() for one in found]} if found else {}


def attach_signed(
    session: Any, answer: Answer, file: TakenIn | None, told: dict[str, Any] | None = None
) -> None:
    """Attach the signed letter to the answer; ``told``: what ``signed`` said of it, where it was asked before."""
    if file is None:
        return
    told = signed(file) if told is None else told
    keep(file)
    given: dict[str, Any] = {"origin": "answer", "answer_id": answer.id, "at": answer.at}
    attach(session, answer.ticket_id, file, signatures=told, **given)

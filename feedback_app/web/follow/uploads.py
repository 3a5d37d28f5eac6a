"""Files that come with a reply: examined before the transaction, forgotten again when it does not come to it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, cast

from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage
from wtforms import MultipleFileField

from feedback_app.core import files

MOST_FILES = 5


@contextmanager
def received(field: MultipleFileField) -> Iterator[list[files.TakenIn]]:
    """Take the uploads of ``field`` in; what is refused stands among its errors, with the reason.

    When the block raises, or a file was refused, nothing of them is kept.
    """
    uploads = [upload for upload in field.data if upload and upload.filename]
    if len(uploads) > MOST_FILES:
        field.errors = [_("Chọn tối đa %(files)s tệp mỗi lần gửi.", files=MOST_FILES)]
        uploads = []
    taken, field.errors = _take(uploads, list(field.errors))
    try:
        yield taken
    except BaseException:
        _forget(taken)
        raise
    if field.errors:
        _forget(taken)


def _take(uploads: list[FileStorage], errors: list[str]) -> tuple[list[files.TakenIn], list[str]]:
    taken = []
    for upload in uploads:
        try:
            taken.append(files.receive(cast("BinaryIO", upload.stream), upload.filename or ""))
        except files.Refused as refusal:
            errors.append(f"{upload.filename}: {refusal.reason}")
    return taken, errors


def _forget(taken: list[files.TakenIn]) -> None:
    for file in taken:
        files.storage().delete(file.key)

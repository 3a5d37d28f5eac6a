"""Tables that come in and go out as files, the same on every page that imports one."""

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from flask import Response
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from feedback_app.core import files
from feedback_app.core.files import Refused
from feedback_app.intake.sheets import xlsx

MOST_MEGABYTES = 5
MOST_FAULTS = 200  # shown; a table with more was made for something else
WAITING = "imports"


@contextmanager
def examined(upload: FileStorage | None) -> Iterator[tuple[Path, str]]:
    """Yield where the upload lies and what it is while it is looked at; nothing of the file itself is kept.

    Raises:
        Refused: no file, too large, or not one that is taken in.
    """
    if not upload:
        raise Refused(_("chưa chọn tệp"))
    folder = files.quarantine(WAITING)
    stream = cast("BinaryIO", upload.stream)
    taken = files.take_in(stream, upload.filename or "", folder, scanner=files.scanner())
    try:
        if taken.size > MOST_MEGABYTES * 1024 * 1024:
            raise Refused(_("lớn hơn %(mb)s MB", mb=MOST_MEGABYTES))
        yield folder / taken.key, taken.media_type
    finally:
        (folder / taken.key).unlink(missing_ok=True)


def workbook(name: str, sheets: Sequence[tuple[str, Iterable[Sequence[xlsx.Cell]]]]) -> Response:
    """Return an .xlsx file with these sheets (name, rows of texts) to be saved under ``name``."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bang.xlsx"
        xlsx.write(path, sheets)
        content = path.read_bytes()
    return download(content, xlsx.MEDIA_TYPE, name)


def headings_csv(name: str, headings: Sequence[str]) -> Response:
    """Return a .csv file that holds a heading only, as spreadsheets here open it."""
    return download(("\ufeff" + ",".join(headings) + "\r\n").encode(), "text/csv", name)


def download(content: bytes, media_type: str, name: str) -> Response:
    """Return a file to be saved under ``name``."""
    return Response(
        content, mimetype=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )

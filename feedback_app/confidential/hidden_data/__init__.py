"""What a file tells beside what it shows: places, authors, devices; found, shown to the reporter, taken out. Pure."""

import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from typing import IO, TypeVar

from feedback_app.confidential.errors import NotStrippable, Refused
from feedback_app.confidential.hidden_data import office, pdf, pictures
from feedback_app.confidential.hidden_data.kinds import (
    Family,
    FileKind,
    Finding,
    by_media_type,
    kind_of,
    shown_name,
)

Told = TypeVar("Told")
BROKEN = (ValueError, KeyError, IndexError, EOFError, OSError, RuntimeError, struct.error, zlib.error)

__all__ = ["Family", "FileKind", "Finding", "by_media_type", "found", "kind_of", "shown_name", "stripped"]


def found(stream: IO[bytes], kind: FileKind) -> tuple[Finding, ...]:
    """Return what is hidden in the file; of types we cannot look into, that there may be something.

    Raises:
        Refused: it is broken.
    """
    if kind.family is Family.PLAIN:
        return ()
    if not kind.strippable:
        return (Finding("other", kind.suffix),)
    return _with(stream, kind, pictures.found, pdf.found, office.found)


def stripped(stream: IO[bytes], kind: FileKind) -> IO[bytes]:
    """Return a copy without what is hidden; pictures keep every pixel, documents every page.

    Raises:
        NotStrippable: nothing can be taken out of this type.
        Refused: it is broken.
    """
    if kind.family is Family.PLAIN:
        return BytesIO(stream.read())
    if not kind.strippable:
        raise NotStrippable
    return BytesIO(_with(stream, kind, pictures.stripped, pdf.stripped, office.stripped))


def _with(
    stream: IO[bytes],
    kind: FileKind,
    for_pictures: Callable[[bytes, str], Told],
    for_pdf: Callable[[bytes], Told],
    for_office: Callable[[bytes], Told],
) -> Told:
    content = stream.read()
    try:
        match kind.family:
            case Family.PICTURE:
                return for_pictures(content, kind.suffix)
            case Family.PDF:
                return for_pdf(content)
            case _:
                return for_office(content)
    except BROKEN:
        raise Refused("broken") from None

"""A file on its way in: to disk as it arrives, looked at, really opened, cleaned."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from flask_babel import gettext as _

from feedback_app.core.files import images, names, office, pdf, plain
from feedback_app.core.files.refusal import Refused
from feedback_app.core.files.scanning import scan
from feedback_app.core.files.sniffing import Family, family_of
from feedback_app.core.files.storage import new_key

MOST_MEGABYTES = 20
_CHUNK = 256 * 1024


@dataclass(frozen=True, slots=True)
class TakenIn:
    """A file that passed; ``cleaned`` says what was removed, ``size`` is in bytes after that."""

    key: str
    name: str
    media_type: str
    size: int
    cleaned: str

    def plain(self) -> dict[str, Any]:
        return asdict(self)


def take_in(stream: IO[bytes], name: str, folder: Path, *, scanner: str = "") -> TakenIn:
    """Write ``stream`` to a random name in ``folder``, examine and clean it.

    Raises:
        Refused: the file is not taken in; nothing of it stays on the disk.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    key = new_key()
    path = folder / key
    try:
        _write(stream, path)
        scan(path, scanner)
        media_type, suffix, cleaned = _examine(path, names.suffix_of(name))
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return TakenIn(key, names.shown(name, suffix), media_type, path.stat().st_size, cleaned)


def _write(stream: IO[bytes], path: Path) -> None:
    size = 0
    with path.open("xb") as file:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if size > MOST_MEGABYTES * 1024 * 1024:
                raise Refused(_("lớn hơn %(mb)s MB", mb=MOST_MEGABYTES))
            file.write(chunk)


def _examine(path: Path, suffix: str) -> tuple[str, str, str]:
    match family_of(path):
        case Family.IMAGE:
            return images.redraw(path)
        case Family.PDF:
            pdf.inspect(path)
            return "application/pdf", ".pdf", ""
        case Family.OFFICE:
            return *office.inspect(path), ""
        case Family.TEXT:
            return *plain.inspect(path, suffix), ""

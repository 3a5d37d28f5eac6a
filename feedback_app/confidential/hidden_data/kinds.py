"""Which files are taken, and how they are known: by their content, not by what their name claims."""

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath

LONGEST_NAME = 80
LONGEST_CHARACTER = 4  # bytes in UTF-8


class Family(StrEnum):
    PICTURE = "picture"
    PDF = "pdf"
    OFFICE = "office"
    PLAIN = "plain"
    RECORDING = "recording"


@dataclass(frozen=True)
class FileKind:
    media_type: str
    suffix: str
    family: Family

    @property
    def strippable(self) -> bool:
        return self.family is not Family.RECORDING


@dataclass(frozen=True)
class Finding:
    """One thing hidden in a file; ``kind`` is one of ``KINDS``, ``detail`` as it stands in the file, shortened."""

    kind: str
    detail: str = ""


KINDS = (
    "place",
    "device",
    "author",
    "dates",
    "software",
    "comments",
    "revisions",
    "thumbnail",
    "embedded",
    "other",
)
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ALL = (
    FileKind("image/jpeg", ".jpg", Family.PICTURE),
    FileKind("image/png", ".png", Family.PICTURE),
    FileKind("image/webp", ".webp", Family.PICTURE),
    FileKind("application/pdf", ".pdf", Family.PDF),
    FileKind(_WORD, ".docx", Family.OFFICE),
    FileKind(_EXCEL, ".xlsx", Family.OFFICE),
    FileKind("text/plain", ".txt", Family.PLAIN),
    FileKind("audio/mpeg", ".mp3", Family.RECORDING),
    FileKind("audio/wav", ".wav", Family.RECORDING),
    FileKind("audio/ogg", ".ogg", Family.RECORDING),
    FileKind("audio/mp4", ".m4a", Family.RECORDING),
    FileKind("video/mp4", ".mp4", Family.RECORDING),
    FileKind("image/heic", ".heic", Family.RECORDING),
)
_BY_SUFFIX = {kind.suffix: kind for kind in _ALL}
_BY_TYPE = {kind.media_type: kind for kind in _ALL}
_STARTS = {
    b"\xff\xd8\xff": ".jpg",
    b"\x89PNG\r\n\x1a\n": ".png",
    b"%PDF-": ".pdf",
    b"ID3": ".mp3",
    b"\xff\xfb": ".mp3",
    b"\xff\xf3": ".mp3",
    b"OggS": ".ogg",
}


def kind_of(head: bytes, name: str) -> FileKind | None:
    """Return what the file is, from its first 4 KiB; the name decides only among kinds that look alike."""
    suffix = PurePosixPath(name.lower()).suffix
    for start, found in _STARTS.items():
        if head.startswith(start):
            return _BY_SUFFIX[found]
    return _boxed(head, suffix) or _plain(head, suffix)


def by_media_type(media_type: str) -> FileKind:
    """Return the kind again. Raises KeyError."""
    return _BY_TYPE[media_type]


def shown_name(name: str, kind: FileKind) -> str:
    """Return the name as it is shown: last part, no control or direction marks, with the true suffix."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    clean = "".join(c for c in last if unicodedata.category(c)[0] != "C").strip(" .")
    stem = PurePosixPath(clean).stem if PurePosixPath(clean).suffix else clean
    return (stem[:LONGEST_NAME].strip(" .") or "tep") + kind.suffix


def _boxed(head: bytes, suffix: str) -> FileKind | None:
    if head[:4] == b"RIFF":
        return {b"WEBP": _BY_SUFFIX[".webp"], b"WAVE": _BY_SUFFIX[".wav"]}.get(head[8:12])
    if head[4:8] == b"ftyp":
        if head[8:12] in {b"heic", b"heix", b"mif1"}:
            return _BY_SUFFIX[".heic"]
        return _BY_SUFFIX[".m4a" if suffix == ".m4a" or head[8:11] == b"M4A" else ".mp4"]
    if head.startswith(b"PK\x03\x04") and suffix in {".docx", ".xlsx"}:
        return _BY_SUFFIX[suffix]
    return None


def _plain(head: bytes, suffix: str) -> FileKind | None:
    if suffix not in {".txt", ".csv"} or b"\0" in head or not head:
        return None
    try:
        head.decode()
    except UnicodeDecodeError as error:
        if error.start < len(head) - LONGEST_CHARACTER:  # the last one may be cut in two
            return None
    return _BY_SUFFIX[".txt"]

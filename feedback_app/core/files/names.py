"""The sender's name of a file, made harmless; it is shown, never used as a path."""

import unicodedata
from pathlib import PurePosixPath

LONGEST = 100


def suffix_of(name: str) -> str:
    """Return the last suffix in lower case, ``.jpg`` for ``Công văn.JPG``."""
    return PurePosixPath(_last(name)).suffix.lower()


def shown(name: str, suffix: str) -> str:
    """Return the name as it is shown: last part only, no control or direction marks, with the true suffix."""
    clean = "".join(c for c in _last(name) if unicodedata.category(c)[0] != "C").strip(" .")
    stem = PurePosixPath(clean).stem if suffix_of(clean) else clean
    return (stem[:LONGEST].strip(" .") or "tep") + suffix


def _last(name: str) -> str:
    return unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]

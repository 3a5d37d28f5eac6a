"""The thief kit: looks for words in everything that lies about, in the forms in which they might lie there."""

import base64
import json
import unicodedata
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

DEPTH = 3  # streams within streams


@dataclass(frozen=True)
class Hit:
    """Where a word was found, and in which form."""

    place: str
    word: str
    form: str


def forms(word: str) -> dict[str, bytes]:
    """Return the word's bytes by the name of the form."""
    spellings = {
        "NFC": unicodedata.normalize("NFC", word),
        "NFD": unicodedata.normalize("NFD", word),
        "plain": without_marks(word),
    }
    found: dict[str, bytes] = {}
    for name, text in spellings.items():
        found[f"{name} UTF-8"] = text.encode()
        found[f"{name} UTF-16LE"] = text.encode("utf-16-le")
        found[f"{name} UTF-16BE"] = text.encode("utf-16-be")
        found[f"{name} JSON"] = json.dumps(text)[1:-1].encode()
        found[f"{name} URL"] = quote(text).encode()
        found[f"{name} hex"] = text.encode().hex().encode()
        found |= {f"{name} base64+{shift}": _base64(text.encode(), shift) for shift in range(3)}
    return found


def without_marks(text: str) -> str:
    """Return the text as typed without diacritics: "Đường" → "Duong"."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return bare.replace("đ", "d").replace("Đ", "D")


def _base64(raw: bytes, shift: int) -> bytes:
    """Return what of the base64 of ``raw`` does not depend on the bytes before (``shift`` of them) and after."""
    encoded = base64.b64encode(bytes(shift) + raw)
    skipped = (0, 2, 3)[shift]
    end = len(encoded) - (4 if (shift + len(raw)) % 3 else 0)
    return encoded[skipped:end]


class Kit:
    """All words in all forms, ready to be looked for; without regard to case where bytes are letters."""

    def __init__(self, words: Iterable[str]) -> None:
        self._patterns = {
            pattern.lower(): (word, form) for word in words for form, pattern in forms(word).items()
        }

    def search(self, root: Path) -> list[Hit]:
        """Look through every file under ``root``, its name too."""
        files = [path for path in sorted(root.rglob("*")) if path.is_file()]
        found: list[Hit] = []
        for path in files:
            place = str(path.relative_to(root))
            found += self.in_bytes(place, place.encode())
            found += self.in_bytes(place, path.read_bytes())
        return found

    def in_bytes(self, place: str, content: bytes) -> list[Hit]:
        return [hit for raw in unpacked(content) for hit in self._hits(place, raw)]

    def _hits(self, place: str, raw: bytes) -> Iterator[Hit]:
        lowered = raw.lower()
        for pattern, (word, form) in self._patterns.items():
            if pattern in lowered:
                yield Hit(place, word, form)


def unpacked(content: bytes, depth: int = DEPTH) -> Iterator[bytes]:
    """Yield the bytes and whatever zlib, gzip or zip streams stand in them."""
    yield content
    if depth:
        for inner in _streams(content):
            yield from unpacked(inner, depth - 1)


def _streams(content: bytes) -> Iterator[bytes]:
    for mark, bits, skipped in (
        *((bytes((0x78, level)), zlib.MAX_WBITS, 0) for level in (0x01, 0x5E, 0x9C, 0xDA)),
        (b"\x1f\x8b\x08", zlib.MAX_WBITS | 16, 0),
        (b"PK\x03\x04", -zlib.MAX_WBITS, 30),
    ):
        at = content.find(mark)
        while at >= 0:
            start = at + skipped
            if skipped:
                start += sum(int.from_bytes(content[at + n : at + n + 2], "little") for n in (26, 28))
            inner = _inflated(content[start : start + 32 * 1024 * 1024], bits)
            if len(inner) > 8:  # noise that looks like a stream ends at once
                yield inner
            at = content.find(mark, at + 1)


def _inflated(stream: bytes, bits: int) -> bytes:
    """Return as much as can be inflated: a stream that was cut off still tells its beginning."""
    inflater, out = zlib.decompressobj(bits), b""
    try:
        for start in range(0, len(stream), 4096):
            out += inflater.decompress(stream[start : start + 4096], 16 * 1024 * 1024)
            if inflater.eof:
                break
    except zlib.error:
        pass
    return out

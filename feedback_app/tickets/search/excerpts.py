"""Where a text has the words that were looked for: a short piece of it, the words marked. Pure."""

import re
import unicodedata
from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from feedback_app.core.text import fold

LENGTH, BEFORE = 200, 60
_WORD = re.compile(r"[^\W_]+")
Parts = list[tuple[str, bool]]  # piece of text, whether it is one of the words


def excerpt(texts: Iterable[str], words: AbstractSet[str]) -> Parts:
    """Return a piece around the first of the words, of the text that has most of them (else of the first)."""
    every = [" ".join(unicodedata.normalize("NFC", text).split()) for text in texts if text.strip()]
    if not every:
        return []
    best = max(every, key=lambda text: len({fold(m[0]) for m in _WORD.finditer(text)} & words))
    hits = [m.span() for m in _WORD.finditer(best) if fold(m[0]) in words]
    start = _begin(best, hits[0][0] if hits else 0)
    end = _end(best, start)
    parts = _marked(best, start, end, hits)
    return [*([("… ", False)] if start else []), *parts, *([(" …", False)] if end < len(best) else [])]


def _begin(text: str, at: int) -> int:
    return 0 if at <= BEFORE else text.find(" ", at - BEFORE) + 1


def _end(text: str, start: int) -> int:
    if len(text) - start <= LENGTH:
        return len(text)
    space = text.rfind(" ", start, start + LENGTH)
    return space if space > start else start + LENGTH


def _marked(text: str, start: int, end: int, hits: list[tuple[int, int]]) -> Parts:
    parts: Parts = []
    at = start
    for first, last in hits:
        if first < at or last > end:
            continue
        if first > at:
            parts.append((text[at:first], False))
        parts.append((text[first:last], True))
        at = last
    if at < end:
        parts.append((text[at:end], False))
    return parts

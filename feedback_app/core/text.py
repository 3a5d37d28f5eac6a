"""Folding of Vietnamese text, so that what people type with or without marks compares equal."""

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")
_STROKED = str.maketrans({"đ": "d", "Đ": "D"})


def fold(s: str) -> str:
    """Return ``s`` in lower case without diacritics: ``"Đất đai"`` gives ``"dat dai"``.

    The same text in NFC and in NFD folds to the same string.
    """
    if s.isascii():  # numbers and codes: nothing to take away
        return s.lower()
    decomposed = unicodedata.normalize("NFD", s.translate(_STROKED))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).lower()


def words(s: str) -> list[str]:
    """Return the folded words of ``s`` in order; letters and digits only, punctuation separates."""
    return _WORD.findall(fold(s))


def split(folded: str) -> list[str]:
    """Return the words of a text that is folded already."""
    return _WORD.findall(folded)

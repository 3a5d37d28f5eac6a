"""Blacking out before sharing: what identifies a person or a firm by its shape. Pure; a person checks the rest."""

import re
from collections.abc import Iterable

BLOCK = "█████"
SHAPES = {
    "email": re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    "phone": re.compile(r"(?<!\d)(?:\+?84|0)(?:[ .-]?\d){8,10}(?!\d)"),
    "number": re.compile(
        r"(?<!\d)\d{10}(?:-?\d{3})?(?!\d)|(?<!\d)\d{12}(?!\d)|(?<!\d)\d{9}(?!\d)"
    ),  # tax, ID
    "plate": re.compile(r"(?<!\w)\d{2}[A-Z]\d?[- ]?\d{3}\.?\d{2}(?!\w)"),
    "account": re.compile(r"(?<!\d)\d{13,19}(?!\d)"),
    "code": re.compile(r"(?<!\w)(?:[0-9A-HJKMNP-TV-Z]{4}-){5}[0-9A-HJKMNP-TV-Z]{4}(?!\w)", re.IGNORECASE),
    "name": re.compile(
        r"(?<!\w)(?:[Aa]nh|[Cc]hị|[Ôô]ng|[Bb]à|[Cc]ô|[Cc]hú|[Bb]ác|[Mm]r|[Mm]rs|[Mm]s)\.?\s+"
        r"((?:[A-ZÀ-ỸĐ][a-zà-ỹđ]+)(?:\s+[A-ZÀ-ỸĐ][a-zà-ỹđ]+)*)"
    ),
    "firm": re.compile(
        r"(?:[Cc]ông ty|CÔNG TY|[Dd]oanh nghiệp|DNTN|HTX)(?:\s+(?:TNHH|CP|MTV|[Cc]ổ phần|[A-ZÀ-ỸĐ]\w*))+"
    ),
}


def spans(text: str, words: Iterable[str] = ()) -> tuple[tuple[int, int], ...]:
    """Return the places to black out, merged and in order; ``words`` are names a person added."""
    found = [_span(match) for shape in SHAPES.values() for match in shape.finditer(text)]
    for word in filter(None, (w.strip() for w in words)):
        found += [match.span() for match in re.finditer(re.escape(word), text, re.IGNORECASE)]
    merged: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def blacked_out(text: str, words: Iterable[str] = ()) -> str:
    """Return the text with a block of one length in each place, so that a length tells nothing."""
    parts, at = [], 0
    for start, end in spans(text, words):
        parts += [text[at:start], BLOCK]
        at = end
    return "".join([*parts, text[at:]])


def _span(match: re.Match[str]) -> tuple[int, int]:
    """Return the name alone where a form of address stands before it."""
    return match.span(1) if match.re.groups else match.span()

"""What in a text could tell whose it is, and the text without it. Pure; for texts with and without diacritics.

It finds by form (numbers, titles before names, words before places) and by what is known of the ticket (who filed it,
where, under which codes). It misses things: an officer looks at every text, and the recall is measured (ADR 0019).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from feedback_app.library.patterns import ADDRESSED, PATTERNS, SURNAMES, SURNAMES_PLAIN, plain


class Kind(StrEnum):
    """What a finding is."""

    PERSON = "person"
    ENTERPRISE = "enterprise"
    EMAIL = "email"
    PHONE = "phone"
    TAX_CODE = "tax_code"
    PLACE = "place"
    AMOUNT = "amount"
    CODE = "code"
    NUMBER = "number"


MARKS: dict[Kind, str] = {
    Kind.PERSON: "[tên người]",
    Kind.ENTERPRISE: "[tên doanh nghiệp]",
    Kind.EMAIL: "[thư điện tử]",
    Kind.PHONE: "[số điện thoại]",
    Kind.TAX_CODE: "[mã số thuế]",
    Kind.PLACE: "[địa điểm]",
    Kind.AMOUNT: "[số tiền]",
    Kind.CODE: "[mã hồ sơ]",
    Kind.NUMBER: "[dãy số]",
}
SHORTEST_TERM = 4  # letters and digits: what is shorter stands in too many words


@dataclass(frozen=True, slots=True)
class Finding:
    """A part of a text, from ``start`` to before ``end``."""

    start: int
    end: int
    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Term:
    """Something known of the ticket that must not be read: looked for without regard to marks and case."""

    text: str
    kind: Kind


def find(text: str, terms: Iterable[Term] = ()) -> list[Finding]:
    """Return what could tell whose the text is, in order, none overlapping another."""
    bare = plain(text)
    spans = [*_known(bare, terms), *_formed(text, bare), *_names(text, bare)]
    spans = [span for span in spans if not _inside_mark(text, span[0])]
    return [Finding(start, end, kind, text[start:end]) for start, end, kind in _apart(spans)]


def redacted(text: str, terms: Iterable[Term] = ()) -> str:
    """Return the text with a mark in place of each finding."""
    parts, last = [], 0
    for found in find(text, terms):
        parts += [text[last : found.start], MARKS[found.kind]]
        last = found.end
    return "".join([*parts, text[last:]])


def distinctive(name: str) -> str:
    """Return the part of an enterprise's name that is its own: without legal form and trade words."""
    words = name.split()
    while words and plain(words[0]).lower().strip('"“”.,-') in _FORM_WORDS:
        words.pop(0)
    return " ".join(words)


def own_name(area: str) -> str:
    """Return the name of an area without what it is: ``Thành phố Cam Ranh`` gives ``Cam Ranh``."""
    words = area.split()
    while len(words) > 1 and plain(words[0]).lower() in _AREA_WORDS:
        words.pop(0)
    return " ".join(words)


_AREA_WORDS = frozenset(["thanh", "pho", "thi", "xa", "huyen", "phuong", "xa", "tran", "dac", "khu", "quan"])
_FORM_WORDS = frozenset(
    plain(word)
    for words in (
        "công ty tnhh cổ phần cp ctcp mtv một hai thành viên tư nhân dntn doanh nghiệp hợp tác xã htx hộ kinh doanh",
        "sản xuất thương mại dịch vụ tm dv xây dựng đầu tư chế biến chi nhánh và nhập khẩu du lịch vận tải hải thủy",
        "nông lâm nước mắm may mặc",
    )
    for word in words.split()
)

Span = tuple[int, int, Kind]


def _known(bare: str, terms: Iterable[Term]) -> Iterator[Span]:
    for term in terms:
        pattern = _pattern_of(plain(term.text).lower())
        if pattern is not None:
            yield from ((m.start(), m.end(), term.kind) for m in pattern.finditer(bare.lower()))


@lru_cache(maxsize=512)
def _pattern_of(term: str) -> re.Pattern[str] | None:
    """Return the pattern of a term, whatever stands between its parts; ``None`` for one that is too short."""
    parts = re.findall(r"\w+", term)
    if sum(map(len, parts)) < SHORTEST_TERM:
        return None
    return re.compile(r"(?<!\w)" + r"[\W_]{1,3}".join(map(re.escape, parts)) + r"(?!\w)")


def _formed(text: str, bare: str) -> Iterator[Span]:
    for kind, pattern in PATTERNS:
        for match in pattern.finditer(bare):
            group = "own" if "own" in pattern.groupindex else 0
            if kind == Kind.ENTERPRISE and not distinctive(match[group]):
                continue
            if kind == Kind.PERSON and not _is_title(text, bare, *match.span("title")):
                continue
            yield match.start(group), match.end(group), Kind(kind)


def _is_title(text: str, bare: str, start: int, end: int) -> bool:
    """Whether the word before a name is a title as it is written: "phản ánh" holds no "anh"."""
    written = ADDRESSED.get(bare[start:end].lower())
    return text == bare or written is None or text[start:end].lower() == written


def _names(text: str, bare: str) -> Iterator[Span]:
    """Yield names of people without a title, by their surname as it is written, or without marks."""
    marked = text != bare
    for match in (SURNAMES if marked else SURNAMES_PLAIN).finditer(text):
        yield match.start(), match.end(), Kind.PERSON


def _inside_mark(text: str, place: int) -> bool:
    """Whether the place lies in a mark that stands for something redacted already."""
    opened = text.rfind("[", 0, place + 1)
    closed = text.find("]", opened) if opened >= 0 else -1
    return opened >= 0 and closed >= place and text[opened : closed + 1] in _MARKS


_MARKS = frozenset(MARKS.values())


def _apart(spans: Iterable[Span]) -> list[Span]:
    """Return the spans in order, those that overlap as one under the kind of the longest."""
    found: list[Span] = []
    for start, end, kind in sorted(spans, key=lambda span: (span[0], -span[1])):
        if found and start < found[-1][1]:
            first, last, known = found[-1]
            longer = kind if end - start > last - first else known
            found[-1] = (first, max(last, end), longer)
        elif end > start:
            found.append((start, end, kind))
    return found

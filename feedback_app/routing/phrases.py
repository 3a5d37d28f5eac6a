"""Finding many phrases in one text at once, with or without diacritics.

Every phrase and every text is cut into words, abbreviations are written out on both sides
(``GPXD`` is ``giấy phép xây dựng``), and the folded words walk a trie. Where the text does carry
diacritics they must agree with the phrase, so that *thuê* (rent) is not taken for *thuế* (tax).
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from feedback_app.core.text import fold

_WORD = re.compile(r"\d+|[^\W\d_]+|%")
_SENTENCE_END = re.compile(r"[.!?;\n]+(?=\s|$)|\n")
_STROKE = "\u0335"  # stands for the bar of đ
_MARKED_SHARE = 0.25  # a text with fewer marked words than this is taken as typed without diacritics
_TOO_MANY_WRONG = 0.34  # share of a phrase's words whose diacritics disagree that rules it out
_BARE_WORD_FIT = 0.8  # a single word typed without diacritics may be another word


@dataclass(frozen=True, slots=True)
class Token:
    """A word: folded, and its diacritics in an order that ignores where the tone was placed.

    ``marks`` is ``None`` for a word written out from an abbreviation, which contradicts nothing.
    """

    folded: str
    marks: str | None
    start: int
    end: int
    sentence: int

    @property
    def marked(self) -> bool:
        return bool(self.marks)


@dataclass(frozen=True, slots=True)
class Text:
    """A text cut into tokens. ``marked`` tells whether its author types diacritics."""

    raw: str
    tokens: tuple[Token, ...]
    marked: bool

    def quote(self, first: int, last: int) -> str:
        """The author's own words from token ``first`` to token ``last`` inclusive."""
        return self.raw[self.tokens[first].start : self.tokens[last].end]


def _marks(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", word.lower().replace("đ", "d" + _STROKE))
    return "".join(sorted(c for c in decomposed if unicodedata.combining(c)))


def _tokens(m: re.Match[str], sentence: int, abbreviations: Mapping[str, str]) -> Iterable[Token]:
    start = m.start()
    unit = m.group() != "%" and start > 0 and m.string[start - 1].isdigit()  # the k of "500k" is no "không"
    yield from _expand(m.group(), {} if unit else abbreviations, start=start, end=m.end(), sentence=sentence)


def _expand(word: str, abbreviations: Mapping[str, str], **at: int) -> Iterable[Token]:
    folded, marks = fold(word), _marks(word)
    written_out = None if marks.replace(_STROKE, "") else abbreviations.get(folded)  # "vật" is not VAT
    if written_out is None:
        yield Token(folded, marks, **at)
        return
    for part in _WORD.findall(fold(written_out)):
        yield Token(part, None, **at)


def sentences(raw: str) -> list[str]:
    """The sentences of ``raw``, numbered as the tokens' ``sentence`` is."""
    raw = unicodedata.normalize("NFC", raw)
    return [raw[start:end] for start, end in pairwise([0, *_sentence_starts(raw), len(raw)])]


def _sentence_starts(raw: str) -> list[int]:
    return [m.end() for m in _SENTENCE_END.finditer(raw)]


def read(raw: str, abbreviations: Mapping[str, str]) -> Text:
    """Cut ``raw`` into tokens; NFC and NFD spellings give the same tokens."""
    raw = unicodedata.normalize("NFC", raw)
    ends, sentence, tokens = _sentence_starts(raw), 0, list[Token]()
    for m in _WORD.finditer(raw):
        while sentence < len(ends) and m.start() >= ends[sentence]:
            sentence += 1
        tokens.extend(_tokens(m, sentence, abbreviations))
    share = sum(t.marked for t in tokens) / len(tokens) if tokens else 0.0
    return Text(raw, tuple(tokens), share >= _MARKED_SHARE)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase to look for; ``tag`` says what it speaks for, ``weight`` how loudly."""

    tag: str
    weight: float
    text: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found at tokens ``first``..``last``; ``fit`` is below 1 when diacritics disagree."""

    phrase: Phrase
    first: int
    last: int
    fit: float

    @property
    def score(self) -> float:
        return self.phrase.weight * self.fit


@dataclass(slots=True)
class _Node:
    children: dict[str, "_Node"] = field(default_factory=dict)
    ends: list[tuple[Phrase, tuple[Token, ...]]] = field(default_factory=list)


class Matcher:
    """A trie over the words of all phrases; build it once and use it for every text."""

    def __init__(self, phrases: Iterable[Phrase], abbreviations: Mapping[str, str]) -> None:
        self._root = _Node()
        for phrase in phrases:
            self._add(phrase, read(phrase.text, abbreviations).tokens)

    def _add(self, phrase: Phrase, tokens: tuple[Token, ...]) -> None:
        node = self._root
        for token in tokens:
            node = node.children.setdefault(token.folded, _Node())
        if tokens:
            node.ends.append((phrase, tokens))

    def hits(self, text: Text, *, nested: bool = False) -> list[Hit]:
        """All phrases of the text, in order; one inside a longer one is left out unless ``nested``."""
        found = [hit for start in range(len(text.tokens)) for hit in self._from(text, start)]
        return found if nested else _outermost(found)

    def _from(self, text: Text, start: int) -> Iterable[Hit]:
        node: _Node | None = self._root
        for at in range(start, len(text.tokens)):
            node = node.children.get(text.tokens[at].folded) if node else None
            if node is None:
                return
            for phrase, wanted in node.ends:
                fit = _fit(text, wanted, text.tokens[start : at + 1])
                if fit > 0:
                    yield Hit(phrase, start, at, fit)


def _fit(text: Text, wanted: Sequence[Token], got: Sequence[Token]) -> float:
    """How well the diacritics agree, between 0 and 1."""
    if not text.marked:
        return 1.0 if len(wanted) > 1 or not wanted[0].marks else _BARE_WORD_FIT
    wrong = sum(1 for w, g in zip(wanted, got, strict=True) if not _agree(w.marks, g.marks))
    if wrong == 0:
        return 1.0
    return 0.0 if wrong / len(wanted) >= _TOO_MANY_WRONG else 1.0 - wrong / len(wanted)


def _agree(wanted: str | None, got: str | None) -> bool:
    return wanted is None or got is None or wanted == got


def _outermost(found: list[Hit]) -> list[Hit]:
    """Drop hits that lie strictly inside a longer one: *phòng cháy rừng* is not about fire safety."""
    kept: list[Hit] = []
    furthest = (-1, -1)  # (first, last) of the hit reaching furthest so far
    for hit in sorted(found, key=lambda h: (h.first, -h.last)):
        inside = hit.last <= furthest[1] and (hit.first, hit.last) != furthest
        if not inside:
            kept.append(hit)
        if hit.last > furthest[1]:
            furthest = (hit.first, hit.last)
    return kept

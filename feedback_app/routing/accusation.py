"""Noticing that a text accuses an official of asking for money or of harassment.

A log-linear model (``weights``) weighs what the rules found together with the other words. What people say is
data (``vocabulary.yaml``, ``accusation``): sets of phrases, the order in which they must
follow one another, and shapes of sentences. What only sounds alike is set aside first: lawful fees and
fines, training ("bồi dưỡng nghiệp vụ"), anti-corruption as a topic, thanks, denials, private parties.
"""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from feedback_app.catalogue.packs import shipped
from feedback_app.catalogue.packs.routing import AccusationSign, AccusationWords, Pattern, VocabularyPack
from feedback_app.core.text import fold
from feedback_app.routing.phrases import Hit, Matcher, Phrase, Text, read, sentences
from feedback_app.routing.weights import BY_RULE, BY_SHAPE, Weights, features, shipped_weights

_CERTAIN = "hard"
_OFFICIAL = ("actor", "official")
_QUOTED = 200  # characters of a text in which no single phrase stands out
_PRIVATE_REACH = 4  # words after a private party's name that tell what it did
_CHAINS = 50  # enough to find one, few enough to stay fast on a text that repeats itself


@dataclass(frozen=True, slots=True)
class Notice:
    """What was noticed: the author's own words, and ``money``, ``harassment``, ``favour`` or ``retaliation``."""

    phrases: tuple[str, ...]
    kind: str


class Watch:
    """The accusation vocabulary compiled."""

    def __init__(self, vocabulary: VocabularyPack, weights: Weights) -> None:
        words = vocabulary.accusation
        self._weights = weights
        self._abbreviations = vocabulary.abbreviations
        self._patterns = words.patterns
        self._signs = [(sign, _compiled(sign, words)) for sign in words.signs]
        self._sets = self._matcher(words.sets)
        self._aside = self._matcher(
            {
                "legit": words.legit,
                "harmless": words.harmless,
                "excuse": words.excuses,
                "private": words.private,
            }
        )
        self._denials = self._matcher({"denial": words.denials})

    def _matcher(self, groups: Mapping[str, tuple[str, ...]]) -> Matcher:
        return Matcher((Phrase(tag, 1.0, p) for tag, g in groups.items() for p in g), self._abbreviations)

    def notice(self, raw: str) -> Notice | None:
        """What accuses in ``raw``, or ``None``; a text the rules missed is quoted whole."""
        told, found = self._weighed(raw)
        if self._weights.score(found) < self._weights.threshold:
            return None
        if not told:
            return Notice((raw.strip()[:_QUOTED],), "harassment")
        return Notice(tuple(dict.fromkeys(quote for _, quote in told)), told[0][0])

    def features(self, raw: str) -> frozenset[str]:
        """What the model weighs in ``raw``."""
        return self._weighed(raw)[1]

    def _weighed(self, raw: str) -> tuple[list[tuple[str, str]], frozenset[str]]:
        """What the rules found, as (kind, quote), and the features of the text."""
        text = read(raw, self._abbreviations)
        found = [hit for hit in self._sets.hits(text, nested=True) if _clear(hit)]
        aside = self._aside.hits(text, nested=True)
        surroundings = _surroundings(text, found, aside)
        shapes = self._shapes(raw)
        told = self._chains(text, found, surroundings) + [
            (sign.kind, sentence)
            for number, sign, sentence in shapes
            if not surroundings.excuse(number, sign)
        ]
        marks = {BY_RULE: bool(told), BY_SHAPE: bool(shapes)}
        return told, features(text, found, aside) | {mark for mark, seen in marks.items() if seen}

    def _chains(self, text: Text, found: list[Hit], around: "_Surroundings") -> list[tuple[str, str]]:
        by_sentence: dict[int, dict[str, list[Hit]]] = defaultdict(lambda: defaultdict(list))
        denied = {h.last + 1 for h in self._denials.hits(text, nested=True)}
        for hit in found:
            sentence = text.tokens[hit.first].sentence
            refused = hit.phrase.tag == _CERTAIN and hit.first in denied
            if not refused and sentence not in around.silenced and not around.harmless(hit):
                by_sentence[sentence][hit.phrase.tag].append(hit)
        return [
            (pattern.kind, text.quote(chain[0].first, chain[-1].last))
            for sentence, tags in sorted(by_sentence.items())
            for pattern in self._patterns
            if not (sentence in around.lawful and pattern.sets != (_CERTAIN,))
            and (chain := _chain(pattern, tags)) is not None
        ]

    def _shapes(self, raw: str) -> list[tuple[int, AccusationSign, str]]:
        """Every sentence that has the shape of an accusation, with its number, before anything excuses it."""
        return [
            (number, sign, sentence.strip())
            for number, sentence in enumerate(sentences(raw))
            for folded in (fold(sentence),)
            for sign, pattern in self._signs
            if pattern.search(folded)
        ]


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """What stands around the hits: sentences to leave out, sentences about lawful money, harmless spans."""

    silenced: frozenset[int]
    lawful: frozenset[int]
    spans: tuple[tuple[int, int], ...]

    def excuse(self, sentence: int, sign: AccusationSign) -> bool:
        """Whether the sentence is about something else, or about lawful money where the sign is a soft one."""
        return sentence in self.silenced or (sign.soft and sentence in self.lawful)

    def harmless(self, hit: Hit) -> bool:
        return any(first <= hit.first and hit.last <= last for first, last in self.spans)


def _surroundings(text: Text, found: list[Hit], aside: list[Hit]) -> _Surroundings:
    def where(tag: str) -> frozenset[int]:
        return frozenset(text.tokens[h.first].sentence for h in aside if h.phrase.tag == tag)

    official = frozenset(text.tokens[h.first].sentence for h in found if h.phrase.tag in _OFFICIAL)
    spans = tuple(
        (h.first, h.last + _PRIVATE_REACH * (h.phrase.tag == "private")) for h in aside if _excusing(h)
    )
    return _Surroundings(where("excuse") | (where("private") - official), where("legit"), spans)


def _excusing(hit: Hit) -> bool:
    return hit.phrase.tag in ("harmless", "private")


def _clear(hit: Hit) -> bool:
    """Whether the diacritics leave no doubt; a lone word settles nothing when they are missing."""
    return hit.fit == 1.0 or (hit.phrase.tag != _CERTAIN and hit.first == hit.last)


def _chain(pattern: Pattern, tags: Mapping[str, list[Hit]]) -> list[Hit] | None:
    """One hit of each set of the pattern in order and close enough, or ``None``."""
    chains = [[hit] for hit in tags.get(pattern.sets[0], [])]
    for name in pattern.sets[1:]:
        chains = [
            [*chain, hit]
            for chain in chains
            for hit in tags.get(name, [])
            if chain[-1].last < hit.first <= chain[0].first + pattern.within
        ][:_CHAINS]
    return chains[0] if chains else None


def _compiled(sign: AccusationSign, words: AccusationWords) -> re.Pattern[str]:
    pattern = sign.pattern
    for name, phrases in words.sets.items():
        pattern = pattern.replace(f"<{name}>", rf"\b(?:{'|'.join(re.escape(fold(p)) for p in phrases)})\b")
    return re.compile(pattern, re.DOTALL)


@cache
def _shipped_watch() -> Watch:
    return Watch(shipped().vocabulary, shipped_weights())


def noticed(text: str) -> Notice | None:
    """What in ``text`` accuses an official, by the vocabulary that comes with the application."""
    return _shipped_watch().notice(text)

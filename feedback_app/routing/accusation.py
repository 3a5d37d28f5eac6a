"""Noticing that a text accuses an official of asking for money or of harassment.

The sets of phrases and the order in which they must follow one another are data
(``vocabulary.yaml``, ``accusation``). What only sounds alike is set aside first: ordinary fees,
training ("bồi dưỡng nghiệp vụ"), anti-corruption as a topic, thanks, denials, matters between private parties.
"""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from feedback_app.catalogue.packs import shipped
from feedback_app.catalogue.packs.routing import Pattern, VocabularyPack
from feedback_app.routing.phrases import Hit, Matcher, Phrase, Text, read


@dataclass(frozen=True, slots=True)
class Notice:
    """What was noticed: the author's own words, and ``money``, ``harassment``, ``favour`` or ``retaliation``."""

    phrases: tuple[str, ...]
    kind: str


class Watch:
    """The accusation vocabulary compiled."""

    def __init__(self, vocabulary: VocabularyPack) -> None:
        words = vocabulary.accusation
        self._abbreviations = vocabulary.abbreviations
        self._patterns = words.patterns
        self._sets = self._matcher(words.sets)
        self._aside = self._matcher(
            {"harmless": words.harmless, "excuse": words.excuses, "private": words.private}
        )
        self._denials = self._matcher({"denial": words.denials})

    def _matcher(self, groups: dict[str, tuple[str, ...]]) -> Matcher:
        return Matcher((Phrase(tag, 1.0, p) for tag, g in groups.items() for p in g), self._abbreviations)

    def notice(self, raw: str) -> Notice | None:
        """The first kind of accusation found in ``raw`` with all its phrases, or ``None``."""
        text = read(raw, self._abbreviations)
        by_sentence: dict[int, dict[str, list[Hit]]] = defaultdict(lambda: defaultdict(list))
        for hit in self._telling(text):
            by_sentence[text.tokens[hit.first].sentence][hit.phrase.tag].append(hit)
        found = [
            (pattern.kind, text.quote(min(h.first for h in chain), max(h.last for h in chain)))
            for _, tags in sorted(by_sentence.items())
            for pattern in self._patterns
            if (chain := _chain(pattern, tags)) is not None
        ]
        if not found:
            return None
        return Notice(tuple(dict.fromkeys(quote for _, quote in found)), found[0][0])

    def _telling(self, text: Text) -> list[Hit]:
        """Hits of the sets that nothing around them sets aside."""
        found = [hit for hit in self._sets.hits(text, nested=True) if _clear(hit)]
        aside = self._aside.hits(text, nested=True)
        harmless = [(h.first, h.last) for h in aside if h.phrase.tag == "harmless"]
        silenced = _silenced(text, found, aside)
        denied = {h.last + 1 for h in self._denials.hits(text, nested=True)}
        return [
            hit
            for hit in found
            if text.tokens[hit.first].sentence not in silenced
            and not (hit.phrase.tag == "hard" and hit.first in denied)
            and not any(first <= hit.first and hit.last <= last for first, last in harmless)
        ]


def _clear(hit: Hit) -> bool:
    """Whether the diacritics leave no doubt; a lone word settles nothing when they are missing."""
    return hit.fit == 1.0 or (hit.phrase.tag != "hard" and hit.first == hit.last)


def _silenced(text: Text, found: list[Hit], aside: list[Hit]) -> set[int]:
    """Sentences about a topic or a rule, and those between private parties in which no official appears."""
    official = {text.tokens[h.first].sentence for h in found if h.phrase.tag == "actor"}
    topics = {text.tokens[h.first].sentence for h in aside if h.phrase.tag == "excuse"}
    private = {text.tokens[h.first].sentence for h in aside if h.phrase.tag == "private"}
    return topics | (private - official)


def _chain(pattern: Pattern, tags: dict[str, list[Hit]]) -> list[Hit] | None:
    """One hit of each set of the pattern in order and close enough, or ``None``."""
    chains = [[hit] for hit in tags.get(pattern.sets[0], [])]
    for name in pattern.sets[1:]:
        chains = [
            [*chain, hit]
            for chain in chains
            for hit in tags.get(name, [])
            if chain[-1].last < hit.first <= chain[0].first + pattern.within
        ][:50]
    return chains[0] if chains else None


@cache
def _shipped_watch() -> Watch:
    return Watch(shipped().vocabulary)


def noticed(text: str) -> Notice | None:
    """What in ``text`` accuses an official, by the vocabulary that comes with the application."""
    return _shipped_watch().notice(text)

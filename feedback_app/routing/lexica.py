"""The vocabulary compiled for matching: built once per vocabulary, used for every text."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from feedback_app.catalogue.packs.routing import Lexicon, Sign, VocabularyPack
from feedback_app.routing.latest import Latest
from feedback_app.routing.phrases import Matcher, Phrase, Text, read

_PER_WORD = 0.22  # how much each further word of a phrase adds to its weight
_LONGEST = 6


def _weighted(tag: str, lexicon: Lexicon, abbreviations: dict[str, str]) -> Iterable[Phrase]:
    for phrase, weight in lexicon.weighted():
        length = min(len(read(phrase, abbreviations).tokens), _LONGEST)
        yield Phrase(tag, weight * (1 + _PER_WORD * (length - 1)), phrase)


def _plain(tag: str, phrases: Iterable[str]) -> Iterable[Phrase]:
    return (Phrase(tag, 1.0, phrase) for phrase in phrases)


@dataclass(frozen=True)
class Lexica:
    """One matcher per question asked of a text."""

    vocabulary: VocabularyPack

    def read(self, raw: str) -> Text:
        return read(raw, self.vocabulary.abbreviations)

    def plain(self, groups: Mapping[str, tuple[str, ...]]) -> Matcher:
        """A matcher in which every phrase weighs the same; tags are the keys of ``groups``."""
        phrases = [p for tag, group in groups.items() for p in _plain(tag, group)]
        return Matcher(phrases, self.vocabulary.abbreviations)

    def _scored(self, lexicons: Mapping[Any, Lexicon], neutral: tuple[str, ...] = ()) -> Matcher:
        abbreviations = self.vocabulary.abbreviations
        phrases = [p for tag, lex in lexicons.items() for p in _weighted(tag, lex, abbreviations)]
        phrases += [Phrase("", 0.0, phrase) for phrase in neutral]
        return Matcher(phrases, abbreviations)

    @cached_property
    def fields(self) -> Matcher:
        return self._scored(self.vocabulary.fields, self.vocabulary.neutral)

    @cached_property
    def kinds(self) -> Matcher:
        return self._scored(self.vocabulary.kinds)

    @cached_property
    def agencies(self) -> Matcher:
        return self.plain(self.vocabulary.agencies)

    @cached_property
    def areas(self) -> Matcher:
        return self.plain(self.vocabulary.areas)

    @cached_property
    def marks(self) -> Matcher:
        """Where requests are made and where a company's name begins."""
        return self.plain({"request": self.vocabulary.requests, "opener": self.vocabulary.openers})

    @cached_property
    def signs(self) -> tuple[tuple[Sign, re.Pattern[str]], ...]:
        return tuple((sign, re.compile(sign.pattern)) for sign in self.vocabulary.signs)

    @cached_property
    def name_words(self) -> frozenset[str]:
        return frozenset(word for phrase in self.vocabulary.name_words for word in phrase.split())


compiled = Latest(Lexica)
"""The lexica of a vocabulary, compiled once while it stays the one in use."""

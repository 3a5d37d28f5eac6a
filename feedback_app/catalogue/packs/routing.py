"""Shapes of ``routing.yaml`` (who answers for what) and ``vocabulary.yaml`` (how people say it)."""

import re
from collections.abc import Iterator

from pydantic import Field, field_validator, model_validator

from feedback_app.catalogue.packs.shape import Code, Kind, LocalText, Shape, Text

DISTRICT = "@district"  # stands for the agency of the area the matter is about


class Words(Shape):
    """Phrases a rule looks for: one of ``any``, every one of ``all``, none of ``none``."""

    any: tuple[str, ...] = ()
    all: tuple[str, ...] = ()
    none: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.any or self.all or self.none)


class Source(Shape):
    """Where the assignment comes from: a numbered task of the action programme, or an assumption."""

    task: int | None = Field(default=None, ge=1, le=70)
    assumption: str | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> "Source":
        if (self.task is None) == (self.assumption is None):
            raise ValueError("cần đúng một trong hai: task hoặc assumption")
        return self


class Rule(Shape):
    """One row of routing: the first that fits, from the top, decides.

    An empty condition holds for everything. ``lead`` may be ``@district``; then ``otherwise`` answers
    where the area is unknown or the district level is gone. ``resolve_as`` is the field by which the lead's
    heir is found when it is not the matter's own.
    """

    code: Code
    kinds: tuple[Kind, ...] = ()
    fields: tuple[Code, ...] = ()
    procedures: tuple[Code, ...] = ()
    areas: tuple[Code, ...] = ()
    words: Words = Words()
    lead: str
    otherwise: Code | None = None
    coordinating: tuple[Code, ...] = ()
    resolve_as: Code | None = None
    certainty: float = Field(default=1.0, gt=0, le=1)
    source: Source
    reason: LocalText

    @model_validator(mode="after")
    def _district_has_a_fallback(self) -> "Rule":
        if self.lead == DISTRICT and self.otherwise is None:
            raise ValueError("lead là @district thì cần otherwise")
        return self


class Thresholds(Shape):
    """Figures of the decision; see docs/routing-accuracy.md for how they were chosen."""

    triage_below: float = Field(gt=0, lt=1)
    kind_score: float = Field(gt=0)
    contradiction: float = Field(gt=0, lt=1)


class RoutingPack(Shape):
    """``routing.yaml``."""

    version: Text
    thresholds: Thresholds
    sensitive_kinds: tuple[Kind, ...]
    fallbacks: tuple[Code, ...] = Field(min_length=3)
    sensitive_fallbacks: tuple[Code, ...] = Field(min_length=3)
    rules: tuple[Rule, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _codes_are_distinct(self) -> "RoutingPack":
        codes = [rule.code for rule in self.rules]
        twice = sorted({code for code in codes if codes.count(code) > 1})
        if twice:
            raise ValueError(f"mã quy tắc bị trùng: {', '.join(twice)}")
        return self


class Lexicon(Shape):
    """Phrases that speak for one thing, by how surely they do; ``against`` speaks against it."""

    strong: tuple[str, ...] = ()
    medium: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    against: tuple[str, ...] = ()

    def weighted(self) -> Iterator[tuple[str, float]]:
        """Every phrase with its weight before its length is taken into account."""
        for phrases, weight in (
            (self.strong, 3.0),
            (self.medium, 1.6),
            (self.weak, 0.6),
            (self.against, -2.5),
        ):
            yield from ((phrase, weight) for phrase in phrases)


class Pattern(Shape):
    """Sets of phrases that must follow one another in one sentence within ``within`` words."""

    kind: str
    sets: tuple[str, ...] = Field(min_length=1)
    within: int = Field(default=14, ge=1)


class AccusationSign(Shape):
    """The shape of a sentence that accuses; ``<name>`` in the pattern stands for any phrase of that set.

    A soft one gives way where the sentence speaks of money that is lawfully asked for.
    """

    kind: str
    soft: bool
    pattern: Text


class AccusationWords(Shape):
    """How people say that an official asked for money or harassed them, and what only sounds like it."""

    sets: dict[str, tuple[str, ...]]
    patterns: tuple[Pattern, ...]
    signs: tuple[AccusationSign, ...]
    legit: tuple[str, ...]
    harmless: tuple[str, ...]
    excuses: tuple[str, ...]
    private: tuple[str, ...]
    denials: tuple[str, ...]

    @model_validator(mode="after")
    def _sets_exist(self) -> "AccusationWords":
        missing = {name for p in self.patterns for name in p.sets} - set(self.sets)
        if missing:
            raise ValueError(f"patterns gọi tới sets chưa khai báo: {', '.join(sorted(missing))}")
        return self


class Sign(Shape):
    """The shape of a whole text that speaks for a kind: a regular expression over the folded text."""

    kind: Kind
    weight: float = Field(gt=0)
    pattern: Text

    @field_validator("pattern")
    @classmethod
    def _compiles(cls, pattern: str) -> str:
        try:
            re.compile(pattern)
        except re.error as error:
            raise ValueError(f"biểu thức chính quy không hợp lệ: {error}") from None
        return pattern


class VocabularyPack(Shape):
    """``vocabulary.yaml``."""

    version: Text
    abbreviations: dict[str, str]
    neutral: tuple[str, ...]
    openers: tuple[str, ...]
    name_words: tuple[str, ...]
    requests: tuple[str, ...]
    fields: dict[Code, Lexicon]
    kinds: dict[Kind, Lexicon]
    signs: tuple[Sign, ...]
    agencies: dict[Code, tuple[str, ...]]
    areas: dict[Code, tuple[str, ...]]
    accusation: AccusationWords
    complaint: tuple[str, ...]
    denunciation: tuple[str, ...]

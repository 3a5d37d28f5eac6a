"""A small log-linear model over the words of a text, trained by ``bench/train_accusations.py``.

It weighs what the rules found together with words and pairs of words, and is stored as plain data
(``data/accusation-weights.json``): a feature's weight says how much it speaks for an accusation.
"""

import json
import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations, pairwise
from pathlib import Path

from feedback_app.routing.phrases import Hit, Text

PATH = Path(__file__).parents[1] / "data" / "accusation-weights.json"
BY_RULE, BY_SHAPE = "<by-rule>", "<by-shape>"  # what ``accusation`` adds: a rule, or the shape alone, fits

_STEADY = 4  # keeps a text of few words from being judged by one of them
_OF_RULES = 0.7  # how loudly sets of phrases speak beside the words; by cross-validation
_COUNTED = frozenset(("#", "mot", "hai", "ba", "nam", "muoi", "may", "vai", "tram", "chuc"))
_UNITS = frozenset(
    (
        "trieu",
        "tr",
        "k",
        "nghin",
        "ngan",
        "cu",
        "chai",
        "do",
        "usd",
        "million",
        "dong",
        "vnd",
        "xi",
        "chuc",
        "ty",
    )
)
_LENGTHS = ((12, "<short>"), (25, "<middling>"), (50, "<long>"))


def values(features: frozenset[str]) -> dict[str, float]:
    """What each feature counts: those of the rules share one unit of length, the words another."""
    of_rules = sum(feature.startswith("<") for feature in features)
    rule = _OF_RULES / math.sqrt(of_rules + _STEADY)
    word = 1 / math.sqrt(len(features) - of_rules + _STEADY)
    return {feature: rule if feature.startswith("<") else word for feature in features}


@dataclass(frozen=True, slots=True)
class Weights:
    """``bias`` plus the weights of the features present, each times its value."""

    bias: float
    threshold: float
    weights: Mapping[str, float]

    def score(self, features: frozenset[str]) -> float:
        """Above ``threshold`` the text accuses."""
        known = ((self.weights.get(feature), value) for feature, value in values(features).items())
        return self.bias + math.fsum(weight * value for weight, value in known if weight is not None)


@cache
def shipped_weights() -> Weights:
    """The weights that come with the application."""
    return Weights(**json.loads(PATH.read_text("utf-8")))


def features(text: Text, hits: Sequence[Hit], aside: Sequence[Hit]) -> frozenset[str]:
    """Words, neighbouring words, the sets of phrases present, which share a sentence and in what order."""
    words = ["#" if t.folded.isdigit() else t.folded for t in text.tokens]
    found = {*words, *(f"{a} {b}" for a, b in pairwise(words)), *_marked(text), *_shape(text)}
    for spans in _by_sentence(text, words, (*hits, *aside)).values():
        found |= {f"<{tag}>" for tag in spans}
        found |= {f"<{a}+{b}>" for a, b in combinations(sorted(spans), 2)}
        found |= {
            f"<{a}>{b}>" for a, (end, _) in spans.items() for b, (_, start) in spans.items() if end < start
        }
    return frozenset(found)


def _marked(text: Text) -> Iterator[str]:
    """Words as written, where the author types diacritics: *thuế* is not *thuê*."""
    if text.marked:
        yield from ("~" + text.raw[t.start : t.end].lower() for t in text.tokens if t.marked)


def _shape(text: Text) -> Iterator[str]:
    if text.raw.rstrip().endswith("?"):
        yield "<ends-asking>"
    yield next((name for most, name in _LENGTHS if len(text.tokens) < most), "<very-long>")


def _by_sentence(
    text: Text, words: Sequence[str], hits: Sequence[Hit]
) -> dict[int, dict[str, tuple[int, int]]]:
    """For each sentence and set: where its first phrase ends and its last one starts."""
    spans: dict[int, dict[str, tuple[int, int]]] = defaultdict(dict)
    sums = ((at, at + 1, "amount") for at, pair in enumerate(pairwise(words)) if _is_sum(*pair))
    for first, last, tag in (*((h.first, h.last, h.phrase.tag) for h in hits), *sums):
        sentence = spans[text.tokens[first].sentence]
        end, start = sentence.get(tag, (last, first))
        sentence[tag] = (min(end, last), max(start, first))
    return spans


def _is_sum(number: str, unit: str) -> bool:
    return number in _COUNTED and unit in _UNITS

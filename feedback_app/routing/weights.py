"""A small log-linear model over the words of a text, trained by ``bench/train_accusations.py``.

It weighs what the rules found together with words and pairs of words, and is stored as plain data
(``data/accusation-weights.json``): a feature's weight says how much it speaks for an accusation.
"""

import json
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import combinations, pairwise
from pathlib import Path

from feedback_app.routing.phrases import Hit, Text

PATH = Path(__file__).parents[1] / "data" / "accusation-weights.json"
BY_RULE = "<by-rule>"


@dataclass(frozen=True, slots=True)
class Weights:
    """``bias`` plus the weights of the features present, over the root of their number."""

    bias: float
    threshold: float
    weights: Mapping[str, float]

    def score(self, features: frozenset[str]) -> float:
        """Above ``threshold`` the text accuses."""
        total = math.fsum(self.weights.get(feature, 0.0) for feature in features)
        return self.bias + total / math.sqrt(len(features) or 1)


@cache
def shipped_weights() -> Weights:
    """The weights that come with the application."""
    return Weights(**json.loads(PATH.read_text("utf-8")))


def features(text: Text, hits: Iterable[Hit], aside: Iterable[Hit], by_rule: bool) -> frozenset[str]:
    """Words, neighbouring words, the sets of phrases present and which of them share a sentence."""
    words = ["#" if t.folded.isdigit() else t.folded for t in text.tokens]
    found = {*words, *(f"{a} {b}" for a, b in pairwise(words))}
    together: dict[int, set[str]] = defaultdict(set)
    for hit in hits:
        together[text.tokens[hit.first].sentence].add(hit.phrase.tag)
    for tags in together.values():
        found |= {f"<{tag}>" for tag in tags}
        found |= {f"<{a}+{b}>" for a, b in combinations(sorted(tags), 2)}
    found |= {f"<{hit.phrase.tag}>" for hit in aside}
    return frozenset(found | {BY_RULE} if by_rule else found)

"""A small log-linear model over the words of a text, trained by ``bench/train_accusations.py``.

It weighs what the rules found together with words and pairs of words, and is stored as plain data
(``data/accusation-weights.json``): a feature's weight says how much it speaks for an accusation.
"""

import json
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations, pairwise
from pathlib import Path

from feedback_app.routing.phrases import Hit, Text

PATH = Path(__file__).parents[1] / "data" / "accusation-weights.json"
BY_RULE, BY_SHAPE = "<by-rule>", "<by-shape>"  # what ``accusation`` adds: a rule, or the shape alone, fits


_STEADY = 4  # keeps a text of few words from being judged by one of them


def values(features: frozenset[str]) -> dict[str, float]:
    """What each feature counts: those of the rules share one unit of length, the words another."""
    of_rules = sum(feature.startswith("<") for feature in features)
    rule = 1 / math.sqrt(of_rules + _STEADY)
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
    """Words, neighbouring words, the sets of phrases present and which of them share a sentence."""
    words = ["#" if t.folded.isdigit() else t.folded for t in text.tokens]
    found = {*words, *(f"{a} {b}" for a, b in pairwise(words))}
    together: dict[int, set[str]] = defaultdict(set)
    for hit in (*hits, *aside):
        together[text.tokens[hit.first].sentence].add(hit.phrase.tag)
    for tags in together.values():
        found |= {f"<{tag}>" for tag in tags}
        found |= {f"<{a}+{b}>" for a, b in combinations(sorted(tags), 2)}
    return frozenset(found)

"""How much a text resembles the labelled texts of each field and kind, word by word.

Naive Bayes over words and neighbouring words, counted by ``bench/train_likeness.py`` and stored as plain data
(``data/likeness.json``). It only nudges what the phrases of the vocabulary say: it speaks where they are silent.
"""

import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from feedback_app.routing.phrases import Text

PATH = Path(__file__).parents[1] / "data" / "likeness.json"
_LONGEST = 3  # words in a run; three tell a question or a delay apart from other uses of its words


def runs(text: Text, longest: int = _LONGEST) -> frozenset[str]:
    """Runs of one to ``longest`` folded words; the ends of the text count as words, all numbers as one."""
    words = ["^", *("#" if t.folded.isdigit() else t.folded for t in text.tokens), "$"]
    return frozenset(
        " ".join(words[at : at + length])
        for length in range(1, longest + 1)
        for at in range(len(words) - length + 1)
    )


@dataclass(frozen=True, slots=True)
class Likeness:
    """Log odds of each label: ``unseen`` where a run never occurred with it, else what ``weights`` says."""

    unseen: Mapping[str, float]
    weights: Mapping[str, Mapping[str, float]]

    def of(self, text: Text) -> dict[str, float]:
        """A score for every label, above zero where the words resemble it; empty when no run is known."""
        known = [self.weights[run] for run in sorted(runs(text)) if run in self.weights]
        if not known:
            return {}
        told = defaultdict[str, list[float]](list)
        for weights in known:
            for label, weight in weights.items():
                told[label].append(weight - self.unseen[label])
        root = math.sqrt(len(known))
        return {
            label: (len(known) * unseen + math.fsum(told[label])) / root
            for label, unseen in self.unseen.items()
        }


def counted(labelled: Iterable[tuple[str, Text]], caution: float) -> Likeness:
    """The likeness learnt from texts and their labels; ``caution`` is how many texts of doubt are added."""
    texts, with_label, often = Counter[str](), defaultdict[str, Counter[str]](Counter), Counter[str]()
    for label, text in labelled:
        texts[label] += 1
        for run in runs(text):
            with_label[run][label] += 1
            often[run] += 1
    total = texts.total()

    def odds(run: str, label: str) -> float:
        doubt = caution * often[run] / total
        expected = (texts[label] + caution) * often[run] / total
        return round(math.log((with_label[run][label] + doubt) / expected), 3)

    unseen = {label: round(math.log(caution / (texts[label] + caution)), 3) for label in sorted(texts)}
    repeated = sorted(run for run, times in often.items() if times > 1)
    weights = {run: {label: odds(run, label) for label in sorted(with_label[run])} for run in repeated}
    return Likeness(unseen, weights)


@cache
def shipped_likeness() -> dict[str, Likeness]:
    """The likeness to ``fields`` and to ``kinds`` that comes with the application."""
    return {name: Likeness(**data) for name, data in json.loads(PATH.read_text("utf-8")).items()}

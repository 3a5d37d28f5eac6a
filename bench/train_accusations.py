"""Train the weights of ``feedback_app.routing.weights`` on the tuning texts.

Run from the project root: ``.venv/bin/python bench/train_accusations.py``; with ``--validate`` it only prints what
a five-fold cross-validation by themes finds at each threshold. The final sets (``*final*.jsonl``) are never read
here. Texts labelled only with an agency count as no accusation; every text is seen as written, without marks and
mistyped.
"""

import json
import math
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

from feedback_app.catalogue.packs import shipped
from feedback_app.core.text import fold
from feedback_app.routing.accusation import Watch
from feedback_app.routing.weights import PATH, Weights, values

TEXTS = Path(__file__).parent / "routing_texts"
ACCUSING = tuple(f"accusations-{name}" for name in ("tuning", "tuning-2", "tuning-3", "heldout", "fresh"))
FILINGS = ("tuning", "tuning-2", "tuning-3", "heldout", "fresh")
THRESHOLD = 0.15  # where, in cross-validation, a twentieth of all harmless texts is taken for accusing
ROUNDS, RATE, SHRINK, SEEN, KEPT, FOLDS = 6, 0.3, 0.0003, 2, 0.05, 5
BLOCK = 20  # neighbouring texts of a set are often about one matter: they stay in one fold
CHAT = {
    "không": "ko",
    "được": "dc",
    "cán bộ": "cb",
    "hồ sơ": "hs",
    "doanh nghiệp": "dn",
    "triệu": "tr",
    "gì": "j",
}


@dataclass(frozen=True, slots=True)
class Example:
    """A text as the model sees it, in each of its spellings."""

    spellings: tuple[frozenset[str], ...]
    accused: bool
    ordinary: bool
    group: str


def examples() -> Iterator[Example]:
    watch, dice = Watch(shipped().vocabulary, Weights(0.0, 0.0, {})), random.Random(7)
    for name in (*ACCUSING, *FILINGS):
        for at, line in enumerate((TEXTS / f"{name}.jsonl").read_text("utf-8").splitlines()):
            row = json.loads(line)
            spelt = (row["text"], fold(row["text"]), mistyped(row["text"], dice))
            group = row.get("theme") or f"{name} {at // BLOCK}"
            yield Example(tuple(map(watch.features, spelt)), bool(row.get("accused")), name in FILINGS, group)


def mistyped(text: str, dice: random.Random) -> str:
    """``text`` as typed in haste: some chat abbreviations, a letter lost, doubled or swapped in about sixty."""
    for word, short in CHAT.items():
        if dice.random() < 0.5:
            text = text.replace(word, short)
    letters = list(text)
    for _ in range(max(1, len(letters) // 60)):
        at = dice.randrange(len(letters) - 1)
        slip = dice.choice(("", letters[at] * 2, letters[at + 1] + letters[at]))
        letters[at : at + (2 if len(slip) == 2 and slip[0] != slip[1] else 1)] = [slip]
    return fold("".join(letters)) if dice.random() < 0.5 else "".join(letters)


def train(rows: Iterable[Example], seed: int = 1) -> tuple[float, dict[str, float]]:
    """Adaptive gradient descent of the logistic loss with shrinkage; both labels weigh alike in part."""
    rows = list(rows)
    often = Counter(feature for row in rows for feature in row.spellings[0] | row.spellings[1])
    kept = {feature for feature, times in often.items() if times >= SEEN}
    seen = [(sorted(values(found & kept).items()), row.accused) for row in rows for found in row.spellings]
    positive = sum(accused for _, accused in seen)
    balance = math.sqrt((len(seen) - positive) / positive)
    shuffle, bias, slope = random.Random(seed), 0.0, 1.0
    weights, slopes = defaultdict[str, float](float), defaultdict[str, float](lambda: 0.001)
    for _ in range(ROUNDS):
        shuffle.shuffle(seen)
        for found, accused in seen:
            odds = bias + sum(weights[feature] * value for feature, value in found)
            miss = (1 / (1 + math.exp(-odds)) - accused) * (balance if accused else 1.0)
            slope += miss * miss
            bias -= 0.3 * RATE * miss / math.sqrt(slope)
            for feature, value in found:
                gradient = miss * value + SHRINK * weights[feature]
                slopes[feature] += gradient * gradient
                weights[feature] -= RATE * gradient / math.sqrt(slopes[feature])
    return bias, weights


def validate(rows: list[Example]) -> None:
    """Print, for texts the model has not seen, how many are noticed at each threshold."""
    scored: list[tuple[float, Example]] = []
    for part in range(FOLDS):
        bias, weights = train(row for row in rows if _part(row) != part)
        model = Weights(bias, 0.0, {f: w for f, w in weights.items() if abs(w) >= KEPT})
        scored += [(model.score(row.spellings[0]), row) for row in rows if _part(row) == part]
    print("threshold  accusing  look-alikes  ordinary  harmless")
    for tenth in range(-25, 26, 2):
        groups = [
            [score >= tenth / 10 for score, row in scored if (row.accused, row.ordinary) in which]
            for which in (
                ((True, False),),
                ((False, False),),
                ((False, True),),
                ((False, False), (False, True)),
            )
        ]
        print(f"{tenth / 10:9.1f}", *(f"{sum(heard) / len(heard):10.1%}" for heard in groups))


def _part(row: Example) -> int:
    return crc32(row.group.encode()) % FOLDS


def main() -> None:
    rows = list(examples())
    if "--validate" in sys.argv[1:]:
        validate(rows)
        return
    bias, weights = train(rows)
    kept = {f: round(w, 3) for f, w in sorted(weights.items()) if abs(w) >= KEPT}
    model = {"bias": round(bias, 3), "threshold": THRESHOLD, "weights": kept}
    PATH.write_text(json.dumps(model, ensure_ascii=False, indent=0) + "\n", "utf-8")
    print(f"{len(kept)} weights written to {PATH.name}")


if __name__ == "__main__":
    main()

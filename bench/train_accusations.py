"""Train the weights of ``feedback_app.routing.weights`` on the tuning texts.

Run from the project root: ``.venv/bin/python bench/train_accusations.py``. The held-out and fresh sets are never
read here. Texts labelled only with an agency count as no accusation; every text is seen with and without marks.
"""

import json
import math
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from feedback_app.catalogue.packs import shipped
from feedback_app.core.text import fold
from feedback_app.routing.accusation import Watch
from feedback_app.routing.weights import PATH, Weights

TEXTS = Path(__file__).parent / "routing_texts"
SETS = ("accusations-tuning.jsonl", "tuning.jsonl")
THRESHOLD = -0.9
ROUNDS, RATE, DECAY, SHRINK, SEEN, KEPT = 40, 0.3, 0.95, 0.003, 3, 0.03

Example = tuple[frozenset[str], bool]


def examples() -> Iterator[Example]:
    watch = Watch(shipped().vocabulary, Weights(0.0, 0.0, {}))
    for name in SETS:
        for line in (TEXTS / name).read_text("utf-8").splitlines():
            row = json.loads(line)
            yield watch.features(row["text"]), bool(row.get("accused"))
            yield watch.features(fold(row["text"])), bool(row.get("accused"))


def train(rows: list[Example], seed: int = 1) -> tuple[float, dict[str, float]]:
    """Stochastic gradient descent of the logistic loss with shrinkage; both labels weigh alike in part."""
    often = Counter(feature for found, _ in rows for feature in found)
    rows = [(frozenset(f for f in found if often[f] >= SEEN), label) for found, label in rows]
    positive = sum(label for _, label in rows)
    balance = math.sqrt((len(rows) - positive) / positive)
    shuffle, rate, bias, weights = random.Random(seed), RATE, 0.0, defaultdict[str, float](float)
    for _ in range(ROUNDS):
        shuffle.shuffle(rows)
        for found, label in rows:
            root = math.sqrt(len(found) or 1)
            odds = bias + sum(weights[f] for f in sorted(found)) / root
            miss = (1 / (1 + math.exp(-odds)) - label) * (balance if label else 1.0)
            bias -= rate * 0.3 * miss
            for feature in found:
                weights[feature] -= rate * (miss / root + SHRINK * weights[feature])
        rate *= DECAY
    return bias, weights


def main() -> None:
    bias, weights = train(list(examples()))
    kept = {f: round(w, 3) for f, w in sorted(weights.items()) if abs(w) >= KEPT}
    model = {"bias": round(bias, 3), "threshold": THRESHOLD, "weights": kept}
    PATH.write_text(json.dumps(model, ensure_ascii=False, indent=0) + "\n", "utf-8")
    print(f"{len(kept)} weights written to {PATH.name}")


if __name__ == "__main__":
    main()

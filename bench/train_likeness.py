"""Count the words of ``feedback_app.routing.likeness`` in the tuning texts.

Run from the project root: ``.venv/bin/python bench/train_likeness.py``. The final sets are never read here.
"""

import json
from dataclasses import asdict
from pathlib import Path

from feedback_app.catalogue.packs import shipped
from feedback_app.routing.likeness import PATH, counted
from feedback_app.routing.phrases import read

TEXTS = Path(__file__).parent / "routing_texts"
SETS = ("tuning", "tuning-2", "tuning-3", "heldout", "fresh")
FIELD_CAUTION, KIND_CAUTION = 3.0, 1.0


def main() -> None:
    lines = [line for name in SETS for line in (TEXTS / f"{name}.jsonl").read_text("utf-8").splitlines()]
    rows = [json.loads(line) for line in lines]
    texts = [read(row["text"], shipped().vocabulary.abbreviations) for row in rows]
    model = {
        "fields": asdict(counted(zip((r["field"] for r in rows), texts, strict=True), FIELD_CAUTION)),
        "kinds": asdict(counted(zip((r["kind"] for r in rows), texts, strict=True), KIND_CAUTION)),
    }
    PATH.write_text(json.dumps(model, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")
    print(f"{len(model['fields']['weights'])} runs of words written to {PATH.name}")


if __name__ == "__main__":
    main()

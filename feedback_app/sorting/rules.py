"""From corrections to a rule: its condition as plain data, and the words by which corrected texts differ."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from feedback_app.core.text import fold

_WORD = re.compile(r"[^\W_]+")
_PAUSE = re.compile(r"[.,;:!?()\n]")
_LONGEST = 4  # words of a phrase
_OFTEN = 0.5  # in this share of the corrected texts
_RARE = 0.1  # and in no more than this share of the others
_FEWEST = 2  # corrected texts: one text alone tells nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """When the rule fits; empty means that it does not matter. ``kinds`` never holds a sensitive one."""

    kinds: tuple[str, ...]
    field: str
    procedure: str = ""
    area: str = ""
    any: tuple[str, ...] = ()
    none: tuple[str, ...] = ()


def rule_of(condition: Condition, *, code: str, lead: str, support: int, reason: str) -> dict[str, object]:
    """Return the row of ``routing.yaml``; its source says that it is an assumption drawn from corrections."""
    return {
        "code": code,
        "kinds": list(condition.kinds),
        "fields": [condition.field],
        "procedures": [condition.procedure] if condition.procedure else [],
        "areas": [condition.area] if condition.area else [],
        "words": {"any": list(condition.any), "all": [], "none": list(condition.none)},
        "lead": lead,
        "source": {"assumption": f"cơ quan đầu mối rút ra từ {support} lần phân loại lại"},
        "reason": {"vi": reason, "en": f"as the focal point corrected it {support} times"},
    }


def lines(typed: str) -> tuple[str, ...]:
    """Return the phrases of a text with one on each line (or between commas), each once."""
    found = (" ".join(part.split()) for part in re.split(r"[\n,;]", typed))
    return tuple(dict.fromkeys(phrase for phrase in found if phrase))


def telling(corrected: Sequence[str], others: Sequence[str], most: int = 6) -> tuple[str, ...]:
    """Return phrases that most corrected texts share and hardly any of the others has, the most telling first.

    Of phrases that overlap only one is named.
    """
    if len(corrected) < _FEWEST:
        return ()
    spellings: dict[str, str] = {}
    inside = _share(corrected, spellings)
    outside = _share(others, {})
    found = [p for p, share in inside.items() if share >= _OFTEN and outside.get(p, 0.0) <= _RARE]
    found.sort(key=lambda p: (outside.get(p, 0.0) - inside[p], -len(p), p))
    kept: list[str] = []
    for phrase in found:
        if not _pairs(phrase) & {pair for other in kept for pair in _pairs(other)}:
            kept.append(phrase)
    return tuple(spellings[phrase] for phrase in kept[:most])


def _pairs(phrase: str) -> set[tuple[str, str]]:
    """Return the neighbouring words: two phrases that share a pair say the same thing."""
    return set(pairwise(phrase.split()))


def _share(texts: Sequence[str], spellings: dict[str, str]) -> dict[str, float]:
    counted: Counter[str] = Counter()
    for text in texts:
        counted.update(_phrases(text, spellings))
    return {phrase: n / len(texts) for phrase, n in counted.items()}


def _phrases(text: str, spellings: dict[str, str]) -> set[str]:
    """Return the folded phrases of two to four words of one text; how it wrote them goes into ``spellings``."""
    found = set()
    for run in _runs(text):
        for first in range(len(run)):
            for length in range(2, min(_LONGEST, len(run) - first) + 1):
                written = " ".join(run[first : first + length])
                folded = fold(written)
                spellings.setdefault(folded, written)
                found.add(folded)
    return found


def _runs(text: str) -> Iterable[list[str]]:
    """Yield the words between two signs: a phrase does not reach over a full stop."""
    ends = [0, *(m.end() for m in _PAUSE.finditer(text)), len(text)]
    for start, end in pairwise(ends):
        yield _WORD.findall(text[start:end])

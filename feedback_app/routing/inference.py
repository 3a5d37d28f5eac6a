"""Kind and field of a filing, read from its words."""

import math
from collections import defaultdict
from dataclasses import dataclass

from feedback_app.catalogue.packs import Kind
from feedback_app.core.text import fold
from feedback_app.routing.lexica import Lexica
from feedback_app.routing.likeness import shipped_likeness
from feedback_app.routing.phrases import Hit, Text

_IN_REQUEST = 1.3  # what a letter asks for counts more than what it tells
_IN_NAME = 0.12  # "Công ty CP Xây dựng …" is not about construction
_AGAIN = 0.25  # what the same phrase adds when it is repeated
_SOFTNESS = 1.9  # score difference that makes one field e times likelier than another
_NOTHING_SAID = 1.2  # score of "other": what evidence must beat
_NAME_REACH = 8
_LIKE_FIELD = 0.3  # what likeness adds to a field's score; by cross-validation, as is the next
_LIKE_KIND = 0.6
_DEFAULT_KIND = Kind.OBSTACLE.value  # what a filing is unless another kind has more to show
_SHOUTING = 0.6  # share of capitals above which they say nothing

FieldShares = dict[str, float]


@dataclass(frozen=True, slots=True)
class Reading:
    """What the words say: shares of the fields (sum 1), scores of the kinds, and the phrases found."""

    fields: FieldShares
    kinds: dict[str, float]
    phrases: dict[str, tuple[str, ...]]
    agencies: dict[str, float]
    areas: tuple[str, ...]


def infer(text: Text, lexica: Lexica) -> Reading:
    """Read ``text``; an empty one says ``other`` and nothing else."""
    emphasis = _Emphasis(text, lexica)
    scores, phrases = _tally(lexica.fields.hits(text), text, emphasis)
    kinds, _ = _tally(lexica.kinds.hits(text), text, None)
    _add_signs(kinds, text, lexica)
    _add_likeness(scores, kinds, text)
    agencies, _ = _tally(lexica.agencies.hits(text), text, emphasis)
    areas = [hit.phrase.tag for hit in lexica.areas.hits(text)]
    return Reading(_shares(scores), dict(kinds), phrases, dict(agencies), tuple(dict.fromkeys(areas)))


def _add_signs(kinds: dict[str, float], text: Text, lexica: Lexica) -> None:
    folded = fold(text.raw)
    for sign, pattern in lexica.signs:
        if pattern.search(folded):
            kinds[sign.kind] = kinds.get(sign.kind, 0.0) + sign.weight


def _add_likeness(fields: dict[str, float], kinds: dict[str, float], text: Text) -> None:
    """Nudge the scores by what the text resembles; a field no phrase spoke for enters only if it is alike."""
    shipped = shipped_likeness()
    for field, likeness in shipped["fields"].of(text).items():
        if field in fields or likeness > 0:
            fields[field] = fields.get(field, 0.0) + _LIKE_FIELD * likeness
    alike = shipped["kinds"].of(text)
    for kind, likeness in alike.items():
        kinds[kind] = kinds.get(kind, 0.0) + _LIKE_KIND * (likeness - alike[_DEFAULT_KIND])


class _Emphasis:
    """How much a hit counts by where it stands."""

    def __init__(self, text: Text, lexica: Lexica) -> None:
        self._text = text
        marks = lexica.marks.hits(text)
        self._asking = {text.tokens[h.first].sentence for h in marks if h.phrase.tag == "request"}
        self._names = _name_tokens(text, [h for h in marks if h.phrase.tag == "opener"], lexica.name_words)

    def of(self, hit: Hit) -> float:
        if hit.first in self._names and hit.last in self._names:
            return _IN_NAME
        return _IN_REQUEST if self._text.tokens[hit.first].sentence in self._asking else 1.0


def _name_tokens(text: Text, openers: list[Hit], name_words: frozenset[str]) -> set[int]:
    letters = [c for c in text.raw if c.isalpha()]
    shouting = bool(letters) and sum(c.isupper() for c in letters) / len(letters) > _SHOUTING
    inside: set[int] = set()
    for opener in openers:
        for at in range(opener.last + 1, min(opener.last + 1 + _NAME_REACH, len(text.tokens))):
            token = text.tokens[at]
            capital = text.raw[token.start].isupper() and not shouting
            if not capital and token.folded not in name_words:
                break
            inside.add(at)
    return inside


def _tally(
    hits: list[Hit], text: Text, emphasis: _Emphasis | None
) -> tuple[dict[str, float], dict[str, tuple[str, ...]]]:
    """Scores by tag and, strongest first, the author's words that made them."""
    best: dict[tuple[str, str], float] = {}
    repeats: dict[tuple[str, str], int] = defaultdict(int)
    quotes: dict[tuple[str, str], str] = {}
    for hit in hits:
        key = (hit.phrase.tag, hit.phrase.text)
        score = hit.score * (emphasis.of(hit) if emphasis else 1.0)
        repeats[key] += 1
        if key not in best or abs(score) > abs(best[key]):
            best[key], quotes[key] = score, text.quote(hit.first, hit.last)
    scores: dict[str, float] = defaultdict(float)
    for (tag, _), score in best.items():
        if tag:
            scores[tag] += score * (1 + _AGAIN * min(repeats[(tag, _)] - 1, 2))
    ranked = sorted((key for key in best if key[0] and best[key] > 0), key=lambda key: (-best[key], key))
    phrases: dict[str, list[str]] = defaultdict(list)
    for key in ranked:
        phrases[key[0]].append(quotes[key])
    return scores, {tag: tuple(found) for tag, found in phrases.items()}


def _shares(scores: dict[str, float]) -> FieldShares:
    full = {**scores, "other": scores.get("other", 0.0) + _NOTHING_SAID}
    top = max(full.values())
    odds = {tag: math.exp((score - top) / _SOFTNESS) for tag, score in full.items()}
    total = sum(odds.values())
    ranked = sorted(odds, key=lambda tag: (-odds[tag], tag))
    return {tag: odds[tag] / total for tag in ranked}

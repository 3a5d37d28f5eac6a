"""What is published of a quarter's answers: weighted shares, and counts by field that give no small one away. Pure.

The answers of single cells (field × size) are read here and nowhere else; what comes out may be shown as it is.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from feedback_app.catalogue.packs.pulses import UNSAID, PulsesPack, Question
from feedback_app.disclosure import TOTAL, Key, Protected, Source, Table, Unprotectable, protect_together
from feedback_app.pulses.sampling import ALL, Stratum
from feedback_app.pulses.weighting import Weighted, share, weights
from feedback_app.surveys.rules import LEAST

REST = "rest"  # small fields together; no field has that code

Cells = Mapping[Stratum, Mapping[str, Mapping[str, int]]]  # cell → question → option → answers


@dataclass(frozen=True, slots=True)
class Round:
    """How many the register has, and how many were invited, by cell."""

    registered: Mapping[Stratum, int]
    invited: Mapping[Stratum, int]


def published(pack: PulsesPack, told: Round, cells: Cells) -> dict[str, Any]:
    """Return the content of the quarter's table; below five answers it says no more than that."""
    answered = {cell: sum(next(iter(own.values())).values()) for cell, own in cells.items()}
    total = sum(answered.values())
    content: dict[str, Any] = {
        "questions": pack.version,
        "register": sum(told.registered.values()),
        "invited": sum(told.invited.values()),
        "answered": total if total >= LEAST else None,
        "minimum_n": pack.weighting.minimum_n,
        "most_weight": pack.weighting.most_weight,
    }
    if total < LEAST:
        return content | {"shares": [], "fields": [], "tables": {}, "details": {}}
    groups = field_groups(answered, pack.weighting.least_in_field)
    return content | {
        "shares": list(_shares(pack, weights(told.registered, answered, pack.weighting.most_weight), cells)),
        "fields": _fields(groups, told.invited, answered),
        "tables": {q.code: _by_field(q, groups, cells) for q in pack.questions if q.shares},
        "details": {q.code: _detail(q, cells, pack.weighting.minimum_n) for q in pack.questions},
    }


def field_groups(answered: Mapping[Stratum, int], least: int) -> dict[str, str]:
    """Return under which name each field is shown: its own, or ``REST`` together with other small ones."""
    totals: Counter[str] = Counter()
    for (field, _size), n in answered.items():
        totals[field] += n
    small = {field for field, n in totals.items() if n < least or field == ALL}
    for field, _n in sorted(totals.items(), key=lambda pair: (pair[1], pair[0])):
        if not small or sum(totals[one] for one in small) >= least:
            break
        small.add(field)
    return {field: REST if field in small else field for field in totals}


def classes(question: Question) -> dict[str, str]:
    """Return options by the part they play in the question's shares: those that play the same go together."""
    parts: dict[tuple[bool, ...], str] = {}
    found = {}
    for code in (*(option.code for option in question.options), UNSAID):
        part = tuple(code in codes for one in question.shares for codes in (one.numerator, one.denominator))
        found[code] = parts.setdefault(part, code if any(part) else UNSAID)
    return found


def _shares(pack: PulsesPack, weight: Mapping[Stratum, float], cells: Cells) -> Iterable[dict[str, Any]]:
    for question in pack.questions:
        counts = {cell: own[question.code] for cell, own in cells.items()}
        for one in question.shares:
            told = share(counts, weight, frozenset(one.numerator), frozenset(one.denominator))
            yield {"code": str(one.code), "question": question.code, **_told(told, pack.weighting.minimum_n)}


def _told(told: Weighted, minimum: int) -> dict[str, Any]:
    if told.whole[1] < minimum:
        return {"n": told.n if told.n >= LEAST else None, "share": None, "effective": None}
    return {"n": told.n, "share": told.share, "effective": told.effective}


def _fields(
    groups: Mapping[str, str], invited: Mapping[Stratum, int], answered: Mapping[Stratum, int]
) -> list[dict[str, Any]]:
    asked, told = (_by_group(groups, counts) for counts in (invited, answered))
    return [{"field": name, "invited": asked[name], "answered": told[name]} for name in sorted(told)]


def _by_group(groups: Mapping[str, str], counts: Mapping[Stratum, int]) -> Counter[str]:
    found: Counter[str] = Counter()
    for (field, _size), n in counts.items():
        found[groups.get(field, REST)] += n
    return found


def _by_field(question: Question, groups: Mapping[str, str], cells: Cells) -> list[list[Any]] | None:
    """Return counts by field and class; the margins are known to every reader. None: nothing may be shown."""
    names, kinds = tuple(sorted({groups[field] for field, _size in cells})), classes(question)
    counts: Counter[Key] = Counter()
    for (field, _size), own in cells.items():
        for option, n in own[question.code].items():
            counts[groups[field], kinds[option]] += n
    codes = tuple(dict.fromkeys(kinds.values()))
    table = Table((("field", names), ("option", codes)), counts)
    found = guarded(table)
    return None if found is None else [[*key, n] for key, n in found.items() if TOTAL not in key]


def _detail(question: Question, cells: Cells, least: int) -> dict[str, int | None] | None:
    """Return how often each option was chosen that no share names as good; None where few chose any of them."""
    good = {code for one in question.shares for code in one.numerator}
    codes = tuple(option.code for option in question.options if option.code not in good)
    counts = Counter[Key](
        {(code,): sum(own[question.code].get(code, 0) for own in cells.values()) for code in codes}
    )
    if counts.total() < least or len(codes) == 1:
        return None
    found = guarded(Table((("option", codes),), counts))
    return None if found is None else {code: n for (code,), n in found.items() if code != TOTAL}


def guarded(table: Table) -> dict[Key, int | None] | None:
    """Return the table with small counts and what gives them away hidden, its margins being known to all.

    None where a known margin is small or gives a count away: then nothing inside may be shown.
    """
    whole = table.with_totals()
    margins: dict[Key, int | None] = {key: n for key, n in whole.items() if TOTAL in key}
    if any(n is not None and n < LEAST for n in margins.values()):
        return None
    known = Source(table, frozen=Protected(table.dimensions, margins, zeros_hidden=True))
    try:
        return dict(protect_together([known, Source(table)])[1].values)
    except Unprotectable:
        return None

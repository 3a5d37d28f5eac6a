"""Which counts are published of a period, how they hang together, and which of them must be hidden. Pure.

A puzzle is a whole count with its parts, by agency and by field: tables that share margins, so they are protected
together, and with everything that was published before of the same months.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from feedback_app import disclosure
from feedback_app.catalogue.packs.indicators import Measure
from feedback_app.disclosure import TOTAL, Key, Protected, Source, Table
from feedback_app.statistics.figures import Figure, Group

AGENCY, FIELD, PROVINCE = "agency", "field", "province"
NOBODY = "-"  # cases that no agency holds yet
REST = "rest"  # what makes the parts add up to the whole
TO_THE_POINT = "answered_to_the_point"
NOT_SOLVED = (Figure.REJECTED, Figure.REDIRECTED, Figure.POLICY_BACKLOG)
EDGES = (0, 2, 4, 6, 8, 21)  # working days at which the bands of the distribution begin
BANDS = (*(f"days_{one}_{other - 1}" for one, other in pairwise(EDGES)), f"days_{EDGES[-1]}")

Counts = Mapping[Group, Mapping[str, int]]
Shown = dict[tuple[str, str], dict[str, int | None]]  # (agency | field | province, code) → counts by name


@dataclass(frozen=True, slots=True)
class Cut:
    """One table of a puzzle: its rows and the parts of the whole that are its columns."""

    rows: str  # AGENCY, FIELD, or PROVINCE: a single row
    name: str
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Puzzle:
    whole: str
    cuts: tuple[Cut, ...]


_IN_TIME, _STATE = (Figure.IN_TIME, Figure.LATE), (Figure.OVERDUE, Figure.PAUSED)
_SATISFIED, _SOLVED = (Measure.SATISFIED_ANSWERED,), (Measure.SOLVED_SAYS_ENTERPRISE,)
PUZZLES = (
    Puzzle(Figure.RECEIVED, (Cut(AGENCY, "whole"), Cut(FIELD, "whole"))),
    Puzzle(
        Measure.ANSWERED,
        (
            Cut(AGENCY, "lateness", _IN_TIME),
            Cut(FIELD, "lateness", _IN_TIME),
            Cut(AGENCY, "days", BANDS),
            Cut(PROVINCE, "outcome", (TO_THE_POINT, *NOT_SOLVED)),
        ),
    ),
    Puzzle(Figure.OPEN, (Cut(AGENCY, "state", _STATE), Cut(FIELD, "state", _STATE))),
    Puzzle(
        Measure.RATED,
        (Cut(AGENCY, "said", _SATISFIED), Cut(FIELD, "said", _SATISFIED), Cut(AGENCY, "solved", _SOLVED)),
    ),
)
ADDED_UP = tuple(puzzle for puzzle in PUZZLES if puzzle.whole != Figure.OPEN)  # what a quarter is the sum of
NAMES = tuple(
    dict.fromkeys(
        name for puzzle in PUZZLES for name in (puzzle.whole, *(p for cut in puzzle.cuts for p in cut.parts))
    )
)


@dataclass(frozen=True, slots=True)
class Published:
    """Tables that are public already: of which months the sum, the true counts, and what was shown of them."""

    months: tuple[str, ...]
    counts: Counts
    tables: Sequence[Protected]


def bands_of(days: Mapping[int, int]) -> dict[str, int]:
    """Return how many answers took how many working days, in the bands that are published."""
    found = dict.fromkeys(BANDS, 0)
    for day, n in days.items():
        place = sum(edge <= day for edge in EDGES) - 1
        found[BANDS[place]] += n
    return found


def added(parts: Iterable[Counts]) -> dict[Group, dict[str, int]]:
    """Return the sum of the counts."""
    found: dict[Group, dict[str, int]] = {}
    for counts in parts:
        for group, own in counts.items():
            sums = found.setdefault(group, {})
            for name, n in own.items():
                sums[name] = sums.get(name, 0) + n
    return found


def protected(
    puzzle: Puzzle,
    counts: Counts,
    months: tuple[str, ...],
    before: Sequence[Published] = (),
    earlier: Sequence[Protected] = (),
) -> tuple[Protected, ...]:
    """Return the tables of the puzzle as they may be shown beside all that was published ``before``.

    ``earlier``: an earlier edition of the same tables. What that hid stays hidden.
    """
    categories = _categories([counts, *(each.counts for each in before)])
    sources = [
        Source(_table(cut, puzzle.whole, each.counts, categories), each.months, _widened(shown, categories))
        for each in before
        for cut, shown in zip(puzzle.cuts, each.tables, strict=True)
    ]
    hidden = [table.hidden for table in earlier] or [frozenset[Key]()] * len(puzzle.cuts)
    sources += [
        Source(_table(cut, puzzle.whole, counts, categories), months, hidden=own)
        for cut, own in zip(puzzle.cuts, hidden, strict=True)
    ]
    return disclosure.protect_together(sources, zeros_hidden=False)[-len(puzzle.cuts) :]


def shown(puzzle: Puzzle, tables: Sequence[Protected]) -> Shown:
    """Return the counts of the puzzle by row and name; ``None``: hidden."""
    found: Shown = {}
    for cut, table in zip(puzzle.cuts, tables, strict=True):
        for key, n in table.values.items():
            code = key[0] if cut.rows != PROVINCE else TOTAL
            part = key[-1] if cut.parts else TOTAL
            if part != REST:
                row = found.setdefault((cut.rows if code else PROVINCE, code), {})
                row[part or puzzle.whole] = n
    return found


def shown_in(tables: Mapping[str, Sequence[Protected]]) -> Shown:
    """Return every count of a release by row and name; ``tables`` by the whole they are parts of."""
    found: Shown = {}
    for puzzle in PUZZLES:
        for row, counts in (
            shown(puzzle, tables.get(puzzle.whole, ())).items() if puzzle.whole in tables else ()
        ):
            found.setdefault(row, {}).update(counts)
    return found


def _table(cut: Cut, whole: str, counts: Counts, categories: Mapping[str, tuple[str, ...]]) -> Table:
    rows = categories[cut.rows]
    dimensions = ((cut.rows, rows),) if cut.rows != PROVINCE else ()
    if cut.parts:
        dimensions = (*dimensions, (cut.name, (*map(str, cut.parts), REST)))
    return Table(dimensions, dict(_cells(cut, whole, counts, rows)))


def _cells(cut: Cut, whole: str, counts: Counts, rows: Sequence[str]) -> Iterator[tuple[Key, int]]:
    """Yield the counts of full cells, with the rest that makes rows and columns add up."""
    left = _parts(cut, whole, counts.get(Group(), {}))
    for code in rows:
        if code == NOBODY:
            continue
        own = counts.get(Group(agency=code) if cut.rows == AGENCY else Group(field=code), {})
        for part, n in _parts(cut, whole, own).items():
            left[part] -= n
            yield _key(cut, code, part), n
    for part, n in left.items():
        yield _key(cut, NOBODY, part), n


def _parts(cut: Cut, whole: str, own: Mapping[str, int]) -> dict[str, int]:
    found = {str(part): own.get(part, 0) for part in cut.parts}
    if TO_THE_POINT in found:
        found[TO_THE_POINT] = own.get(whole, 0) - sum(found.values())
    return found | {REST: own.get(whole, 0) - sum(found.values())}


def _key(cut: Cut, code: str, part: str) -> Key:
    return (*((code,) if cut.rows != PROVINCE else ()), *((part,) if cut.parts else ()))


def _categories(known: Sequence[Counts]) -> dict[str, tuple[str, ...]]:
    groups = {group for counts in known for group in counts if not group.sensitive}
    return {
        AGENCY: (*sorted({group.agency for group in groups} - {""}), NOBODY),
        FIELD: (*sorted({group.field for group in groups} - {""}), NOBODY),
        PROVINCE: (),
    }


def _widened(table: Protected, categories: Mapping[str, tuple[str, ...]]) -> Protected:
    """Return a published table with the rows that others have: it counts nothing there, and says so."""
    dimensions = tuple((name, categories.get(name) or own) for name, own in table.dimensions)
    keys = Table(dimensions, {}).keys()
    return Protected(dimensions, {key: table.values.get(key, 0) for key in keys}, table.zeros_hidden)

"""The public tables: what each agency and field did in a month, no small number among them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from feedback_app.catalogue.packs.indicators import Measure
from feedback_app.catalogue.store import Loaded
from feedback_app.statistics.figures import Figure, Group
from feedback_app.statistics.queries import Figures
from feedback_app.surveys.disclosure import TOTAL, disclosable
from feedback_app.surveys.rules import LEAST
from feedback_app.web.presenting import agency_name, field_name
from feedback_app.web.presenting.indicators import sensitive_counts

NOBODY = "-"  # cases that no agency holds yet
REST = "rest"
TO_THE_POINT = "answered_to_the_point"
NOT_SOLVED = (Figure.REJECTED, Figure.REDIRECTED, Figure.POLICY_BACKLOG)

# Each block adds up: its columns to the row's total, its rows to the province's.
BLOCKS: Mapping[str, tuple[str, ...]] = {
    Figure.RECEIVED: (),
    Measure.ANSWERED: (Figure.IN_TIME, Figure.LATE),
    Figure.OPEN: (Figure.OVERDUE, Figure.PAUSED),
}
COLUMNS = tuple(name for total, parts in BLOCKS.items() for name in (total, *parts))


@dataclass(frozen=True, slots=True)
class Row:
    """Figures by name; ``None``: hidden, because it is small or would tell a small one."""

    code: str
    name: str
    counts: Mapping[str, int | None]
    days_median: float | None
    days_p90: float | None


@dataclass(frozen=True, slots=True)
class Table:
    rows: Sequence[Row]
    total: Row

    @property
    def hides(self) -> bool:
        return any(n is None for row in (*self.rows, self.total) for n in row.counts.values())


@dataclass(frozen=True, slots=True)
class Tables:
    by_agency: Table
    by_field: Table
    sensitive: Mapping[str, str]
    outcomes: Mapping[str, int | None]  # how the answers of the whole province ended, by name


def tables(figures: Figures, loaded: Loaded) -> Tables:
    """Return both tables; a total that one of them must hide is hidden in the other too."""
    agencies = {group.agency: group for group in figures.by_group if group.agency and not group.sensitive}
    fields = {group.field: group for group in figures.by_group if group.field}
    on = figures.period.last
    by_agency = _table(figures, agencies, {code: agency_name(loaded, code, on) for code in agencies})
    by_field = _table(figures, fields, {code: field_name(loaded, code) for code in fields})
    hidden = {name for table in (by_agency, by_field) for name, n in table.total.counts.items() if n is None}
    shown = _without(by_agency, hidden)
    told = outcomes(figures, whole_is_shown=shown.total.counts[Measure.ANSWERED] is not None)
    return Tables(shown, _without(by_field, hidden), sensitive_counts(figures), told)


def outcomes(figures: Figures, *, whole_is_shown: bool) -> dict[str, int | None]:
    """Return how the answers ended, as far as it may be shown: what was solved or explained apart from the rest."""
    counts = {str(name): figures.count(Group(), name) for name in NOT_SOLVED}
    counts = {TO_THE_POINT: figures.count(Group(), Measure.ANSWERED) - sum(counts.values())} | counts
    if not whole_is_shown:
        return dict.fromkeys(counts)
    shown = disclosable({("all", name): n for name, n in counts.items()})
    return {name: shown.get(("all", name), 0) for name in counts}


def _table(figures: Figures, groups: Mapping[str, Group], names: Mapping[str, str]) -> Table:
    shown = _shown(figures, groups)
    rows = [_row(figures, shown, code, names[code], groups[code]) for code in groups]
    if any(shown.get((NOBODY, name), 0) != 0 for name in COLUMNS):
        rows.append(_row(figures, shown, NOBODY, _("Chưa phân công"), None))
    rows = [row for row in rows if any(n != 0 for n in row.counts.values())]
    return Table(sorted(rows, key=_order), _row(figures, shown, TOTAL, _("Toàn tỉnh"), Group()))


def _shown(figures: Figures, groups: Mapping[str, Group]) -> dict[tuple[str, str], int | None]:
    """Return each count by (row, name), as far as it may be shown."""
    found: dict[tuple[str, str], int | None] = {}
    for total, parts in BLOCKS.items():
        cells = dict(_cells(figures, groups, total, parts))
        for (row, column), n in disclosable(cells).items():
            name = total if column == TOTAL else column
            if name != REST:
                found[row, name] = n
    return found


def _cells(
    figures: Figures, groups: Mapping[str, Group], total: str, parts: tuple[str, ...]
) -> Iterator[tuple[tuple[str, str], int]]:
    """Yield the counts of one block, with the rest that makes its rows and columns add up."""
    for name in (*parts, REST):
        whole = _count(figures, Group(), total, parts, name)
        for code, group in groups.items():
            n = _count(figures, group, total, parts, name)
            whole -= n
            yield (code, name), n
        yield (NOBODY, name), whole


def _count(figures: Figures, group: Group, total: str, parts: Iterable[str], name: str) -> int:
    if name == REST:
        return figures.count(group, total) - sum(figures.count(group, part) for part in parts)
    return figures.count(group, name)


def _row(
    figures: Figures, shown: Mapping[tuple[str, str], int | None], code: str, name: str, group: Group | None
) -> Row:
    counts = {column: shown.get((code, column), 0) for column in COLUMNS}
    answered = counts[Measure.ANSWERED]
    enough = group is not None and answered is not None and answered >= LEAST
    return Row(
        code=code,
        name=name,
        counts=counts,
        days_median=figures.value(group, Figure.DAYS_MEDIAN) if enough and group else None,
        days_p90=figures.value(group, Figure.DAYS_P90) if enough and group else None,
    )


def _without(table: Table, hidden: Iterable[str]) -> Table:
    counts = {**table.total.counts, **dict.fromkeys(hidden)}
    return Table(
        table.rows,
        Row(table.total.code, table.total.name, counts, table.total.days_median, table.total.days_p90),
    )


def _order(row: Row) -> tuple[bool, int, str]:
    """Busiest first, as far as it is shown; those nobody holds last."""
    busy: Any = row.counts[Figure.RECEIVED] or 0
    return (row.code == NOBODY, -busy, row.name)

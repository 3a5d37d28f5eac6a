"""What a report says, as plain data: the page, the Word, the PDF and the Excel file are drawn from it alone. Pure."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self

from feedback_app.reports.words import Cell

SUMMARY, INDICATORS, AGENCIES, FIELDS, RESULTS = "summary", "indicators", "agencies", "fields", "results"


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its number of columns in ``heads``; ``widths`` are shares; the first row may be the total."""

    name: str
    title: str
    heads: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars: for each row one value a series; the description says in words what there is to see."""

    title: str
    description: str
    series: tuple[str, ...]
    rows: tuple[tuple[str, tuple[float, ...]], ...]


@dataclass(frozen=True, slots=True)
class Content:
    """A whole report but its list of tickets.

    Args:
        texts: what single placeholders of a layout stand for, figures among them, as they are printed.
        figures: the named figures themselves; None: there were no cases to take it of.
        sources: snapshots of the periods that it was compared with.
        method: pairs of a name and how it is computed.
        list_rows: how many lines the list of tickets has.
    """

    period: str
    agency: str
    snapshot: str
    texts: Mapping[str, str]
    figures: Mapping[str, float | None]
    sentences: tuple[str, ...]
    tables: tuple[Table, ...]
    charts: tuple[Chart, ...]
    method: tuple[tuple[str, str], ...]
    list_note: str
    list_rows: int
    sources: tuple[str, ...] = ()

    @property
    def is_draft(self) -> bool:
        return not self.snapshot

    def table(self, name: str) -> Table | None:
        return next((table for table in self.tables if table.name == name), None)

    def plain(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> Self:
        """Return the content that ``plain`` made."""
        lists: dict[str, Any] = {
            "sentences": tuple(plain["sentences"]),
            "sources": tuple(plain["sources"]),
            "method": tuple((name, meaning) for name, meaning in plain["method"]),
            "tables": tuple(_table(table) for table in plain["tables"]),
            "charts": tuple(_chart(chart) for chart in plain["charts"]),
        }
        return cls(**{**plain, **lists})


def _table(plain: Mapping[str, Any]) -> Table:
    heads, widths = tuple(plain["heads"]), tuple(plain["widths"])
    return Table(**{**plain, "heads": heads, "widths": widths, "rows": tuple(map(tuple, plain["rows"]))})


def _chart(plain: Mapping[str, Any]) -> Chart:
    rows = tuple((label, tuple(values)) for label, values in plain["rows"])
    return Chart(plain["title"], plain["description"], tuple(plain["series"]), rows)

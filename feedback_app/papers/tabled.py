"""A report with one table, as plain data; a cell is text or a number. Pure."""

from dataclasses import dataclass

Cell = str | int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tabled:
    """What stands on it: who reports, title, sentences, the table (``widths`` are shares), notes below it."""

    agency: str
    superior: str
    place_and_date: str
    title: str
    subtitle: str
    paragraphs: tuple[str, ...]
    heads: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()

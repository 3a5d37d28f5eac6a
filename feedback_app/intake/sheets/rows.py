"""What every kind of table comes down to."""

from dataclasses import dataclass

MOST_ROWS = 300  # without the heading: looked at and taken over in one go
MOST_COLUMNS = 60


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number as the spreadsheet shows it, and its cells as text without blanks around."""

    number: int
    cells: tuple[str, ...]


def letter(column: int) -> str:
    """Return what a spreadsheet calls the column (from 0): A, B, … Z, AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name

"""CSV as offices make it: with or without byte order mark; comma, semicolon or tab."""

import csv
from pathlib import Path

from flask_babel import gettext as _

from feedback_app.core.files import Refused
from feedback_app.intake.sheets.rows import MOST_ROWS, Row

_DELIMITERS = ";,\t"
_LONGEST_CELL = 100_000


def read(path: Path, most_rows: int = MOST_ROWS) -> list[Row]:
    """Return the rows; a row that runs over several lines bears the number of its place among the rows.

    Raises:
        Refused: not UTF-8, a quote that is never closed, or far too many rows.
    """
    return parsed(path.read_bytes().decode("utf-8-sig"), most_rows)  # examined: it is UTF-8


def parsed(text: str, most_rows: int = MOST_ROWS) -> list[Row]:
    """Return the rows of a text, as ``read`` those of a file."""
    heading = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=heading.count)
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(text.splitlines(keepends=True), delimiter=delimiter, strict=True)
    rows = []
    try:
        for number, cells in enumerate(reader, start=1):
            rows.append(Row(number, tuple(cell.strip() for cell in cells)))
            if number > 10 * most_rows:  # empty ones are not counted later, but not read for ever either
                break
    except csv.Error:
        raise Refused(_("tệp CSV hỏng, có thể do thiếu dấu ngoặc kép đóng")) from None
    return rows

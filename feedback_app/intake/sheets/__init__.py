"""Tables that offices type: rows of texts from .xlsx, .docx and .csv, and an empty .xlsx to fill in."""

from pathlib import Path

from flask_babel import gettext as _

from feedback_app.core.files import Refused
from feedback_app.intake.sheets import delimited, docx, xlsx
from feedback_app.intake.sheets.rows import MOST_COLUMNS, MOST_ROWS, Row, letter

__all__ = ["MOST_ROWS", "Row", "letter", "read"]


def read(path: Path, media_type: str, most_rows: int = MOST_ROWS, *, word: bool = False) -> list[Row]:
    """Return the rows that hold anything, under the numbers they bear in the file; the first is the heading.

    The file must have been examined (``core.files.take_in``): this reads it, it does not judge it safe.

    Args:
        word: whether the first table of a .docx is read too.

    Raises:
        Refused: neither .xlsx nor .csv, too many rows or columns, or broken.
    """
    if media_type == xlsx.MEDIA_TYPE:
        rows = xlsx.read(path)
    elif media_type == "text/csv":
        rows = delimited.read(path, most_rows)
    elif word and media_type == docx.MEDIA_TYPE:
        rows = docx.read(path)
    elif word:
        raise Refused(_("chỉ nhập được tệp Excel (.xlsx), Word (.docx) hoặc CSV (.csv)"))
    else:
        raise Refused(_("chỉ nhập được tệp Excel (.xlsx) hoặc CSV (.csv)"))
    found = [row for row in rows if any(row.cells)]
    if len(found) > most_rows + 1:
        raise Refused(_("có hơn %(most)s dòng; xin chia thành nhiều tệp", most=most_rows))
    if any(len(row.cells) > MOST_COLUMNS for row in found):
        raise Refused(_("có hơn %(most)s cột", most=MOST_COLUMNS))
    return found

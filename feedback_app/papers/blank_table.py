"""A Word file with an empty table to fill in."""

from collections.abc import Sequence

from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN

from feedback_app.papers import letter as page
from feedback_app.papers.word import line, packed, sheet

CELL = 10


def docx(above: str, headings: Sequence[str], *, rows: int) -> bytes:
    """Return a docx file, A4 across: a sentence, and a table of so many empty rows under its headings."""
    document = sheet(across=True, after=4)
    line(document, above, ALIGN.LEFT, size=page.SMALL)
    table = document.add_table(rows=rows + 1, cols=len(headings))
    table.style = "Table Grid"
    for cell, text in zip(table.rows[0].cells, headings, strict=True):
        line(cell, text, ALIGN.CENTER, size=CELL, bold=True)
    return packed(document)

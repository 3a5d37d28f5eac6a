"""A report with a table as a Word document, A4 across."""

from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm

from feedback_app.papers import letter as page
from feedback_app.papers.letter import MOTTO, NATION
from feedback_app.papers.tabled import Tabled
from feedback_app.papers.word import line, packed, sheet

SPAN = page.HEIGHT - page.LEFT - page.RIGHT  # across, in millimetres
CELL = 10


def docx(report: Tabled) -> bytes:
    """Return the report as the bytes of a docx file."""
    document = sheet(across=True, after=4)
    _head(document, report)
    line(document, report.title.upper(), ALIGN.CENTER, size=page.SIZE, bold=True)
    line(document, report.subtitle, ALIGN.CENTER, size=page.SMALL, italic=True)
    for text in report.paragraphs:
        line(document, text, ALIGN.JUSTIFY, size=page.SIZE)
    _table(document, report)
    for text in report.notes:
        line(document, text, ALIGN.LEFT, size=page.TINY, italic=True)
    return packed(document)


def _head(document: Any, report: Tabled) -> None:
    table = document.add_table(rows=1, cols=2)
    left, right = table.rows[0].cells
    if report.superior:
        line(left, report.superior.upper(), ALIGN.CENTER, size=page.SMALL)
    line(left, report.agency.upper(), ALIGN.CENTER, size=page.SMALL, bold=True)
    line(right, NATION, ALIGN.CENTER, size=page.SMALL - 1, bold=True)
    line(right, MOTTO, ALIGN.CENTER, size=page.SMALL, bold=True)
    line(right, report.place_and_date, ALIGN.CENTER, size=page.SMALL, italic=True)


def _table(document: Any, report: Tabled) -> None:
    table = document.add_table(rows=1, cols=len(report.heads))
    table.style, table.autofit = "Table Grid", False
    widths = [Mm(SPAN * share / sum(report.widths)) for share in report.widths]
    _fill(table.rows[0], report.heads, widths, bold=True)
    _repeat(table.rows[0])
    for row in report.rows:
        _fill(table.add_row(), row, widths, bold=False)


def _fill(row: Any, values: tuple[Any, ...], widths: list[Any], *, bold: bool) -> None:
    for cell, value, width in zip(row.cells, values, widths, strict=True):
        cell.width = width
        align = ALIGN.CENTER if bold or isinstance(value, int) else ALIGN.LEFT
        line(cell, str(value), align, size=CELL, bold=bold)


def _repeat(row: Any) -> None:
    """Let the row of headings stand on every page."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)  # noqa: SLF001 - the library has no name for it

"""A report with a table as a Word document, A4 across."""

import io
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from feedback_app.papers import letter as page
from feedback_app.papers.letter import MOTTO, NATION
from feedback_app.papers.tabled import Tabled

FONT = "Times New Roman"
SPAN = page.HEIGHT - page.LEFT - page.RIGHT  # across, in millimetres
CELL = 10


def docx(report: Tabled) -> bytes:
    """Return the report as the bytes of a docx file."""
    document = Document()
    _page(document)
    _head(document, report)
    _line(document, report.title.upper(), ALIGN.CENTER, size=page.SIZE, bold=True)
    _line(document, report.subtitle, ALIGN.CENTER, size=page.SMALL, italic=True)
    for text in report.paragraphs:
        _line(document, text, ALIGN.JUSTIFY, size=page.SIZE)
    _table(document, report)
    for text in report.notes:
        _line(document, text, ALIGN.LEFT, size=page.TINY, italic=True)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _page(document: Any) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(page.HEIGHT), Mm(page.WIDTH)
    section.top_margin, section.bottom_margin = Mm(page.TOP), Mm(page.BOTTOM)
    section.left_margin, section.right_margin = Mm(page.LEFT), Mm(page.RIGHT)
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(page.SIZE)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    style.paragraph_format.space_after = Pt(4)


def _head(document: Any, report: Tabled) -> None:
    table = document.add_table(rows=1, cols=2)
    left, right = table.rows[0].cells
    if report.superior:
        _line(left, report.superior.upper(), ALIGN.CENTER, size=page.SMALL)
    _line(left, report.agency.upper(), ALIGN.CENTER, size=page.SMALL, bold=True)
    _line(right, NATION, ALIGN.CENTER, size=page.SMALL - 1, bold=True)
    _line(right, MOTTO, ALIGN.CENTER, size=page.SMALL, bold=True)
    _line(right, report.place_and_date, ALIGN.CENTER, size=page.SMALL, italic=True)


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
        _line(cell, str(value), align, size=CELL, bold=bold)


def _repeat(row: Any) -> None:
    """Let the row of headings stand on every page."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)  # noqa: SLF001 - the library has no name for it


def _line(place: Any, text: str, align: Any, *, size: int, bold: bool = False, italic: bool = False) -> None:
    """Write one line; the empty paragraph with which a cell begins is used first."""
    lines = place.paragraphs
    fresh = hasattr(place, "_tc") and len(lines) == 1 and not lines[0].runs
    paragraph = lines[0] if fresh else place.add_paragraph()
    paragraph.alignment = align
    run = paragraph.add_run(text)
    run.font.size, run.bold, run.italic = Pt(size), bold, italic

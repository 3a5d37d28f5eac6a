"""A report as PDF: the layout's paragraphs and columns in their order, each with its place filled, its blocks drawn.

Of the type of a layout the size, bold and alignment of each paragraph are kept; what has no place on this path
(pictures, colours, running heads of the layout) stays in the Word file.
"""

import io
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.table import Table
from docx.text.paragraph import Paragraph
from fpdf.enums import XPos, YPos

from feedback_app.papers import letter as page
from feedback_app.papers.as_pdf import FAMILY
from feedback_app.reports import annex
from feedback_app.reports.content import Chart, Content
from feedback_app.reports.drawing import chart as charts
from feedback_app.reports.drawing.limits import LIST_ELSEWHERE, NOT_HERE, fits
from feedback_app.reports.drawing.pdf_sheet import Grid, Sheet
from feedback_app.reports.drawing.places import CHARTS, LIST, METHOD, SENTENCES, TABLES, block_of, filled

EMU = 36_000  # in a millimetre
ALIGNED = {WD_ALIGN_PARAGRAPH.CENTER: "C", WD_ALIGN_PARAGRAPH.RIGHT: "R", WD_ALIGN_PARAGRAPH.JUSTIFY: "J"}
HEIGHT = 0.46  # millimetres of line height for a point of size
TABLE_SIZE, LIST_SIZE, NOTE_SIZE = 9.5, 8.0, 9.5
KEEP = 55.0  # of a signature: it never stands apart from its title


def write(path: Path, layout: bytes, content: Content, listing: Iterable[annex.Row], at: datetime) -> None:
    """Write the report to ``path``, the same bytes for the same content and layout."""
    document = Document(io.BytesIO(layout))
    sheet = Sheet(f"Báo cáo {content.texts['ky_bao_cao']}", content.texts["ban_nhap"], at)
    sections = list(document.sections)
    _turn(sheet, sections.pop(0))
    for item in document.iter_inner_content():
        if isinstance(item, Table):
            _columns(sheet, item, content)
            continue
        _paragraph(sheet, item, content, listing)
        if item._p.xpath("./w:pPr/w:sectPr") and sections:  # noqa: SLF001 - where a section ends
            _turn(sheet, sections.pop(0))
    path.write_bytes(bytes(sheet.output()))


def _turn(sheet: Sheet, section: Any) -> None:
    """Begin a page as the section has it."""
    across = section.orientation == WD_ORIENT.LANDSCAPE
    sheet.set_margins(section.left_margin / EMU, page.TOP, section.right_margin / EMU)
    sheet.add_page(orientation="L" if across else "P")


def _paragraph(sheet: Sheet, paragraph: Paragraph, content: Content, listing: Iterable[annex.Row]) -> None:
    name = block_of(paragraph)
    if not name:
        if paragraph._p.xpath("./w:r/w:br[@w:type='page']"):  # noqa: SLF001
            sheet.add_page(same=True)
        _text(sheet, paragraph, content, sheet.l_margin, sheet.span)
    elif name == SENTENCES:
        for sentence in content.sentences:
            _justified(sheet, sentence)
    elif name == METHOD:
        for title, meaning in content.method:
            _lines(sheet, title, 10.5, bold=True)
            _lines(sheet, meaning, 10.5, align="J")
    elif name == CHARTS:
        for chart in content.charts:
            _chart(sheet, chart)
    elif name == LIST:
        _list(sheet, content, listing)
    else:
        _table(sheet, content, name)


def _text(sheet: Sheet, paragraph: Paragraph, content: Content, left: float, span: float) -> None:
    text = filled(paragraph.text, content.texts).strip()
    size, bold, capitals = _type_of(paragraph)
    if not text:
        sheet.ln(size * HEIGHT if not paragraph.text.strip() else 0)
        return
    align = ALIGNED.get(paragraph.alignment, "L") if paragraph.alignment is not None else "L"
    if paragraph.paragraph_format.keep_with_next and sheet.get_y() + 30 > sheet.lowest:
        sheet.add_page(same=True)
    _lines(sheet, text.upper() if capitals else text, size, bold=bold, align=align, left=left, span=span)


def _type_of(paragraph: Paragraph) -> tuple[float, bool, bool]:
    """Return size, weight and whether it is in capitals: those of the paragraph's first run with a text."""
    for run in paragraph.runs:
        if run.text.strip():
            return (run.font.size.pt if run.font.size else page.SIZE, bool(run.bold), bool(run.font.all_caps))
    return page.SIZE / 2, False, False


def _columns(sheet: Sheet, table: Table, content: Content) -> None:
    """Draw a table of the layout as columns beside one another, row by row."""
    for row in table.rows:
        lines = sum(len(cell.paragraphs) for cell in row.cells) / max(len(row.cells), 1)
        if sheet.get_y() + min(lines * 6, KEEP) > sheet.lowest:
            sheet.add_page(same=True)
        top = bottom = sheet.get_y()
        widths = [(cell.width or 0) / EMU for cell in row.cells]
        scale = sheet.span / (sum(widths) or 1)
        left = sheet.l_margin
        for cell, width in zip(row.cells, widths, strict=True):
            sheet.set_y(top)
            for paragraph in cell.paragraphs:
                _text(sheet, paragraph, content, left, width * scale)
            bottom, left = max(bottom, sheet.get_y()), left + width * scale
        sheet.set_y(bottom)


def _table(sheet: Sheet, content: Content, name: str) -> None:
    table = content.table(TABLES[name])
    if table is None:
        _lines(sheet, NOT_HERE, NOTE_SIZE)
        return
    if sheet.get_y() + 30 > sheet.lowest:
        sheet.add_page(same=True)
    sheet.ln(2)
    _lines(sheet, table.title, page.TINY + 1, bold=True)
    Grid(sheet, table.heads, table.widths, TABLE_SIZE).draw(table.rows)
    sheet.ln(1)
    if table.note:
        _lines(sheet, table.note, NOTE_SIZE)
    sheet.ln(2)


def _list(sheet: Sheet, content: Content, listing: Iterable[annex.Row]) -> None:
    if content.list_note:
        _lines(sheet, content.list_note, NOTE_SIZE)
    if fits(content):
        Grid(sheet, annex.HEADS, annex.WIDTHS, LIST_SIZE).draw(listing)
    else:
        _lines(sheet, LIST_ELSEWHERE if content.list_rows else annex.NONE, page.TINY)


def _chart(sheet: Sheet, chart: Chart) -> None:
    high = charts.height(chart)
    if sheet.get_y() + high > sheet.lowest:
        sheet.add_page(same=True)
    left, top = sheet.l_margin, sheet.get_y()
    for shape in charts.shapes(chart, sheet.span):
        if isinstance(shape, charts.Bar):
            sheet.set_fill_color(*shape.colour)
            sheet.rect(left + shape.x, top + shape.y, shape.width, shape.height, style="F")
        else:
            sheet.set_font(FAMILY, "B" if shape.bold else "", shape.size)
            wide = sheet.get_string_width(shape.text) if shape.right else 0
            sheet.text(left + shape.x - wide, top + shape.y, shape.text)
    sheet.set_fill_color(0)
    sheet.set_y(top + high)
    _lines(sheet, chart.description, NOTE_SIZE)
    sheet.ln(2)


def _justified(sheet: Sheet, text: str) -> None:
    sheet.set_font(FAMILY, "", page.SIZE)
    sheet.set_x(sheet.l_margin)
    columns = sheet.text_columns(text_align="J", line_height=1.35)
    with columns as column, column.paragraph(first_line_indent=page.INDENT, top_margin=1.5) as paragraph:
        paragraph.write(text)


def _lines(
    sheet: Sheet,
    text: str,
    size: float,
    *,
    bold: bool = False,
    align: str = "L",
    left: float | None = None,
    span: float | None = None,
) -> None:
    sheet.set_font(FAMILY, "B" if bold else "", size)
    sheet.set_x(sheet.l_margin if left is None else left)
    width = sheet.span if span is None else span
    sheet.multi_cell(width, size * HEIGHT, text, align=align, new_x=XPos.LMARGIN, new_y=YPos.NEXT)

"""A letter as a Word document, in Times New Roman."""

import io
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from feedback_app.papers import letter as page
from feedback_app.papers.letter import BASIS, MOTTO, NATION, RECIPIENTS, TO, Letter

FONT = "Times New Roman"


def docx(letter: Letter) -> bytes:
    """Return the letter as the bytes of a docx file."""
    document = Document()
    _page(document)
    _head(document, letter)
    if letter.title:
        _line(document, letter.title.upper(), ALIGN.CENTER, size=page.SIZE, bold=True)
    _line(document, f"{TO} {letter.addressee}", ALIGN.CENTER, size=page.SIZE)
    if letter.basis:
        _body(document, f"{BASIS} {'; '.join(letter.basis)}.")
    for paragraph in letter.paragraphs:
        _body(document, paragraph)
    _foot(document, letter)
    for note in letter.notes:
        _line(document, note, ALIGN.LEFT, size=page.TINY, italic=True)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(page.WIDTH), Mm(page.HEIGHT)
    section.top_margin, section.bottom_margin = Mm(page.TOP), Mm(page.BOTTOM)
    section.left_margin, section.right_margin = Mm(page.LEFT), Mm(page.RIGHT)
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(page.SIZE)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    style.paragraph_format.space_after = Pt(0)


def _head(document: Any, letter: Letter) -> None:
    left, right = _columns(document)
    if letter.superior:
        _line(left, letter.superior.upper(), ALIGN.CENTER, size=page.SMALL)
    _line(left, letter.agency.upper(), ALIGN.CENTER, size=page.SMALL, bold=True)
    _line(left, "―――――――", ALIGN.CENTER, size=page.TINY)
    _line(left, letter.number_line, ALIGN.CENTER, size=page.SMALL)
    if letter.subject:
        _line(left, f"V/v {letter.subject}", ALIGN.CENTER, size=page.TINY + 1)
    _line(right, NATION, ALIGN.CENTER, size=page.SMALL - 1, bold=True)
    _line(right, MOTTO, ALIGN.CENTER, size=page.SMALL, bold=True)
    _line(right, "――――――――――――", ALIGN.CENTER, size=page.TINY)
    _line(right, letter.date_line, ALIGN.CENTER, size=page.SMALL, italic=True)
    _line(document, "", ALIGN.LEFT, size=page.TINY)


def _foot(document: Any, letter: Letter) -> None:
    _line(document, "", ALIGN.LEFT, size=page.TINY)
    left, right = _columns(document)
    _line(left, RECIPIENTS, ALIGN.LEFT, size=page.TINY + 1, bold=True, italic=True)
    for recipient in letter.recipients:
        _line(left, f"- {recipient}", ALIGN.LEFT, size=page.TINY)
    _line(right, letter.signer_title.upper(), ALIGN.CENTER, size=page.SIZE, bold=True)
    for _ in range(4):
        _line(right, "", ALIGN.CENTER, size=page.SIZE)
    _line(right, letter.signer, ALIGN.CENTER, size=page.SIZE, bold=True)


def _columns(document: Any) -> tuple[Any, Any]:
    table = document.add_table(rows=1, cols=2)
    table.autofit = False
    widths = (Mm(66), Mm(page.WIDTH - page.LEFT - page.RIGHT - 66))
    for cell, width in zip(table.rows[0].cells, widths, strict=True):
        cell.width = width
    return table.rows[0].cells[0], table.rows[0].cells[1]


def _line(place: Any, text: str, align: Any, *, size: int, bold: bool = False, italic: bool = False) -> None:
    """Write one line; the empty paragraph with which a cell begins is used first."""
    lines = place.paragraphs
    fresh = hasattr(place, "_tc") and len(lines) == 1 and not lines[0].runs
    paragraph = lines[0] if fresh else place.add_paragraph()
    paragraph.alignment = align
    run = paragraph.add_run(text)
    run.font.size, run.bold, run.italic = Pt(size), bold, italic


def _body(document: Any, text: str) -> None:
    for part in text.splitlines() or [""]:
        paragraph = document.add_paragraph(part)
        paragraph.alignment = ALIGN.JUSTIFY
        paragraph.paragraph_format.first_line_indent = Mm(page.INDENT)
        paragraph.paragraph_format.space_before = Pt(6)

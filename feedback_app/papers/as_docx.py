"""A letter as a Word document, in Times New Roman."""

from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Mm, Pt

from feedback_app.papers import letter as page
from feedback_app.papers.letter import BASIS, MOTTO, NATION, RECIPIENTS, TO, Letter
from feedback_app.papers.word import line, packed, sheet


def docx(letter: Letter) -> bytes:
    """Return the letter as the bytes of a docx file."""
    document = sheet()
    _head(document, letter)
    if letter.title:
        line(document, letter.title.upper(), ALIGN.CENTER, size=page.SIZE, bold=True)
    line(document, f"{TO} {letter.addressee}", ALIGN.CENTER, size=page.SIZE)
    if letter.basis:
        _body(document, f"{BASIS} {'; '.join(letter.basis)}.")
    for paragraph in letter.paragraphs:
        _body(document, paragraph)
    _foot(document, letter)
    for note in letter.notes:
        line(document, note, ALIGN.LEFT, size=page.TINY, italic=True)
    return packed(document)


def _head(document: Any, letter: Letter) -> None:
    left, right = _columns(document)
    if letter.superior:
        line(left, letter.superior.upper(), ALIGN.CENTER, size=page.SMALL)
    line(left, letter.agency.upper(), ALIGN.CENTER, size=page.SMALL, bold=True)
    line(left, "―――――――", ALIGN.CENTER, size=page.TINY)
    line(left, letter.number_line, ALIGN.CENTER, size=page.SMALL)
    if letter.subject:
        line(left, f"V/v {letter.subject}", ALIGN.CENTER, size=page.TINY + 1)
    line(right, NATION, ALIGN.CENTER, size=page.SMALL - 1, bold=True)
    line(right, MOTTO, ALIGN.CENTER, size=page.SMALL, bold=True)
    line(right, "――――――――――――", ALIGN.CENTER, size=page.TINY)
    line(right, letter.date_line, ALIGN.CENTER, size=page.SMALL, italic=True)
    line(document, "", ALIGN.LEFT, size=page.TINY)


def _foot(document: Any, letter: Letter) -> None:
    line(document, "", ALIGN.LEFT, size=page.TINY)
    left, right = _columns(document)
    line(left, RECIPIENTS, ALIGN.LEFT, size=page.TINY + 1, bold=True, italic=True)
    for recipient in letter.recipients:
        line(left, f"- {recipient}", ALIGN.LEFT, size=page.TINY)
    line(right, letter.signer_title.upper(), ALIGN.CENTER, size=page.SIZE, bold=True)
    for _ in range(4):
        line(right, "", ALIGN.CENTER, size=page.SIZE)
    line(right, letter.signer, ALIGN.CENTER, size=page.SIZE, bold=True)


def _columns(document: Any) -> tuple[Any, Any]:
    table = document.add_table(rows=1, cols=2)
    table.autofit = False
    widths = (Mm(66), Mm(page.WIDTH - page.LEFT - page.RIGHT - 66))
    for cell, width in zip(table.rows[0].cells, widths, strict=True):
        cell.width = width
    return table.rows[0].cells[0], table.rows[0].cells[1]


def _body(document: Any, text: str) -> None:
    for part in text.splitlines() or [""]:
        paragraph = document.add_paragraph(part)
        paragraph.alignment = ALIGN.JUSTIFY
        paragraph.paragraph_format.first_line_indent = Mm(page.INDENT)
        paragraph.paragraph_format.space_before = Pt(6)

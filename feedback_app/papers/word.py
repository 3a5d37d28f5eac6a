"""What the Word documents share: the sheet with its margins and type, and a line of text."""

import io
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from feedback_app.papers import letter as page

FONT = "Times New Roman"


def sheet(*, across: bool = False, after: int = 0) -> Any:
    """Return an empty A4 document; ``after`` are the points below a paragraph."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(page.WIDTH), Mm(page.HEIGHT)
    if across:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Mm(page.HEIGHT), Mm(page.WIDTH)
    section.top_margin, section.bottom_margin = Mm(page.TOP), Mm(page.BOTTOM)
    section.left_margin, section.right_margin = Mm(page.LEFT), Mm(page.RIGHT)
    style: Any = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(page.SIZE)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    style.paragraph_format.space_after = Pt(after)
    return document


def line(place: Any, text: str, align: Any, *, size: int, bold: bool = False, italic: bool = False) -> None:
    """Write one line; the empty paragraph with which a cell begins is used first."""
    lines = place.paragraphs
    fresh = hasattr(place, "_tc") and len(lines) == 1 and not lines[0].runs
    paragraph = lines[0] if fresh else place.add_paragraph()
    paragraph.alignment = align
    run = paragraph.add_run(text)
    run.font.size, run.bold, run.italic = Pt(size), bold, italic


def packed(document: Any) -> bytes:
    """Return the document as the bytes of a docx file."""
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()

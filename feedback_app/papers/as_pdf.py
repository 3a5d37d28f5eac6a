"""A letter as a PDF with an embedded subset of Source Serif, which has every Vietnamese letter."""

from typing import Any

from fpdf import FPDF
from fpdf.enums import XPos, YPos

from feedback_app.config import ROOT
from feedback_app.papers import letter as page
from feedback_app.papers.letter import BASIS, MOTTO, NATION, RECIPIENTS, TO, Letter

FONTS = ROOT / "static" / "vendor" / "source-serif-pro-2.007"
FAMILY = "serif"
SPAN = page.WIDTH - page.LEFT - page.RIGHT
LEFT_SPAN = 66
LINE_HEIGHT = 1.35
LINE = 0.5  # millimetres of line height for a point of size


def pdf(letter: Letter) -> bytes:
    """Return the letter as the bytes of a PDF file."""
    sheet = _sheet(letter)
    _head(sheet, letter)
    if letter.title:
        _lines(sheet, letter.title.upper(), page.SIZE, align="C", bold=True)
    _lines(sheet, f"{TO} {letter.addressee}", page.SIZE, align="C")
    if letter.basis:
        _body(sheet, f"{BASIS} {'; '.join(letter.basis)}.")
    for paragraph in letter.paragraphs:
        _body(sheet, paragraph)
    _foot(sheet, letter)
    for note in letter.notes:
        _lines(sheet, note, page.TINY)
    return bytes(sheet.output())


def _sheet(letter: Letter) -> Any:
    sheet = FPDF(format="A4", unit="mm")
    sheet.set_margins(page.LEFT, page.TOP, page.RIGHT)
    sheet.set_auto_page_break(auto=True, margin=page.BOTTOM)
    sheet.add_font(FAMILY, "", FONTS / "SourceSerifPro-Regular.ttf")
    sheet.add_font(FAMILY, "B", FONTS / "SourceSerifPro-Bold.ttf")
    sheet.set_title(letter.title or letter.subject)
    sheet.set_lang("vi")
    sheet.add_page()
    return sheet


def _head(sheet: Any, letter: Letter) -> None:
    top, right = sheet.get_y(), page.LEFT + LEFT_SPAN
    if letter.superior:
        _lines(sheet, letter.superior.upper(), page.SMALL - 1, width=LEFT_SPAN, align="C")
    _lines(sheet, letter.agency.upper(), page.SMALL - 1, width=LEFT_SPAN, align="C", bold=True)
    _rule(sheet, page.LEFT + LEFT_SPAN / 2, 22)
    _lines(sheet, letter.number_line, page.SMALL, width=LEFT_SPAN, align="C")
    if letter.subject:
        _lines(sheet, f"V/v {letter.subject}", page.TINY + 1, width=LEFT_SPAN, align="C")
    left_end = sheet.get_y()
    sheet.set_xy(right, top)
    span = SPAN - LEFT_SPAN
    for text, size, bold in ((NATION, page.SMALL - 2, True), (MOTTO, page.SMALL, True)):
        _lines(sheet, text, size, width=span, align="C", bold=bold, left=right)
    _rule(sheet, right + span / 2, 48)
    _lines(sheet, letter.date_line, page.SMALL, width=span, align="C", left=right)
    sheet.set_xy(page.LEFT, max(left_end, sheet.get_y()) + 6)


def _foot(sheet: Any, letter: Letter) -> None:
    sheet.ln(6)
    if sheet.get_y() > page.HEIGHT - page.BOTTOM - 55:  # the signature never stands apart from its title
        sheet.add_page()
    top, right = sheet.get_y(), page.LEFT + SPAN / 2
    _lines(sheet, RECIPIENTS, page.TINY + 1, width=SPAN / 2, bold=True)
    for recipient in letter.recipients:
        _lines(sheet, f"- {recipient}", page.TINY, width=SPAN / 2)
    sheet.set_xy(right, top)
    _lines(sheet, letter.signer_title.upper(), page.SIZE, width=SPAN / 2, align="C", bold=True, left=right)
    sheet.set_xy(right, sheet.get_y() + 26)
    _lines(sheet, letter.signer, page.SIZE, width=SPAN / 2, align="C", bold=True, left=right)
    sheet.set_xy(page.LEFT, sheet.get_y() + 6)


def _body(sheet: Any, text: str) -> None:
    sheet.set_font(FAMILY, "", page.SIZE)
    sheet.set_x(page.LEFT)
    with sheet.text_columns(text_align="J", line_height=LINE_HEIGHT) as column:
        for part in text.splitlines() or [""]:
            with column.paragraph(first_line_indent=page.INDENT, top_margin=2) as paragraph:
                paragraph.write(part)


def _lines(
    sheet: Any,
    text: str,
    size: int,
    *,
    width: float = SPAN,
    align: str = "L",
    bold: bool = False,
    left: float = page.LEFT,
) -> None:
    if not text:
        return
    sheet.set_font(FAMILY, "B" if bold else "", size)
    sheet.set_x(left)
    sheet.multi_cell(width, size * LINE, text, align=align, new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _rule(sheet: Any, middle: float, length: float) -> None:
    y = sheet.get_y() + 0.8
    sheet.line(middle - length / 2, y, middle + length / 2, y)
    sheet.set_y(y + 1.2)

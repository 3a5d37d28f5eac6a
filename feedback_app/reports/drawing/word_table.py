"""Tables of Word as text: forty thousand rows are written out, never built as a tree."""

from collections.abc import Iterable, Iterator, Sequence
from xml.sax.saxutils import escape

from docx.oxml.ns import nsdecls

from feedback_app.reports.words import Cell, shown

TWIPS = 56.7  # in a millimetre
HALF_POINTS = 20  # 10 points
LIST_HALF_POINTS = 17
_SIDES = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="444444"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
UNPRINTABLE = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 65534, 65535))  # no XML may hold them


def opened(heads: Sequence[str], widths: Sequence[float], size: int = HALF_POINTS) -> str:
    """Return a table up to its rows: a row of headings that stands on every page. ``widths`` in millimetres."""
    grid = "".join(f'<w:gridCol w:w="{_twips(width)}"/>' for width in widths)
    return (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{_twips(sum(widths))}" w:type="dxa"/>'
        f'<w:tblBorders>{_SIDES}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        + _row(heads, widths, size, head=True)
    )


CLOSED = "</w:tbl>"


def rows(lines: Iterable[Sequence[Cell]], widths: Sequence[float], size: int = HALF_POINTS) -> Iterator[str]:
    """Yield the rows; numbers stand in the middle."""
    return (_row(line, widths, size) for line in lines)


def _row(cells: Sequence[Cell], widths: Sequence[float], size: int, *, head: bool = False) -> str:
    mark = "<w:tblHeader/>" if head else ""
    inside = "".join(_cell(cell, width, size, head=head) for cell, width in zip(cells, widths, strict=True))
    return f"<w:tr><w:trPr><w:cantSplit/>{mark}</w:trPr>{inside}</w:tr>"


def _cell(cell: Cell, width: float, size: int, *, head: bool) -> str:
    middle = '<w:jc w:val="center"/>' if head or not isinstance(cell, str) else '<w:jc w:val="left"/>'
    bold = "<w:b/>" if head else ""
    text = escape(shown(cell).translate(UNPRINTABLE))
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{_twips(width)}" w:type="dxa"/></w:tcPr><w:p><w:pPr>'
        f'<w:spacing w:before="0" w:after="0"/>{middle}</w:pPr><w:r><w:rPr>{bold}<w:sz w:val="{size}"/></w:rPr>'
        f'<w:t xml:space="preserve">{text}</w:t></w:r></w:p></w:tc>'
    )


def _twips(millimetres: float) -> int:
    return round(millimetres * TWIPS)

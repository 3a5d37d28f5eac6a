"""The first table of a .docx file as text. The format: ECMA-376, part 1, §17.4."""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO
from xml.etree import ElementTree as ET

from flask_babel import gettext as _

from feedback_app.core.files import Refused
from feedback_app.intake.sheets.parts import BROKEN, part
from feedback_app.intake.sheets.rows import MOST_COLUMNS, Row

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BREAKS = {f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}tab": " "}


def read(source: Path | IO[bytes]) -> list[Row]:
    """Return the rows of the first table; what stands around it, and tables within cells, is left out.

    Raises:
        Refused: no table in it, cells that are merged, broken, or unpacked too large.
    """
    try:
        with zipfile.ZipFile(source) as package:
            table = next(part(package, "word/document.xml").iter(f"{_W}tbl"), None)
            if table is None:
                raise Refused(_("tệp Word không có bảng nào"))
            return list(_rows(table))
    except BROKEN:
        raise Refused(_("tệp Word hỏng, không đọc được bảng đầu tiên")) from None


def _rows(table: ET.Element) -> Iterator[Row]:
    for number, row in enumerate(table.findall(f"{_W}tr"), start=1):
        cells = row.findall(f"{_W}tc")
        if any(_is_merged(cell) for cell in cells):
            raise Refused(_("dòng %(row)s của bảng có ô gộp; xin tách ô rồi gửi lại", row=number))
        texts = tuple(_text(cell) for cell in cells[: MOST_COLUMNS + 1])
        if any(texts):
            yield Row(number, texts)


def _is_merged(cell: ET.Element) -> bool:
    span = cell.find(f"{_W}tcPr/{_W}gridSpan")
    wide = span is not None and span.attrib.get(f"{_W}val", "1") != "1"
    return wide or cell.find(f"{_W}tcPr/{_W}vMerge") is not None


def _text(cell: ET.Element) -> str:
    """Return the text of the cell's own paragraphs; what was struck out with its changes tracked is gone."""
    lines = []
    for paragraph in cell.findall(f"{_W}p"):
        found = [(e.text or "") if e.tag == f"{_W}t" else _BREAKS.get(e.tag, "") for e in paragraph.iter()]
        lines.append("".join(found))
    return "\n".join(lines).strip()

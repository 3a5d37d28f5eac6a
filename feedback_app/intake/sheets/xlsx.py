"""The first sheet of an .xlsx file as text, and a new file with a heading. The format: ECMA-376, part 1."""

import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import IO
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

from flask_babel import gettext as _

from feedback_app.core.files import Refused
from feedback_app.intake.sheets.parts import BROKEN, part
from feedback_app.intake.sheets.rows import MOST_COLUMNS, Row

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Cell = str | int | float
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")  # no XML may hold them
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the oldest date that a zip file knows: not the moment at which it was made
NONE: Mapping[str, Sequence[int]] = MappingProxyType({})


def read(source: Path | IO[bytes]) -> list[Row]:
    """Return the rows of the first sheet, formulas as their last result.

    Raises:
        Refused: no sheet in it, broken, or unpacked too large.
    """
    try:
        with zipfile.ZipFile(source) as package:
            strings = _strings(package)
            return list(_rows(part(package, _first_sheet(package)), strings))
    except BROKEN:
        raise Refused(_("tệp Excel hỏng, không đọc được trang tính đầu tiên")) from None


def _first_sheet(package: zipfile.ZipFile) -> str:
    sheet = next(part(package, "xl/workbook.xml").iter(f"{_MAIN}sheet"))
    relations = part(package, "xl/_rels/workbook.xml.rels")
    target = next(r.attrib["Target"] for r in relations if r.attrib.get("Id") == sheet.attrib[f"{_REL}id"])
    return target.lstrip("/") if target.startswith("/") else str(PurePosixPath("xl") / target)


def _strings(package: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in package.namelist():
        return []
    return [_text(item) for item in part(package, "xl/sharedStrings.xml").iter(f"{_MAIN}si")]


def _text(item: ET.Element) -> str:
    """Return the text of a string with its runs, without the readings above it."""
    runs = [t.text or "" for t in item.findall(f"{_MAIN}t")]
    runs += [t.text or "" for run in item.findall(f"{_MAIN}r") for t in run.findall(f"{_MAIN}t")]
    return "".join(runs)


def _rows(sheet: ET.Element, strings: Sequence[str]) -> Iterator[Row]:
    number = 0
    for row in sheet.iter(f"{_MAIN}row"):
        number = int(row.attrib.get("r", number + 1))
        cells: dict[int, str] = {}
        for cell in row.findall(f"{_MAIN}c"):
            column = _column(cell.attrib.get("r", ""), len(cells))
            if column <= MOST_COLUMNS:
                cells[column] = _value(cell, strings).strip()
        if any(cells.values()):
            width = max(cells) + 1
            yield Row(number, tuple(cells.get(column, "") for column in range(width)))


def _column(reference: str, place: int) -> int:
    """Return the column (from 0) of a reference like ``C5``; without one, cells follow one another."""
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        return place
    number = 0
    for char in found.group(1):
        number = number * 26 + ord(char) - ord("A") + 1
    return number - 1


def _value(cell: ET.Element, strings: Sequence[str]) -> str:
    kind = cell.attrib.get("t", "n")
    if kind == "inlineStr":
        inline = cell.find(f"{_MAIN}is")
        return _text(inline) if inline is not None else ""
    value = cell.findtext(f"{_MAIN}v") or ""
    if kind == "s":
        return strings[int(value)] if value else ""
    return _number(value) if kind == "n" else value


def _number(value: str) -> str:
    """Return a number as people typed it: 4200000001, not 4.200000001E9."""
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value
    if not number.is_finite() or abs(number.adjusted()) > 30:  # noqa: PLR2004 - no code or date is that long
        return value
    return str(number.quantize(Decimal(1))) if number == number.to_integral_value() else str(number)


def write(
    path: Path,
    sheets: Sequence[tuple[str, Iterable[Sequence[Cell]]]],
    widths: Mapping[str, Sequence[int]] = NONE,
) -> None:
    """Write a new file with these sheets (name, rows), the same bytes for the same rows.

    A text stays a text, so codes keep their zeros and what looks like a formula is none; only numbers are numbers.

    Args:
        widths: of the columns of a sheet, in characters.
    """
    names = [name for name, _rows_ in sheets]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        targets = [f"worksheets/sheet{n}.xml" for n in range(1, len(names) + 1)]
        _put(package, "[Content_Types].xml", [_content_types(len(names))])
        _put(package, "_rels/.rels", [_relations(["officeDocument"], ["xl/workbook.xml"])])
        _put(package, "xl/workbook.xml", [_workbook(names)])
        _put(package, "xl/_rels/workbook.xml.rels", [_relations(["worksheet"] * len(names), targets)])
        for target, (name, rows) in zip(targets, sheets, strict=True):
            _put(package, f"xl/{target}", _sheet(rows, widths.get(name, ())))


def _put(package: zipfile.ZipFile, name: str, parts: Iterable[str]) -> None:
    info = zipfile.ZipInfo(name, LONG_AGO)
    info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
    with package.open(info, "w") as stream:
        for part in parts:
            stream.write(part.encode())


def _content_types(number: int) -> str:
    base, kind = "application/vnd.openxmlformats-", "officedocument.spreadsheetml"
    sheets = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{base}{kind}.worksheet+xml"/>'
        for n in range(1, number + 1)
    )
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Default Extension="rels" ContentType="{base}package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{base}{kind}.sheet.main+xml"/>{sheets}</Types>'
    )


def _relations(kinds: Sequence[str], targets: Sequence[str]) -> str:
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    inside = "".join(
        f'<Relationship Id="r{n}" Type="{base}{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(zip(kinds, targets, strict=True), start=1)
    )
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{package}">{inside}</Relationships>'


def _workbook(names: Sequence[str]) -> str:
    sheets = "".join(
        f'<sheet name="{escape(name)}" sheetId="{n}" r:id="r{n}"/>' for n, name in enumerate(names, start=1)
    )
    return f'<workbook xmlns="{_MAIN[1:-1]}" xmlns:r="{_REL[1:-1]}"><sheets>{sheets}</sheets></workbook>'


def _sheet(rows: Iterable[Sequence[Cell]], widths: Sequence[int]) -> Iterator[str]:
    columns = "".join(
        f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>'
        for n, width in enumerate(widths, start=1)
    )
    yield f'<worksheet xmlns="{_MAIN[1:-1]}">{f"<cols>{columns}</cols>" if columns else ""}<sheetData>'
    for row in rows:
        yield "<row>" + "".join(map(_cell, row)) + "</row>"
    yield "</sheetData></worksheet>"


def _cell(value: Cell) -> str:
    if isinstance(value, int | float):
        return f"<c><v>{value}</v></c>"
    return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(_UNPRINTABLE.sub("", value))}</t></is></c>'

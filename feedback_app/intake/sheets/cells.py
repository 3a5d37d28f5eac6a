"""Cells of a table read as what their column is for; what is wrong stands with its cell and what is expected there."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _

from feedback_app.core.text import fold
from feedback_app.intake.sheets.rows import Row, letter

LONGEST_LINE = 200
_DATE = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:\s.*)?|(\d{4})-(\d{2})-(\d{2})(?:[T\s].*)?")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_SERIAL = re.compile(r"\d{5}")
_DAY_ZERO = date(1899, 12, 30)  # of the spreadsheets' day numbers
_YES, _NO = frozenset({"co", "x", "1", "yes", "true"}), frozenset({"", "khong", "0", "no", "false"})
MOST_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Column:
    """One column; ``heading`` is what stands in its first cell, in Vietnamese whatever the page's language."""

    name: str
    heading: str
    meaning: Any
    required: bool = False
    longest: int = LONGEST_LINE


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in one cell; ``column`` is its letter, empty where a whole column is missing."""

    row: int
    column: str
    heading: str
    expected: str


class Unreadable(ValueError):
    """A cell does not hold what its column is for; the text says what is expected."""


class Table:
    """A table whose heading is known: reads cells, collects faults."""

    def __init__(self, columns: Sequence[Column], places: Mapping[str, int]) -> None:
        self._columns = {column.name: column for column in columns}
        self._places = places
        self.faults: list[Fault] = []

    def values(self, row: Row, readers: Mapping[str, Callable[[str], Any]]) -> dict[str, Any]:
        """Return what the row says by column, read by ``readers``; a wrong cell is left out and collected."""
        found = {}
        for column in self._columns.values():
            place = self._places.get(column.name)
            text = row.cells[place] if place is not None and place < len(row.cells) else ""
            try:
                _check(column, text)
                read = readers.get(column.name)
                found[column.name] = read(text) if read is not None else text
            except Unreadable as wrong:
                self.fault(row.number, column.name, str(wrong))
        return found

    def fault(self, row: int, name: str, expected: str) -> None:
        """Collect what only the whole row, or others, can tell of a cell."""
        place = self._places.get(name)
        where = letter(place) if place is not None else ""
        self.faults.append(Fault(row, where, self._columns[name].heading, expected))


def opened(rows: Sequence[Row], columns: Sequence[Column]) -> Table:
    """Return the table under its heading, the first row; what is wrong with that stands in its faults."""
    if not rows:
        return _broken(
            columns, Fault(1, "", "", _("dòng tiêu đề và ít nhất một dòng dữ liệu; tệp đang trống"))
        )
    places, faults = _headed(rows[0], columns)
    if not faults and len(rows) == 1:
        faults = [Fault(rows[0].number + 1, "", "", _("ít nhất một dòng dữ liệu dưới dòng tiêu đề"))]
    return _broken(columns, *faults) if faults else Table(columns, places)


def day(text: str) -> date:
    """Return the date as offices write it, or as spreadsheets number it. Raises Unreadable."""
    if _SERIAL.fullmatch(text):
        return _DAY_ZERO + timedelta(days=int(text))
    found = _DATE.fullmatch(text)
    day_, month, year, *iso = found.groups() if found is not None else (None,) * 6
    parts = (year, month, day_) if year else iso
    try:
        return date(*(int(part or "") for part in parts))
    except ValueError:
        raise Unreadable(_("ngày dạng ngày/tháng/năm, ví dụ 24/11/2026")) from None


def named(text: str, known: Sequence[tuple[str, str]]) -> str:
    """Return the code of what is called, or coded, ``text``; the empty text is no choice. Raises Unreadable."""
    if not text:
        return ""
    wanted = fold(text)
    found = next((code for code, name in known if wanted in {fold(code), fold(name)}), None)
    if found is None:
        shown = "; ".join(name for _code, name in known[:MOST_SHOWN])
        raise Unreadable(_("một trong: %(known)s", known=shown))
    return found


def email(text: str) -> str:
    """Return an address as it was typed; there may be none. Raises Unreadable."""
    if text and not _EMAIL.fullmatch(text):
        raise Unreadable(_("thư điện tử dạng ten@congty.vn, hoặc bỏ trống"))
    return text


def yes_or_no(text: str) -> bool:
    """Return what the cell says; the empty one says no. Raises Unreadable."""
    if fold(text) not in _YES | _NO:
        raise Unreadable(_("“có” hoặc “không”"))
    return fold(text) in _YES


def _broken(columns: Sequence[Column], *faults: Fault) -> Table:
    table = Table(columns, {})
    table.faults.extend(faults)
    return table


def _headed(heading: Row, columns: Sequence[Column]) -> tuple[dict[str, int], list[Fault]]:
    """Return where each known column stands; an unknown or doubled heading is a fault, nothing is left out unsaid."""
    known = {fold(column.heading): column for column in columns}
    places: dict[str, int] = {}
    faults = []
    for place, text in enumerate(heading.cells):
        column = known.get(fold(" ".join(text.rstrip(" *").split())))
        if text and (column is None or column.name in places):
            expected = ", ".join(c.heading for c in columns)
            faults.append(
                Fault(heading.number, letter(place), text, _("một trong các cột: %(c)s", c=expected))
            )
        elif column is not None:
            places[column.name] = place
    missing = [c for c in columns if c.required and c.name not in places]
    faults += [Fault(heading.number, "", c.heading, _("có cột này trong dòng tiêu đề")) for c in missing]
    return places, faults


def _check(column: Column, text: str) -> None:
    if column.required and not text:
        raise Unreadable(_("không được bỏ trống"))
    if len(text) > column.longest:
        raise Unreadable(_("tối đa %(most)s ký tự; đang có %(found)s", most=column.longest, found=len(text)))
    if any(char < " " and char not in "\n\r\t" for char in text):
        raise Unreadable(_("văn bản thường, không có ký tự điều khiển"))

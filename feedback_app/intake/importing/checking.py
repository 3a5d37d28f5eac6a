"""A table of filings, checked cell by cell: what is wrong stands with its cell and what is expected there."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from dataclasses import field as kept
from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _

from feedback_app.catalogue.packs import Kind
from feedback_app.catalogue.store import Loaded
from feedback_app.core.text import fold
from feedback_app.deadlines.errors import DeadlineError
from feedback_app.intake.importing.columns import COLUMNS, Column
from feedback_app.intake.labels import FILER_TYPES
from feedback_app.intake.rules import FilerType
from feedback_app.intake.sheets import Row, letter
from feedback_app.tickets import clocks

OLDEST = timedelta(days=730)
_DATE = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:\s.*)?|(\d{4})-(\d{2})-(\d{2})(?:[T\s].*)?")
_SERIAL = re.compile(r"\d{5}")
_DAY_ZERO = date(1899, 12, 30)  # of the spreadsheets' day numbers
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_YES, _NO = frozenset({"co", "x", "1", "yes", "true"}), frozenset({"", "khong", "0", "no", "false"})


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in one cell; ``column`` is its letter, empty where a whole column is missing."""

    row: int
    column: str
    heading: str
    expected: str


@dataclass(slots=True)
class Item:
    """One row, read: plain data that can wait in the database. Empty kind or field are to be guessed."""

    row: int
    code: str = ""
    received_on: str = ""
    title: str = ""
    body: str = ""
    name: str = ""
    filer_type: str = ""
    identifier: str = ""
    contact_name: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    kind: str = ""
    field: str = ""
    area: str = ""
    concerned: list[str] = kept(default_factory=list)
    hide_identity: bool = False
    guessed: list[str] = kept(default_factory=list)
    accuses: bool = False

    @property
    def day(self) -> date:
        """The local date on which the channel took it down."""
        return date.fromisoformat(self.received_on)


class Unreadable(ValueError):
    """A cell does not hold what its column is for; the text says what is expected."""


def check(
    rows: Sequence[Row], loaded: Loaded, *, channel: str, today: date
) -> tuple[list[Item], list[Fault]]:
    """Return what the rows say and everything that is wrong with them; the first row is the heading."""
    if not rows:
        return [], [Fault(1, "", "", _("dòng tiêu đề và ít nhất một dòng dữ liệu; tệp đang trống"))]
    places, faults = _places(rows[0])
    if faults:
        return [], faults
    if len(rows) == 1:
        return [], [Fault(rows[0].number + 1, "", "", _("ít nhất một dòng dữ liệu dưới dòng tiêu đề"))]
    reader = _Reader(loaded, channel, today, places)
    return [reader.item(row) for row in rows[1:]], reader.faults


def _places(heading: Row) -> tuple[dict[str, int], list[Fault]]:
    """Return where each known column stands; an unknown or doubled heading is a fault, nothing is left out unsaid."""
    known = {fold(column.heading): column for column in COLUMNS}
    places: dict[str, int] = {}
    faults = []
    for place, text in enumerate(heading.cells):
        column = known.get(fold(" ".join(text.rstrip(" *").split())))
        if text and (column is None or column.name in places):
            expected = ", ".join(c.heading for c in COLUMNS)
            faults.append(
                Fault(heading.number, letter(place), text, _("một trong các cột: %(c)s", c=expected))
            )
        elif column is not None:
            places[column.name] = place
    missing = [c for c in COLUMNS if c.required and c.name not in places]
    faults += [Fault(heading.number, "", c.heading, _("có cột này trong dòng tiêu đề")) for c in missing]
    return places, faults


class _Reader:
    """Reads rows, collects faults."""

    def __init__(self, loaded: Loaded, channel: str, today: date, places: dict[str, int]) -> None:
        self.catalogue, self.loaded = loaded.catalogue, loaded
        self.channel, self.today, self.places = channel, today, places
        self.faults: list[Fault] = []
        self.codes: dict[str, int] = {}
        self.readers: dict[str, Callable[[str], Any]] = {
            "area": self._area,
            "concerned": self._concerned,
            "email": _email,
            "field": self._field,
            "filer_type": self._filer_type,
            "hide_identity": _yes_or_no,
            "kind": self._kind,
            "received_on": self._received_on,
        }

    def item(self, row: Row) -> Item:
        item, before = Item(row.number), len(self.faults)
        for column in COLUMNS:
            self._read(item, row, column)
        if len(self.faults) == before:
            self._check_whole(item)
        return item

    def _read(self, item: Item, row: Row, column: Column) -> None:
        place = self.places.get(column.name)
        text = row.cells[place] if place is not None and place < len(row.cells) else ""
        try:
            setattr(item, column.name, self._value(column, text))
        except Unreadable as wrong:
            self._fault(row.number, column.name, str(wrong))

    def _value(self, column: Column, text: str) -> Any:
        if column.required and not text:
            raise Unreadable(_("không được bỏ trống"))
        if len(text) > column.longest:
            raise Unreadable(
                _("tối đa %(most)s ký tự; đang có %(found)s", most=column.longest, found=len(text))
            )
        if any(char < " " and char not in "\n\r\t" for char in text):
            raise Unreadable(_("văn bản thường, không có ký tự điều khiển"))
        read = self.readers.get(column.name)
        return read(text) if read is not None else text

    def _check_whole(self, item: Item) -> None:
        """Look at what only the whole row, or the rows before it, can tell."""
        first = self.codes.setdefault(item.code, item.row)
        if first != item.row:
            self._fault(item.row, "code", _("mã khác; mã này đã có ở dòng %(row)s", row=first))
        if item.concerned and item.kind not in self.catalogue.routing.sensitive_kinds:
            self._fault(
                item.row,
                "concerned",
                _("bỏ trống, trừ phản ánh chi phí không chính thức, thanh tra trùng lặp"),
            )
        try:
            clocks.promised(self.loaded, item.kind or Kind.OBSTACLE, item.day, item.area or None)
        except (DeadlineError, LookupError):
            self._fault(
                item.row, "received_on", _("ngày thuộc thời gian có quy chế và lịch làm việc trong hệ thống")
            )

    def _fault(self, row: int, name: str, expected: str) -> None:
        column = next(c for c in COLUMNS if c.name == name)
        place = self.places.get(name)
        self.faults.append(Fault(row, letter(place) if place is not None else "", column.heading, expected))

    def _received_on(self, text: str) -> str:
        day = _day(text)
        if day > self.today:
            raise Unreadable(_("ngày không sau hôm nay"))
        if day < self.today - OLDEST:
            raise Unreadable(_("ngày trong hai năm gần đây"))
        return day.isoformat()

    def _kind(self, text: str) -> str:
        return _named(text, [(k.code, k.name.vi) for k in self.catalogue.fields.kinds])

    def _field(self, text: str) -> str:
        return _named(text, [(f.code, f.name.vi) for f in self.catalogue.fields.fields])

    def _filer_type(self, text: str) -> str:
        if not text:
            return FilerType.CALLER if self.channel == "hotline" else FilerType.ENTERPRISE
        return _named(text, [(code.value, str(name)) for code, name in FILER_TYPES.items()])

    def _area(self, text: str) -> str:
        if not text:
            return ""
        found = self._areas(text)
        if len(found) > 1:
            raise Unreadable(
                _("tên rõ hơn: có %(n)s nơi mang tên này, hãy thêm huyện cũ sau dấu phẩy", n=len(found))
            )
        if not found:
            raise Unreadable(_("tên phường, xã (mới hoặc cũ) trong danh mục địa bàn"))
        return found[0]

    def _areas(self, text: str) -> list[str]:
        """Return what is called so today; where nothing is, what was called so when it last existed."""
        areas = self.catalogue.areas
        gone = sorted({a.valid_to for a in areas.areas if a.valid_to is not None}, reverse=True)
        for day in (self.today, *gone):
            if found := [area.code for area in areas.known_as(text, day)]:
                return found
        return [area.code for area in areas.areas if area.code == text]

    def _concerned(self, text: str) -> list[str]:
        living = [(a.code, a.name.vi) for a in self.loaded.directory.active(self.today)]
        return [_named(part.strip(), living) for part in text.split(";") if part.strip()]


def _day(text: str) -> date:
    if _SERIAL.fullmatch(text):
        return _DAY_ZERO + timedelta(days=int(text))
    found = _DATE.fullmatch(text)
    day, month, year, *iso = found.groups() if found is not None else (None,) * 6
    parts = (year, month, day) if year else iso
    try:
        return date(*(int(part or "") for part in parts))
    except ValueError:
        raise Unreadable(_("ngày dạng ngày/tháng/năm, ví dụ 24/11/2026")) from None


def _named(text: str, known: Sequence[tuple[str, str]]) -> str:
    """Return the code of what is called, or coded, ``text``; the empty text is no choice."""
    if not text:
        return ""
    wanted = fold(text)
    found = next((code for code, name in known if wanted in {fold(code), fold(name)}), None)
    if found is None:
        shown = "; ".join(name for _code, name in known[:40])
        raise Unreadable(_("một trong: %(known)s", known=shown))
    return found


def _email(text: str) -> str:
    if text and not _EMAIL.fullmatch(text):
        raise Unreadable(_("thư điện tử dạng ten@congty.vn, hoặc bỏ trống"))
    return text


def _yes_or_no(text: str) -> bool:
    if fold(text) not in _YES | _NO:
        raise Unreadable(_("“có” hoặc “không”"))
    return fold(text) in _YES

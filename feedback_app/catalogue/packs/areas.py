"""The shape of ``areas.yaml``, and the reader of the list of communes an administrator imports."""

import csv
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pydantic import Field

from feedback_app.catalogue.packs.shape import Code, LocalText, Shape, Text, covers, one
from feedback_app.core.text import words

COMMUNE_COLUMNS = ("code", "name", "old_district")
OLD_NAMES = "old_names"  # a fourth column that may be left out: names before the merger, separated by ;
OLD_COLUMNS = ("old_name", "old_district", "code")  # a list of its own: one row for each old place and heir
_SORTS = ("phuong ", "xa ", "thi tran ", "thi xa ", "thanh pho ", "huyen ", "dac khu ", "tp ")
_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class AreaType(StrEnum):
    """What kind of place it is."""

    DISTRICT = "district"
    COMMUNE = "commune"
    ZONE = "zone"


class Territory(Shape):
    """The ground on which a regulation binds; it outlives mergers."""

    code: Code
    name: LocalText


class OldName(Shape):
    """What a place was called before a reorganisation; ``district``: the code of the old district, if known."""

    name: Text
    district: Code | None = None


class Area(Shape):
    """A place a filer may name; ``agency`` is the body that administered it, if the pack knows it."""

    code: Code
    type: AreaType
    name: LocalText
    territory: Code
    agency: Code | None = None
    parent: Code | None = None
    valid_from: date
    valid_to: date | None = None
    old_names: tuple[OldName, ...] = ()
    confirmed: bool
    source: Text

    def exists(self, on: date) -> bool:
        """Whether the area stands on that day."""
        return covers(on, self.valid_from, self.valid_to)


class AreasPack(Shape):
    """The areas of the province."""

    version: Text
    territories: tuple[Territory, ...] = Field(min_length=1)
    areas: tuple[Area, ...]

    def area(self, code: str) -> Area:
        """Return the area of that code. Raises LookupError if there is none."""
        return one(self.areas, code, "địa bàn")

    def known_as(self, typed: str, on: date) -> tuple[Area, ...]:
        """Return the areas of that day that are, or once were, called what somebody typed; several where it was split.

        Diacritics, case and "phường", "xã" and the like need not be typed; an old district may follow a comma.
        """
        place, _, district = typed.partition(",")
        wanted, within = _bare(place), _bare(district)
        return tuple(area for area in self.existing(on) if wanted and self._is_called(area, wanted, within))

    def _is_called(self, area: Area, wanted: str, within: str) -> bool:
        if not within and _bare(area.name.vi) == wanted:
            return True
        return any(_bare(old.name) == wanted and self._in(old.district, within) for old in area.old_names)

    def _in(self, district: str | None, within: str) -> bool:
        return not within or (district is not None and _bare(self.area(district).name.vi) == within)

    def existing(self, on: date) -> tuple[Area, ...]:
        """Return the areas that stand on that day, in the order of the pack."""
        return tuple(area for area in self.areas if area.exists(on))


@dataclass(frozen=True)
class Commune:
    """One row of the imported list; ``old_district`` is the code of a district of 2024 or empty."""

    code: str
    name: str
    old_district: str
    old_names: tuple[str, ...] = ()


@dataclass(frozen=True)
class OldPlace:
    """One row of the old→new table: ``code`` is the commune that an old ward or commune became (a part of)."""

    old_name: str
    old_district: str
    code: str


@dataclass(frozen=True)
class RowError:
    """Why a row was refused; ``line`` is the line of the file, from 1."""

    line: int
    message: str


def parse_communes(text: str) -> tuple[tuple[Commune, ...], tuple[RowError, ...]]:
    """Read the CSV ``code,name,old_district[,old_names]``; return the good rows, and why others were refused."""
    reader = csv.DictReader(text.lstrip("\ufeff").splitlines())
    if tuple(reader.fieldnames or ()) not in {COMMUNE_COLUMNS, (*COMMUNE_COLUMNS, OLD_NAMES)}:
        return (), (RowError(1, f"dòng tiêu đề phải là: {','.join(COMMUNE_COLUMNS)}"),)
    good: dict[str, Commune] = {}
    errors: list[RowError] = []
    for row in reader:
        problem = _row_problem(row, good)
        if problem:
            errors.append(RowError(reader.line_num, problem))
        else:
            code, name, district = (row[column].strip() for column in COMMUNE_COLUMNS)
            commune = Commune(code, name, district, _names(row.get(OLD_NAMES)))
            good[commune.code] = commune
    return tuple(good.values()), tuple(errors)


def parse_old_places(text: str) -> tuple[tuple[OldPlace, ...], tuple[RowError, ...]]:
    """Read the CSV ``old_name,old_district,code``; return the good rows, and why others were refused."""
    reader = csv.DictReader(text.lstrip("\ufeff").splitlines())
    if tuple(reader.fieldnames or ()) != OLD_COLUMNS:
        return (), (RowError(1, f"dòng tiêu đề phải là: {','.join(OLD_COLUMNS)}"),)
    good: dict[OldPlace, None] = {}
    errors: list[RowError] = []
    for row in reader:
        cells = [row.get(column) for column in OLD_COLUMNS]
        if None in row or None in cells:
            errors.append(RowError(reader.line_num, f"cần đúng 3 cột: {','.join(OLD_COLUMNS)}"))
        elif not str(cells[0]).strip() or not _CODE.fullmatch(str(cells[2]).strip()):
            errors.append(RowError(reader.line_num, "thiếu tên cũ, hoặc mã xã, phường không hợp lệ"))
        else:
            good[OldPlace(*(str(cell).strip() for cell in cells))] = None
    return tuple(good), tuple(errors)


def _names(cell: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name.strip() for name in (cell or "").split(";") if name.strip()))


def _bare(name: str) -> str:
    """Return a name as people may type it: folded, without the word for what kind of place it is."""
    found = " ".join(words(name))
    return next((found.removeprefix(sort) for sort in _SORTS if found.startswith(sort)), found)


def _row_problem(row: dict[str, str | None], known: dict[str, Commune]) -> str | None:
    cells = [row.get(column) for column in COMMUNE_COLUMNS]
    if None in row or None in cells:
        return f"cần đúng {len(COMMUNE_COLUMNS)} cột: {','.join(COMMUNE_COLUMNS)}"
    code, name, district = (str(cell).strip() for cell in cells)
    if not _CODE.fullmatch(code):
        return f"mã '{code}' chỉ được gồm chữ thường không dấu, số và gạch nối"
    if code in known:
        return f"mã '{code}' đã có ở dòng trên"
    if not name:
        return "thiếu tên xã, phường, đặc khu"
    if district and not _CODE.fullmatch(district):
        return f"mã huyện cũ '{district}' không hợp lệ"
    return None

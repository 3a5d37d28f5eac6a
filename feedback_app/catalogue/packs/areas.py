"""The shape of ``areas.yaml``, and the reader of the list of communes an administrator imports."""

import csv
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pydantic import Field

from feedback_app.catalogue.packs.shape import Code, LocalText, Shape, Text, covers, one

COMMUNE_COLUMNS = ("code", "name", "old_district")
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

    def existing(self, on: date) -> tuple[Area, ...]:
        """Return the areas that stand on that day, in the order of the pack."""
        return tuple(area for area in self.areas if area.exists(on))


@dataclass(frozen=True)
class Commune:
    """One row of the imported list; ``old_district`` is the code of a district of 2024 or empty."""

    code: str
    name: str
    old_district: str


@dataclass(frozen=True)
class RowError:
    """Why a row was refused; ``line`` is the line of the file, from 1."""

    line: int
    message: str


def parse_communes(text: str) -> tuple[tuple[Commune, ...], tuple[RowError, ...]]:
    """Read the CSV ``code,name,old_district``; return the good rows, and why others were refused."""
    reader = csv.DictReader(text.lstrip("\ufeff").splitlines())
    if tuple(reader.fieldnames or ()) != COMMUNE_COLUMNS:
        return (), (RowError(1, f"dòng tiêu đề phải là: {','.join(COMMUNE_COLUMNS)}"),)
    good: dict[str, Commune] = {}
    errors: list[RowError] = []
    for row in reader:
        problem = _row_problem(row, good)
        if problem:
            errors.append(RowError(reader.line_num, problem))
        else:
            commune = Commune(*(row[column].strip() for column in COMMUNE_COLUMNS))
            good[commune.code] = commune
    return tuple(good.values()), tuple(errors)


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

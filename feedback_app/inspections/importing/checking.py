"""A table of visits, checked cell by cell."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask_babel import gettext as _

from feedback_app.catalogue.store import Loaded
from feedback_app.inspections.entries import FIELD, Entry, Problem, normal_tax_code
from feedback_app.inspections.importing.columns import (
    COLUMNS,
    FORM_WORDS,
    PLANNED_WORDS,
    PROVINCE,
    STATE_WORDS,
)
from feedback_app.inspections.labels import PROBLEMS
from feedback_app.inspections.rules import State
from feedback_app.intake.sheets import Row
from feedback_app.intake.sheets.cells import Table, Unreadable, day, named, opened

FIRST_YEAR = 2015
YEARS_AHEAD = 2


@dataclass(slots=True)
class Checked:
    """The lines of a table (row number and entry) and, in the table, what is wrong with it."""

    table: Table
    lines: list[tuple[int, Entry]] = field(default_factory=list)


def check(rows: Sequence[Row], loaded: Loaded, *, today: date) -> Checked:
    """Return what the rows say and everything that is wrong with them; the first row is the heading."""
    checked = Checked(opened(rows, COLUMNS))
    if checked.table.faults:
        return checked
    reader = _Reader(loaded, today, checked.table)
    checked.lines = [(row.number, entry) for row in rows[1:] if (entry := reader.entry(row)) is not None]
    return checked


class _Reader:
    """Reads rows; the table collects what is wrong."""

    def __init__(self, loaded: Loaded, today: date, table: Table) -> None:
        self.loaded, self.today, self.table = loaded, today, table
        self.seen: dict[tuple[str, int, str], int] = {}
        pack = loaded.catalogue.inspections
        self.agencies = _agency_names(loaded, today)
        self.contents = [(content.code, content.name.vi) for content in pack.contents]
        exceptions = [(exception.code, exception.name.vi) for exception in pack.exceptions]
        self.readers: dict[str, Callable[[str], Any]] = {
            "agency": self._agency,
            "contents": lambda text: self._several(text, self.contents),
            "decided_on": _day,
            "ends_on": _day,
            "exception": lambda text: named(text, exceptions),
            "form": lambda text: named(text, list(FORM_WORDS.items())),
            "joined": lambda text: self._several(text, self.agencies),
            "planned": lambda text: named(text, list(PLANNED_WORDS.items())) == "planned",
            "starts_on": _day,
            "state": lambda text: named(text, list(STATE_WORDS.items())) or State.PLANNED,
            "tax_code": _tax_code,
            "year": self._year,
        }

    def entry(self, row: Row) -> Entry | None:
        before = len(self.table.faults)
        values = self.table.values(row, self.readers)
        if len(self.table.faults) > before:
            return None
        entry = Entry(**values)
        self._check_whole(row.number, entry)
        return entry

    def _check_whole(self, number: int, entry: Entry) -> None:
        """Look at what only the whole row, or the rows before it, can tell."""
        for problem in entry.problems(self.today):
            self.table.fault(number, FIELD[problem], str(PROBLEMS[problem]))
        first = self.seen.setdefault(entry.key, number)
        if first != number:
            self.table.fault(number, "code", _("mã khác; cơ quan này đã có mã này ở dòng %(row)s", row=first))
        for name, code in (("agency", entry.agency), *(("joined", code) for code in entry.joined)):
            if not existed_in(self.loaded, code, entry.year):
                self.table.fault(number, name, _("cơ quan có trong năm %(year)s", year=entry.year))

    def _year(self, text: str) -> int:
        last = self.today.year + YEARS_AHEAD
        if not (text.isascii() and text.isdigit() and FIRST_YEAR <= int(text) <= last):
            raise Unreadable(_("năm từ %(first)s đến %(last)s", first=FIRST_YEAR, last=last))
        return int(text)

    def _agency(self, text: str) -> str:
        return named(text, self.agencies)

    def _several(self, text: str, known: Sequence[tuple[str, str]]) -> tuple[str, ...]:
        parts = [named(part.strip(), known) for part in text.split(";") if part.strip()]
        return tuple(dict.fromkeys(parts))


def existed_in(loaded: Loaded, code: str, year: int) -> bool:
    """Say whether the agency stood on some day of the year."""
    agency = next(a for a in loaded.catalogue.agencies.agencies if a.code == code)
    ended = agency.valid_to is not None and agency.valid_to.year < year
    return agency.valid_from.year <= year and not ended


def _agency_names(loaded: Loaded, today: date) -> list[tuple[str, str]]:
    """Return code and each name that an agency bore; of two of one name the one that stands today comes first.

    Offices leave the province out of a name: "Công an tỉnh" is known, too.
    """
    agencies = sorted(loaded.catalogue.agencies.agencies, key=lambda agency: not agency.exists(today))
    living = [(agency.code, agency.named(today).vi) for agency in agencies]
    every = living + [(agency.code, period.vi) for agency in agencies for period in agency.names]
    return every + [(code, name.removesuffix(PROVINCE)) for code, name in every if name.endswith(PROVINCE)]


def _tax_code(text: str) -> str:
    found = normal_tax_code(text)
    if found is None:
        raise Unreadable(str(PROBLEMS[Problem.TAX_CODE]))
    return found


def _day(text: str) -> date | None:
    return day(text) if text else None

"""A table of finished procedures, checked cell by cell."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _

from feedback_app.catalogue.packs import Catalogue
from feedback_app.inspections.entries import normal_tax_code
from feedback_app.intake.sheets import Row
from feedback_app.intake.sheets.cells import Table, Unreadable, day, email, named, opened
from feedback_app.pulses.columns import COLUMNS, LANGUAGES

MOST_ROWS = 2000
OLDEST = timedelta(days=400)
LEAST_DIGITS = 9  # of a telephone


@dataclass(frozen=True, slots=True)
class Finished:
    """One row, read: plain data that can wait in the database."""

    row: int
    tax_code: str
    enterprise: str
    procedure: str
    field: str
    finished_on: str
    email: str
    phone: str
    size: str
    locale: str

    @property
    def day(self) -> date:
        return date.fromisoformat(self.finished_on)

    @property
    def key(self) -> tuple[str, str, str, str]:
        return self.tax_code, self.field, self.procedure, self.finished_on


@dataclass(slots=True)
class Checked:
    """The lines of a table and, in the table, what is wrong with it."""

    table: Table
    lines: list[Finished] = field(default_factory=list)


def check(rows: Sequence[Row], catalogue: Catalogue, *, today: date) -> Checked:
    """Return what the rows say and everything that is wrong with them; the first row is the heading."""
    checked = Checked(opened(rows, COLUMNS))
    if not checked.table.faults:
        reader = _Reader(catalogue, today, checked.table)
        checked.lines = [line for row in rows[1:] if (line := reader.line(row)) is not None]
    return checked


class _Reader:
    """Reads rows; the table collects what is wrong."""

    def __init__(self, catalogue: Catalogue, today: date, table: Table) -> None:
        self.today, self.table = today, table
        self.seen: dict[tuple[str, ...], int] = {}
        fields = [(known.code, known.name.vi) for known in catalogue.fields.fields]
        sizes = [(size.code, size.name.vi) for size in catalogue.pulses.sizes]
        self.readers: dict[str, Callable[[str], Any]] = {
            "tax_code": _tax_code,
            "field": lambda text: named(text, fields),
            "finished_on": self._finished_on,
            "email": email,
            "phone": _phone,
            "size": lambda text: named(text, sizes),
            "locale": lambda text: named(text, LANGUAGES) or "vi",
        }

    def line(self, row: Row) -> Finished | None:
        before = len(self.table.faults)
        values = self.table.values(row, self.readers)
        if len(self.table.faults) > before:
            return None
        line = Finished(row.number, **values)
        self._check_whole(line)
        return line

    def _check_whole(self, line: Finished) -> None:
        """Look at what only the whole row, or the rows before it, can tell."""
        if not line.email and not line.phone:
            self.table.fault(line.row, "email", _("thư điện tử hoặc điện thoại; không có thì không mời được"))
        first = self.seen.setdefault(line.key, line.row)
        if first != line.row:
            self.table.fault(line.row, "tax_code", _("một lần; thủ tục này đã ghi ở dòng %(row)s", row=first))

    def _finished_on(self, text: str) -> str:
        finished = day(text)
        if not self.today - OLDEST <= finished <= self.today:
            raise Unreadable(_("ngày trong 400 ngày gần đây, không sau hôm nay"))
        return finished.isoformat()


def _tax_code(text: str) -> str:
    found = normal_tax_code(text)
    if found is None:
        raise Unreadable(_("mã số thuế 10, 12 hoặc 13 chữ số; đang là “%(text)s”", text=text))
    return found


def _phone(text: str) -> str:
    digits = "".join(filter(str.isdigit, text))
    if text and (len(digits) < LEAST_DIGITS or not digits.isascii()):
        raise Unreadable(_("số điện thoại có ít nhất 9 chữ số, hoặc bỏ trống"))
    return text

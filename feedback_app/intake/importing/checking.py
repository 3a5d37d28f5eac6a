"""A table of filings, checked cell by cell: what is wrong stands with its cell and what is expected there."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from dataclasses import field as kept
from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _

from feedback_app.catalogue.packs import Kind
from feedback_app.catalogue.store import Loaded
from feedback_app.deadlines.errors import DeadlineError
from feedback_app.intake.importing.columns import COLUMNS
from feedback_app.intake.labels import FILER_TYPES
from feedback_app.intake.rules import FilerType
from feedback_app.intake.sheets import Row
from feedback_app.intake.sheets.cells import Fault, Table, Unreadable, day, email, named, opened, yes_or_no
from feedback_app.tickets import clocks

OLDEST = timedelta(days=730)


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


def check(
    rows: Sequence[Row], loaded: Loaded, *, channel: str, today: date
) -> tuple[list[Item], list[Fault]]:
    """Return what the rows say and everything that is wrong with them; the first row is the heading."""
    table = opened(rows, COLUMNS)
    if table.faults:
        return [], table.faults
    reader = _Reader(loaded, channel, today, table)
    return [reader.item(row) for row in rows[1:]], table.faults


class _Reader:
    """Reads rows; the table collects what is wrong."""

    def __init__(self, loaded: Loaded, channel: str, today: date, table: Table) -> None:
        self.catalogue, self.loaded = loaded.catalogue, loaded
        self.channel, self.today, self.table = channel, today, table
        self.codes: dict[str, int] = {}
        self.readers: dict[str, Callable[[str], Any]] = {
            "area": self._area,
            "concerned": self._concerned,
            "email": email,
            "field": self._field,
            "filer_type": self._filer_type,
            "hide_identity": yes_or_no,
            "kind": self._kind,
            "received_on": self._received_on,
        }

    def item(self, row: Row) -> Item:
        before = len(self.table.faults)
        item = Item(row.number, **self.table.values(row, self.readers))
        if len(self.table.faults) == before:
            self._check_whole(item)
        return item

    def _check_whole(self, item: Item) -> None:
        """Look at what only the whole row, or the rows before it, can tell."""
        first = self.codes.setdefault(item.code, item.row)
        if first != item.row:
            self.table.fault(item.row, "code", _("mã khác; mã này đã có ở dòng %(row)s", row=first))
        if item.concerned and item.kind not in self.catalogue.routing.sensitive_kinds:
            self.table.fault(
                item.row,
                "concerned",
                _("bỏ trống, trừ phản ánh chi phí không chính thức, thanh tra trùng lặp"),
            )
        try:
            clocks.promised(self.loaded, item.kind or Kind.OBSTACLE, item.day, item.area or None)
        except (DeadlineError, LookupError):
            self.table.fault(
                item.row, "received_on", _("ngày thuộc thời gian có quy chế và lịch làm việc trong hệ thống")
            )

    def _received_on(self, text: str) -> str:
        received = day(text)
        if received > self.today:
            raise Unreadable(_("ngày không sau hôm nay"))
        if received < self.today - OLDEST:
            raise Unreadable(_("ngày trong hai năm gần đây"))
        return received.isoformat()

    def _kind(self, text: str) -> str:
        return named(text, [(k.code, k.name.vi) for k in self.catalogue.fields.kinds])

    def _field(self, text: str) -> str:
        return named(text, [(f.code, f.name.vi) for f in self.catalogue.fields.fields])

    def _filer_type(self, text: str) -> str:
        if not text:
            return FilerType.CALLER if self.channel == "hotline" else FilerType.ENTERPRISE
        return named(text, [(code.value, str(name)) for code, name in FILER_TYPES.items()])

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
        for when in (self.today, *gone):
            if found := [area.code for area in areas.known_as(text, when)]:
                return found
        return [area.code for area in areas.areas if area.code == text]

    def _concerned(self, text: str) -> list[str]:
        living = [(a.code, a.name.vi) for a in self.loaded.directory.active(self.today)]
        return [named(part.strip(), living) for part in text.split(";") if part.strip()]

"""The history of a ticket, line by line, as far as its reader may know it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Literal

from flask_babel import gettext as _

from feedback_app.catalogue.store import Loaded
from feedback_app.core.clock import local_date
from feedback_app.core.i18n import language
from feedback_app.deadlines.calendar import WorkCalendar
from feedback_app.tickets.labels import ABOUT_AGENCY, ENTRY_ICONS, sentence
from feedback_app.tickets.models import Assignment, Ticket, TimelineEntry
from feedback_app.tickets.timeline import BY_OWNER, Entry
from feedback_app.web.presenting.names import agency_name

Reader = Literal["enterprise", "staff"]

MESSAGE_OF = {
    Entry.ASKED: "question",
    Entry.DISPUTED: "dispute",
    Entry.NOTED: "note",
    Entry.RECLASSIFIED: "reclassified",
    Entry.REPLIED: "reply",
    Entry.RETURNED: "note",
    Entry.WATCHED: "watch",
}
FOR_STAFF = frozenset({Entry.NOTED, Entry.RETURNED})  # whose wording the enterprise does not read
HANDED_OVER = frozenset(
    {
        Entry.ANSWERED,
        Entry.ASKED,
        Entry.ASSIGNED,
        Entry.DIRECTED,
        Entry.DISPUTED,
        Entry.FILED,
        Entry.MINISTRY_REPLIED,
        Entry.PASSED_UP,
        Entry.PETITIONED,
        Entry.REPLIED,
        Entry.REPORTED_UP,
        Entry.TRIAGE,
    }
)
WORK_BEGAN = frozenset(
    {
        Entry.ASSIGNED,
        Entry.DIRECTED,
        Entry.DISPUTED,
        Entry.MINISTRY_REPLIED,
        Entry.PASSED_UP,
        Entry.REPLIED,
    }
)


@dataclass(frozen=True, slots=True)
class EntryView:
    """One line for the macro ``timeline``; ``cost`` says how long the leg took that it ends."""

    at: datetime
    who: str
    what: str
    body: str | None
    cost: str | None
    icon: str
    internal: bool


def timeline(
    ticket: Ticket,
    loaded: Loaded,
    calendar: WorkCalendar,
    *,
    reader: Reader,
    people: Mapping[int, str] | None = None,
) -> list[EntryView]:
    """Return the lines that ``reader`` may know, oldest first; entries, messages, assignments must be loaded.

    The enterprise sees agencies, never the names of officers, and no internal line. Staff never see a
    name of the enterprise's people here; ``people`` are names by user id (``queries.names_on``).
    """
    shown = [entry for entry in ticket.entries if entry.public or reader == "staff"]
    costs = _costs(ticket, calendar)
    return [_line(entry, ticket, loaded, reader, people or {}, costs.get(entry.id)) for entry in shown]


def _line(
    row: TimelineEntry,
    ticket: Ticket,
    loaded: Loaded,
    reader: Reader,
    people: Mapping[int, str],
    cost: str | None,
) -> EntryView:
    entry, on = Entry(row.kind), local_date(row.at)
    return EntryView(
        at=row.at,
        who=_who(row, entry, loaded, reader, people, on),
        what=sentence(entry, row.data, agency_name(loaded, row.agency_id, on)),
        body=_body(row, entry, ticket, loaded, reader),
        cost=cost,
        icon=ENTRY_ICONS[entry],
        internal=not row.public,
    )


def _who(
    row: TimelineEntry, entry: Entry, loaded: Loaded, reader: Reader, people: Mapping[int, str], on: date
) -> str:
    if entry in BY_OWNER:
        return str(_("Quý doanh nghiệp") if reader == "enterprise" else _("Doanh nghiệp"))
    if row.actor_id is None:
        return str(_("Hệ thống"))
    agency = (
        "" if entry in ABOUT_AGENCY or entry is Entry.DIRECTED else agency_name(loaded, row.agency_id, on)
    )
    if reader == "enterprise":
        return agency or str(_("Cơ quan điều phối"))
    return ", ".join(filter(None, (people.get(row.actor_id), agency)))


def _body(row: TimelineEntry, entry: Entry, ticket: Ticket, loaded: Loaded, reader: Reader) -> str | None:
    if entry in {Entry.ASSIGNED, Entry.TRIAGE}:
        return _reason(row, ticket, reader)
    if entry not in MESSAGE_OF or (reader == "enterprise" and entry in FOR_STAFF):
        return None
    said = next((m.text for m in ticket.messages if m.at == row.at and m.kind == MESSAGE_OF[entry]), None)
    said = said if reader == "enterprise" else None  # staff read it in the lanes of the page
    proposed = row.data.get("proposed")
    if proposed is None:
        return said
    agency = agency_name(loaded, proposed, local_date(row.at))
    return "\n".join(filter(None, (said, _("Đề nghị chuyển: %(agency)s", agency=agency))))


def _reason(row: TimelineEntry, ticket: Ticket, reader: Reader) -> str | None:
    """Return why it went there; what an officer wrote to another agency stays among agencies."""
    leg = next((leg for leg in ticket.assignments if _began_with(leg, row)), None)
    if leg is None or (leg.by_id is not None and reader == "enterprise"):
        return None
    reason = leg.reason_en if language() == "en" else leg.reason_vi
    return reason[:1].upper() + reason[1:] or None


def _began_with(leg: Assignment, row: TimelineEntry) -> bool:
    return leg.started_at == row.at and leg.agency_id == row.agency_id and leg.part != "coordinating"


def _costs(ticket: Ticket, calendar: WorkCalendar) -> dict[int, str]:
    """Return, by entry, how many working days the leg took that it ends."""
    return dict(_legs([e for e in ticket.entries if Entry(e.kind) in HANDED_OVER], calendar))


def _legs(entries: list[TimelineEntry], calendar: WorkCalendar) -> Iterator[tuple[int, str]]:
    for before, after in pairwise(entries):
        taken = calendar.count_working_days(local_date(before.at), local_date(after.at))
        yield after.id, _leg_text(Entry(before.kind), taken)


def _leg_text(began: Entry, days: int) -> str:
    if began is Entry.TRIAGE:
        text = _("phân loại: %(days)s ngày làm việc", days=days)
    elif began is Entry.REPORTED_UP:
        text = _("chờ UBND tỉnh: %(days)s ngày làm việc", days=days)
    elif began in {Entry.ASKED, Entry.PETITIONED}:
        text = _("tạm dừng: %(days)s ngày làm việc", days=days)
    elif began in WORK_BEGAN:
        text = _("giải quyết: %(days)s ngày làm việc", days=days)
    else:
        text = ""
    return str(text)

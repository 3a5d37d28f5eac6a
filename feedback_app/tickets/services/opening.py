"""A filing becomes a ticket: number, promise, first line of its history, and the event that routes it."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from feedback_app.catalogue.packs import Kind
from feedback_app.catalogue.store import Loaded
from feedback_app.core import clock, outbox
from feedback_app.core.inserting import insert_row, insert_rows
from feedback_app.core.numbers import next_number
from feedback_app.core.text import fold
from feedback_app.deadlines.events import EventKind
from feedback_app.tickets import clocks
from feedback_app.tickets.events import TicketFiled
from feedback_app.tickets.lifecycle import MEANING, Status
from feedback_app.tickets.models import ClockEventRow, ConcernedAgency, Filer, Ticket
from feedback_app.tickets.timeline import Entry, tell

SENSITIVE_KINDS = frozenset({Kind.INFORMAL_COST, Kind.OVERLAPPING_INSPECTION})
AS_GIVEN = (  # what the ticket takes over from the filing under the same name
    "kind",
    "field",
    "procedure",
    "area",
    "title",
    "body",
    "hide_identity",
    "publish_consent",
    "accusation",
    "enterprise_id",
    "channel",
    "channel_code",
    "dossier_code",
    "promised_on",
    "letters",
    "project_code",
    "submission",
    "tracking_hash",
    "is_sample",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FiledBy:
    """Who files, in the words of the form; every field but type and name may be empty."""

    filer_type: str
    name: str
    identifier: str = ""
    on_behalf_of: str = ""
    contact_name: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    locale: str = "vi"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """A checked filing, as it leaves the last step of the form (or an import)."""

    submission: str  # the same for every sending of the same filing
    kind: Kind
    field: str
    title: str
    body: str
    by: FiledBy
    procedure: str | None = None
    area: str | None = None
    concerned: frozenset[str] = frozenset()  # codes of the agencies the report is about
    hide_identity: bool = False
    publish_consent: bool = False
    accusation: str | None = None
    channel: str = "web"
    channel_code: str = ""
    dossier_code: str = ""
    promised_on: date | None = None
    letters: str = ""
    project_code: str = ""
    enterprise_id: int | None = None
    user_id: int | None = None
    tracking_hash: str | None = None
    is_sample: bool = False


@dataclass(frozen=True, slots=True)
class Opened:
    """The new ticket by its ids; whoever goes on with it reads it (``queries``)."""

    id: int
    code: str


def open_ticket(
    session: Session, filing: Filing, loaded: Loaded, *, at: datetime, prefix: str = "KH"
) -> Opened:
    """Store ``filing`` as a new ticket and publish that it was filed.

    Written row by row, past the unit of work: nothing here changes a row that it wrote before.

    Raises:
        sqlalchemy.exc.IntegrityError: the same filing was stored before.
    """
    on = clock.local_date(at)
    code = f"{prefix}-{on.year}-{next_number(session, f'ticket_{on.year}'):06d}"
    ticket = Opened(insert_row(session, Ticket, **_columns(code, filing, loaded, at)), code)
    insert_row(session, ClockEventRow, ticket_id=ticket.id, round=1, kind=EventKind.START, on=on, at=at)
    insert_row(session, Filer, ticket_id=ticket.id, **_filer(filing.by))
    insert_rows(session, ConcernedAgency, _concerned(ticket, filing.concerned, loaded))
    tell(session, ticket, Entry.FILED, at=at, actor_id=filing.user_id, kind=filing.kind, field=filing.field)
    outbox.publish(session, TicketFiled(ticket_id=ticket.id))
    return ticket


def _columns(code: str, filing: Filing, loaded: Loaded, at: datetime) -> dict[str, Any]:
    on = clock.local_date(at)
    return {
        **{name: getattr(filing, name) for name in AS_GIVEN},
        **clocks.promised(loaded, filing.kind, on, filing.area),
        "code": code,
        "status": Status.RECEIVED,
        "clock": MEANING[Status.RECEIVED].clock,
        "sensitive": filing.kind in SENSITIVE_KINDS,
        "received_at": at,
        "received_on": on,
        "folded": fold(f"{code} {filing.title} {filing.body}"),
    }


def _filer(by: FiledBy) -> dict[str, str]:
    return asdict(by) | {"folded": fold(f"{by.name} {by.identifier}")}


def _concerned(ticket: Opened, codes: frozenset[str], loaded: Loaded) -> list[dict[str, Any]]:
    """Return a row for each of the agencies named and their families: predecessors, successors, parents."""
    family = {member for code in codes for member in loaded.directory.family(code)} | codes
    return [
        {"ticket_id": ticket.id, "agency_id": loaded.agency_ids[code], "named": code in codes}
        for code in sorted(family)
    ]

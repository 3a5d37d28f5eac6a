"""A filing becomes a ticket: number, promise, first line of its history, and the event that routes it."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from feedback_app.catalogue.packs import Kind
from feedback_app.catalogue.store import Loaded
from feedback_app.core import clock, outbox
from feedback_app.core.inserting import insert_row
from feedback_app.core.numbers import next_number
from feedback_app.core.text import fold
from feedback_app.tickets import clocks
from feedback_app.tickets.events import TicketFiled
from feedback_app.tickets.lifecycle import MEANING, Status
from feedback_app.tickets.models import ConcernedAgency, Filer, Ticket
from feedback_app.tickets.timeline import Entry, tell

SENSITIVE_KINDS = frozenset({Kind.INFORMAL_COST, Kind.OVERLAPPING_INSPECTION})


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


def open_ticket(
    session: Session, filing: Filing, loaded: Loaded, *, at: datetime, prefix: str = "KH"
) -> Ticket:
    """Store ``filing`` as a new ticket and publish that it was filed; the caller looked for a twin before.

    Raises:
        sqlalchemy.exc.IntegrityError: the same filing was stored by another request a moment ago.
    """
    received_on = clock.local_date(at)
    year = received_on.year
    ticket = Ticket(
        code=f"{prefix}-{year}-{next_number(session, f'ticket_{year}'):06d}",
        kind=filing.kind,
        field=filing.field,
        procedure=filing.procedure,
        area=filing.area,
        title=filing.title,
        body=filing.body,
        status=Status.RECEIVED,
        clock=MEANING[Status.RECEIVED].clock,
        sensitive=filing.kind in SENSITIVE_KINDS,
        hide_identity=filing.hide_identity,
        publish_consent=filing.publish_consent,
        accusation=filing.accusation,
        received_at=at,
        received_on=received_on,
        round=1,
        enterprise_id=filing.enterprise_id,
        channel=filing.channel,
        channel_code=filing.channel_code,
        dossier_code=filing.dossier_code,
        promised_on=filing.promised_on,
        letters=filing.letters,
        project_code=filing.project_code,
        submission=filing.submission,
        tracking_hash=filing.tracking_hash,
        is_sample=filing.is_sample,
        assignments=[],
        answers=[],
        ratings=[],
    )
    ticket.folded = fold(f"{ticket.code} {filing.title} {filing.body}")
    ticket.concerned = _concerned(filing.concerned, loaded)
    clocks.start(ticket, loaded, at=at)
    session.add(ticket)
    session.flush()
    insert_row(session, Filer, ticket_id=ticket.id, **_filer(filing.by))
    tell(session, ticket, Entry.FILED, at=at, actor_id=filing.user_id, kind=filing.kind, field=filing.field)
    outbox.publish(session, TicketFiled(ticket_id=ticket.id))
    return ticket


def _filer(by: FiledBy) -> dict[str, str]:
    return asdict(by) | {"folded": fold(f"{by.name} {by.identifier}")}


def _concerned(codes: frozenset[str], loaded: Loaded) -> list[ConcernedAgency]:
    """Return the agencies named and their families: predecessors, successors, parents."""
    family = {member for code in codes for member in loaded.directory.family(code)} | codes
    return [
        ConcernedAgency(agency_id=loaded.agency_ids[code], named=code in codes) for code in sorted(family)
    ]

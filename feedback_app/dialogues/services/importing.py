"""A table of proposals (Excel, Word): the machinery of the other imports, and what has a ticket already joins it."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback_app.accounts.actor import Actor
from feedback_app.catalogue.store import Loaded
from feedback_app.core.errors import NotFound
from feedback_app.core.text import words
from feedback_app.dialogues.models import Meeting
from feedback_app.dialogues.rules import Act
from feedback_app.dialogues.services.proposing import CHANNEL, RECOGNISED, TABLE, link
from feedback_app.dialogues.services.requiring import record, require
from feedback_app.intake.importing.checking import Item
from feedback_app.intake.models import ImportBatch
from feedback_app.intake.services import importing
from feedback_app.intake.sheets import Row
from feedback_app.intake.sheets.cells import Fault
from feedback_app.tickets import queries
from feedback_app.tickets.lifecycle import OPEN
from feedback_app.tickets.models import Filer, Ticket
from feedback_app.tickets.services import recognising
from feedback_app.tickets.services.clustering import likeness

LIKE_ENOUGH = 0.35  # of the words of both texts, the share that they have in common
LOOKED_AT = 20  # open tickets of one enterprise, the newest


@dataclass(frozen=True, slots=True)
class Recognised:
    """A row that says what an open ticket of the same enterprise says; ``likeness`` in percent."""

    row: int
    ticket: str
    likeness: int


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a table: new tickets, joined or known ones, those too late for the meeting."""

    filed: int
    joined: int
    late: int


def look(
    rows: Sequence[Row], loaded: Loaded, meeting: Meeting, *, today: date
) -> tuple[list[Item], list[Fault]]:
    """Return the items of a table under codes of the meeting, or what is wrong with it."""
    items, faults = importing.look(rows, loaded, channel=CHANNEL, today=today)
    for item in items:
        item.code = f"{meeting.code}/{item.code}"
    return items, faults


def keep(
    session: Session,
    meeting: Meeting,
    items: Sequence[Item],
    *,
    sha256: str,
    name: str,
    by: Actor,
    at: datetime,
) -> ImportBatch:
    """Keep a faultless table until its person takes it over. Raises Forbidden, IllegalTransition."""
    require(by, Act.IMPORT, meeting)
    return importing.keep(session, items, sha256=sha256, name=name, channel=CHANNEL, by=by, at=at)


def waiting(session: Session, meeting: Meeting, batch_id: int, by: Actor) -> ImportBatch:
    """Return a batch of this person's for this meeting. Raises NotFound."""
    batch = importing.waiting(session, batch_id, by)
    if not all(str(row["code"]).startswith(f"{meeting.code}/") for row in batch.rows):
        raise NotFound(str(batch_id))
    return batch


def recognised(session: Session, batch: ImportBatch, by: Actor) -> list[Recognised]:
    """Return the rows that an open ticket of the same tax code already tells, the likest ticket of each."""
    known = {row.item.row for row in importing.known(session, batch, by)}
    fresh = [item for item in importing.items_of(batch) if item.identifier and item.row not in known]
    pairs = ((item, _likest(session, item, by)) for item in fresh)
    return [Recognised(item.row, *found) for item, found in pairs if found is not None]


def take_over(
    session: Session,
    meeting: Meeting,
    batch: ImportBatch,
    loaded: Loaded,
    *,
    joined: Collection[int],
    by: Actor,
    at: datetime,
    prefix: str,
) -> Taken:
    """File the table whole; rows in ``joined`` are noted on the ticket that was recognised, and open no second one.

    What was received after the closing day goes the ordinary way: a ticket, and no part of the meeting.

    Raises:
        Forbidden, IllegalTransition: see ``require``.
        Conflict: the batch, its file or one of its rows was taken over by another request meanwhile.
    """
    require(by, Act.IMPORT, meeting)
    items = {item.code: item for item in importing.items_of(batch)}
    pairs = [found for found in recognised(session, batch, by) if found.row in joined]
    rows = {item.row: item for item in items.values()}
    for found in pairs:
        _join(session, found, rows[found.row], by=by, at=at)
    before = {row.item.code: row.ticket for row in importing.known(session, batch, by)}
    filed = importing.take_over(session, batch, loaded, by=by, at=at, prefix=prefix)
    new = {str(row["code"]): str(row["ticket"]) for row in batch.rows}
    late = {code for code, item in items.items() if item.day > meeting.closes_on}
    _link(session, meeting, [t for code, t in new.items() if code not in late], TABLE, at)
    _link(session, meeting, [t for code, t in before.items() if t and code not in late], RECOGNISED, at)
    told = Taken(filed, len(before), len(late))
    record(session, "imported", meeting, by, at, batch=batch.id, **asdict(told))
    return told


def _link(session: Session, meeting: Meeting, codes: Collection[str], origin: str, at: datetime) -> None:
    """Make the tickets with these numbers proposals; never a sensitive one, which no public meeting talks about."""
    query = select(Ticket.id).where(Ticket.code.in_(list(codes)), Ticket.sensitive.is_(False))
    link(session, meeting, list(session.scalars(query.order_by(Ticket.id))), origin=origin, at=at)


def _join(session: Session, found: Recognised, item: Item, *, by: Actor, at: datetime) -> None:
    ticket = queries.handled_by(session, by, found.ticket)
    recognising.recognise(
        session, ticket, channel=CHANNEL, code=item.code, received_on=item.day, by=by, at=at
    )


def _likest(session: Session, item: Item, by: Actor) -> tuple[str, int] | None:
    query = select(Ticket.code, Ticket.title, Ticket.body).join(Filer, Filer.ticket_id == Ticket.id)
    query = query.where(
        Filer.identifier == item.identifier,
        Ticket.status.in_(OPEN),
        Ticket.sensitive.is_(False),
        queries.visible_to(by),
        queries.filer_known_to(by),
    )
    wanted = frozenset(words(f"{item.title} {item.body}"))
    scored = [
        (likeness(wanted, frozenset(words(f"{title} {body}"))), code)
        for code, title, body in session.execute(query.order_by(Ticket.id.desc()).limit(LOOKED_AT))
    ]
    score, code = max(scored, default=(0.0, ""))
    return (code, round(score * 100)) if score >= LIKE_ENOUGH else None

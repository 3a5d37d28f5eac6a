"""A table of filings comes in: looked at, kept for the person to see, then taken over in one transaction."""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from feedback_app.accounts.actor import Actor
from feedback_app.catalogue.packs import Kind
from feedback_app.catalogue.store import Loaded
from feedback_app.core import audit, clock
from feedback_app.core.errors import Conflict, Forbidden, NotFound
from feedback_app.core.security import keyed_hash
from feedback_app.intake import suggesting
from feedback_app.intake.importing.checking import Item, check
from feedback_app.intake.models import ImportBatch
from feedback_app.intake.sheets import Row
from feedback_app.intake.sheets.cells import Fault
from feedback_app.routing.accusation import noticed
from feedback_app.routing.decide import route
from feedback_app.routing.matter import Matter
from feedback_app.tickets.models import Ticket
from feedback_app.tickets.policy import COORDINATING_OFFICES
from feedback_app.tickets.queries import visible_to
from feedback_app.tickets.services import recognising
from feedback_app.tickets.services.opening import FiledBy, Filing, open_ticket

KEPT = timedelta(days=1)  # a table that was looked at and not taken over
_MORNING = time(8)  # a channel notes the day, not the hour
_FILER = ("filer_type", "name", "identifier", "contact_name", "phone", "email", "address")


@dataclass(frozen=True, slots=True)
class Known:
    """A row whose source code was filed before; ``ticket`` is its number where the reader may see it."""

    item: Item
    ticket: str | None


def look(rows: Sequence[Row], loaded: Loaded, *, channel: str, today: date) -> tuple[list[Item], list[Fault]]:
    """Return the items of a table, with kind and field guessed where they are empty, or what is wrong with it."""
    items, faults = check(rows, loaded, channel=channel, today=today)
    if not faults:
        for item in items:
            _guess(item, loaded, today)
    return items, faults


def digest(path: Path) -> str:
    """Return the SHA-256 by which a file is known again, whatever it is called."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def taken_over(session: Session, sha256: str) -> ImportBatch | None:
    """Return the batch in which this very file was taken over before."""
    query = select(ImportBatch).where(ImportBatch.sha256 == sha256, ImportBatch.done_at.is_not(None))
    return session.scalars(query).first()


def keep(
    session: Session, items: Sequence[Item], *, sha256: str, name: str, channel: str, by: Actor, at: datetime
) -> ImportBatch:
    """Keep a faultless table until its person takes it over. Raises Forbidden."""
    _require(by)
    rows = [asdict(item) for item in items]
    batch = ImportBatch(sha256=sha256, name=name, channel=channel, rows=rows, by_id=by.user_id, at=at)
    session.add(batch)
    session.flush()
    return batch


def waiting(session: Session, batch_id: int, by: Actor) -> ImportBatch:
    """Return a batch of this person's, whether it waits or is done. Raises NotFound."""
    batch = session.get(ImportBatch, batch_id)
    if batch is None or batch.by_id != by.user_id:
        raise NotFound(str(batch_id))
    return batch


def items_of(batch: ImportBatch) -> list[Item]:
    """Return what the rows of a batch that waits say."""
    return [Item(**row) for row in batch.rows]


def known(session: Session, batch: ImportBatch, reader: Actor) -> list[Known]:
    """Return the rows that were filed before, by this channel and source code."""
    items = {item.code: item for item in items_of(batch)}
    seen = dict(
        session.execute(
            select(Ticket.channel_code, Ticket.code).where(
                _filed_before(batch.channel, items), visible_to(reader)
            )
        ).all()
    )
    codes = set(session.scalars(select(Ticket.channel_code).where(_filed_before(batch.channel, items))))
    noted = recognising.known(session, batch.channel, items)  # a matter that has a ticket by another channel
    shown = select(Ticket.id, Ticket.code).where(Ticket.id.in_(noted.values()), visible_to(reader))
    numbers = dict(session.execute(shown).all())
    seen |= {code: numbers[id_] for code, id_ in noted.items() if id_ in numbers}
    codes |= set(noted)
    return [Known(items[code], seen.get(code)) for code in sorted(codes, key=lambda c: items[c].row)]


def take_over(
    session: Session, batch: ImportBatch, loaded: Loaded, *, by: Actor, at: datetime, prefix: str
) -> int:
    """File every row that was not filed before, all in the running transaction; return how many.

    Raises:
        Forbidden: not of a coordinating office.
        Conflict: the batch, its file or one of its rows was taken over by another request meanwhile.
    """
    _require(by)
    if batch.done_at is not None or taken_over(session, batch.sha256) is not None:
        raise Conflict(_("Tệp này đã được nhập."))
    before = {row.item.code for row in known(session, batch, by)}
    try:
        with session.begin_nested():
            filed = [
                _file(session, item, batch, loaded, by=by, at=at, prefix=prefix)
                for item in items_of(batch)
                if item.code not in before
            ]
            batch.rows, batch.filed, batch.done_at = filed, len(filed), at
            session.flush()
    except IntegrityError:
        raise Conflict(_("Người khác vừa nhập tệp này hoặc một phiếu trong tệp.")) from None
    facts = {"channel": batch.channel, "filed": batch.filed, "known": len(before), "sha256": batch.sha256}
    audit.record(session, "import.done", at=at, actor_id=by.user_id, subject=f"import/{batch.id}", **facts)
    return batch.filed


def latest(session: Session, size: int = 20) -> Sequence[ImportBatch]:
    """Return the batches that were taken over, the newest first."""
    query = select(ImportBatch).where(ImportBatch.done_at.is_not(None)).order_by(ImportBatch.id.desc())
    return session.scalars(query.limit(size)).all()


def purge(session: Session, at: datetime) -> None:
    """Delete the tables that nobody took over within a day: they hold what people wrote."""
    session.execute(delete(ImportBatch).where(ImportBatch.done_at.is_(None), ImportBatch.at <= at - KEPT))


def _file(
    session: Session, item: Item, batch: ImportBatch, loaded: Loaded, *, by: Actor, at: datetime, prefix: str
) -> dict[str, Any]:
    filing = Filing(
        submission=keyed_hash(f"{batch.channel}\n{item.code}", "import"),
        kind=Kind(item.kind),
        field=item.field,
        title=item.title,
        body=item.body,
        by=FiledBy(**{name: getattr(item, name) for name in _FILER}),
        area=item.area or None,
        concerned=frozenset(item.concerned),
        hide_identity=item.hide_identity,
        channel=batch.channel,
        channel_code=item.code,
        user_id=by.user_id,
    )
    ticket = open_ticket(session, filing, loaded, at=_received_at(item, at), prefix=prefix)
    audit.record(
        session,
        "ticket.imported",
        at=at,
        actor_id=by.user_id,
        subject=ticket.code,
        batch=batch.id,
        row=item.row,
    )
    return {"row": item.row, "code": item.code, "ticket": ticket.code}


def _received_at(item: Item, at: datetime) -> datetime:
    """Return the morning of the day that the channel noted, but never an instant that has not come yet."""
    return min(datetime.combine(item.day, _MORNING, clock.LOCAL), at)


def _filed_before(channel: str, codes: Any) -> Any:
    return (Ticket.channel == channel) & Ticket.channel_code.in_(list(codes))


def _guess(item: Item, loaded: Loaded, today: date) -> None:
    text = f"{item.title}\n{item.body}"
    if not item.kind:
        item.kind = suggesting.guessed_kind(text, loaded.catalogue, today)
        item.guessed.append("kind")
    if not item.field:
        item.field = route(Matter(kind=item.kind, text=text), loaded.catalogue, today).field
        item.guessed.append("field")
    sensitive = item.kind in loaded.catalogue.routing.sensitive_kinds
    item.accuses = not sensitive and noticed(text) is not None


def _require(by: Actor) -> None:
    if not by.holds(*COORDINATING_OFFICES):
        raise Forbidden

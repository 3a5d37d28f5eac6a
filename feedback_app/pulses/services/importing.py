"""A table of finished procedures: looked at, kept for its person to see, then taken over in one transaction."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from feedback_app.accounts.actor import Actor
from feedback_app.core import audit
from feedback_app.core.errors import Conflict, Forbidden, NotFound
from feedback_app.core.inserting import insert_missing
from feedback_app.pulses import policy
from feedback_app.pulses.models import PulseBatch, PulseCompletion
from feedback_app.pulses.register import Finished

KEPT = timedelta(days=1)  # a table that was looked at and not taken over


def taken_over(session: Session, sha256: str) -> PulseBatch | None:
    """Return the batch in which this very file was taken over before."""
    query = select(PulseBatch).where(PulseBatch.sha256 == sha256, PulseBatch.done_at.is_not(None))
    return session.scalars(query).first()


def keep(
    session: Session, lines: Sequence[Finished], *, sha256: str, name: str, by: Actor, at: datetime
) -> PulseBatch:
    """Keep a faultless table until its person takes it over. Raises Forbidden."""
    _require(by)
    rows = [asdict(line) for line in lines]
    batch = PulseBatch(sha256=sha256, name=name, rows=rows, by_id=by.user_id, at=at)
    session.add(batch)
    session.flush()
    return batch


def waiting(session: Session, batch_id: int, by: Actor) -> PulseBatch:
    """Return a batch of this person's, whether it waits or is done. Raises Forbidden, NotFound."""
    _require(by)
    batch = session.get(PulseBatch, batch_id)
    if batch is None or batch.by_id != by.user_id:
        raise NotFound(str(batch_id))
    return batch


def lines_of(batch: PulseBatch) -> list[Finished]:
    return [Finished(**row) for row in batch.rows]


def known(session: Session, lines: Iterable[Finished]) -> set[int]:
    """Return the numbers of the lines that the register has already."""
    told = {line.key: line.row for line in lines}
    row = PulseCompletion
    query = select(row.tax_code, row.field, row.procedure, row.finished_on)
    query = query.where(row.tax_code.in_({code for code, *_rest in told}))
    there = {(*key, day.isoformat()) for *key, day in session.execute(query)}
    return {number for key, number in told.items() if key in there}


def take_over(session: Session, batch: PulseBatch, *, by: Actor, at: datetime) -> PulseBatch:
    """Write every line into the register, all in the running transaction; those it has already stay as they are.

    Raises:
        Forbidden: ``by`` does not keep the register. Conflict: the file was taken over before.
    """
    _require(by)
    if batch.done_at is not None or taken_over(session, batch.sha256) is not None:
        raise Conflict(_("Tệp này đã được nhập."))
    rows = [_row(line, batch.id) for line in lines_of(batch)]
    added = len(insert_missing(session, PulseCompletion, rows, PulseCompletion.id))
    batch.rows, batch.added, batch.known, batch.done_at = [], added, len(rows) - added, at
    try:
        session.flush()
    except IntegrityError:
        raise Conflict(_("Tệp này đã được nhập.")) from None
    facts = {"added": added, "known": batch.known, "sha256": batch.sha256}
    audit.record(
        session, "pulse.imported", at=at, actor_id=by.user_id, subject=f"pulse-import/{batch.id}", **facts
    )
    return batch


def latest(session: Session, size: int = 20) -> Sequence[PulseBatch]:
    """Return the batches that were taken over, the newest first."""
    query = select(PulseBatch).where(PulseBatch.done_at.is_not(None))
    return session.scalars(query.order_by(PulseBatch.id.desc()).limit(size)).all()


def purge(session: Session, at: datetime) -> None:
    """Delete the tables that nobody took over within a day."""
    session.execute(delete(PulseBatch).where(PulseBatch.done_at.is_(None), PulseBatch.at <= at - KEPT))


def _row(line: Finished, batch_id: int) -> dict[str, object]:
    told = asdict(line) | {"batch_id": batch_id, "finished_on": line.day}
    return {name: value for name, value in told.items() if name != "row"}


def _require(by: Actor) -> None:
    if not policy.keeps_register(by):
        raise Forbidden

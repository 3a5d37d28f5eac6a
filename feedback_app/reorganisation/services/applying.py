"""Applying a reorganisation: into the directory at once, tickets and people on its day, in batches that go on."""

from collections.abc import Sequence
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from feedback_app.catalogue import editing, store
from feedback_app.catalogue.packs.reorganisation import Reorganisation, stored
from feedback_app.catalogue.packs.restructuring import day, refusals, restructured
from feedback_app.catalogue.store import Loaded
from feedback_app.core import audit, clock, outbox
from feedback_app.core.errors import Conflict, Invalid
from feedback_app.reorganisation import queries
from feedback_app.reorganisation.events import TicketsLeft
from feedback_app.reorganisation.heirs import heirs_on
from feedback_app.reorganisation.models import AppliedReorganisation
from feedback_app.reorganisation.services import concerned, held, staff
from feedback_app.reorganisation.services.moving import Move, move
from feedback_app.tickets.queries import by_id

BATCH = 200


class Refused(Invalid):
    """The reorganisation cannot be applied; ``reasons`` are sentences."""

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = tuple(reasons)


def apply(
    session: Session, plan: Reorganisation, *, seen_version: int, by_id: int | None, at: datetime
) -> AppliedReorganisation:
    """Record the reorganisation, and carry out what is due of it as far as one batch goes.

    Applied again, the same file changes nothing.

    Raises:
        Refused: with all reasons.
        Conflict: somebody changed the directory since ``seen_version``.
    """
    known = queries.applied(session, plan.code)
    row = known if known is not None else _record(session, plan, seen_version, by_id, at)
    if row.content != plan.model_dump(mode="json"):
        raise Refused([_("Mã “%(code)s” đã dùng cho một lần sắp xếp khác đã áp dụng.", code=plan.code)])
    go_on(session, row, at=at)
    return row


def go_on(session: Session, row: AppliedReorganisation, *, at: datetime) -> None:
    """Carry out one batch, and order the next one where some are left."""
    if not carry_out(session, row, at=at):
        outbox.publish(session, TicketsLeft(reorganisation_id=row.id))


def carry_out(session: Session, row: AppliedReorganisation, *, at: datetime) -> bool:
    """Do what is due of it today: people first, then a batch of tickets; say whether nothing is left.

    Everything in it may be done again: what has moved stays where it is.
    """
    today = clock.local_date(at)
    if row.first_day > today:
        return True
    loaded, plan = store.current(session), stored(row.content)
    heirs = heirs_on(loaded.catalogue, today)
    if row.after_ticket == 0:
        _people(session, staff.Follow(loaded, heirs, plan, row.by_id, at))
    common = Move(loaded, heirs, row.code, row.by_id, at)
    ids = queries.to_move(session, _ids(loaded, plan), after=row.after_ticket, limit=BATCH)
    row.moved += sum(move(session, by_id(session, ticket_id), common) for ticket_id in ids)
    done = len(ids) < BATCH
    row.after_ticket = 0 if done else ids[-1]
    if done and today >= row.last_day and row.finished_at is None:
        row.finished_at = at
    session.flush()
    return done


def _people(session: Session, common: staff.Follow) -> None:
    concerned.extend(session, common.loaded, common.plan.predecessors)
    staff.follow(session, common)
    held.follow(session, common)


def _record(
    session: Session, plan: Reorganisation, seen_version: int, by_id_: int | None, at: datetime
) -> AppliedReorganisation:
    catalogue = store.current(session).catalogue
    if reasons := refusals(catalogue, plan):
        raise Refused(reasons)
    changed = restructured(catalogue, plan)
    version = seen_version
    if changed.agencies != catalogue.agencies:
        version = editing.put_agencies(session, changed, seen_version=seen_version, by_id=by_id_).version
    elif editing.agencies_version(session) != seen_version:
        raise Conflict(editing.AGENCIES)
    days = [day(step) for step in plan.steps]
    row = AppliedReorganisation(
        code=plan.code,
        title=plan.title,
        content=plan.model_dump(mode="json"),
        first_day=min(days),
        last_day=max(days),
        pack_version=version,
        by_id=by_id_,
        at=at,
        after_ticket=0,
        moved=0,
    )
    session.add(row)
    session.flush()
    facts = {"version": version, "first_day": row.first_day.isoformat()}
    subject = f"reorganisation:{plan.code}"
    audit.record(session, "reorganisation.applied", at=at, actor_id=by_id_, subject=subject, **facts)
    return row


def _ids(loaded: Loaded, plan: Reorganisation) -> list[int]:
    return [loaded.agency_ids[code] for code in plan.predecessors]

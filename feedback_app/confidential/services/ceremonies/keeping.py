"""Rotation of the offline secret, erasure, and the check of everything."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from feedback_app.confidential import journal, reports, rosters, uploads, wrapping
from feedback_app.confidential.context import vault
from feedback_app.confidential.documents import State
from feedback_app.confidential.errors import IntakeClosed, NotFound, Tampered, WrongShares
from feedback_app.confidential.models import Blob, LogHead, LogLine
from feedback_app.confidential.roster import Roster, verify_key_of
from feedback_app.confidential.sealing import slots
from feedback_app.confidential.sealing.shares import offline_of
from feedback_app.confidential.services.ceremonies.offline import checked, every_report, reseal_identity, sign
from feedback_app.confidential.wrapping import Opened
from feedback_app.core import faults


def rotate(session: Session, body: str, secret: bytes, new_secret: bytes, *, on: date) -> int:
    """Put a new offline secret in the old one's place and every report under new keys; return how many.

    Both keys are pinned until ``settle_pins``, so that a kill between the file and the database closes nothing.

    Raises:
        WrongShares, IntakeClosed; Tampered: the log does not hold.
    """
    roster, old = checked(session, body, secret)
    new = offline_of(new_secret)
    pins = (verify_key_of(old.signing_seed), verify_key_of(new.signing_seed))
    vault().anchors.pin(body, pins)
    faults.point("vault-pinned")
    changed = roster.model_copy(
        update={
            "version": roster.version + 1,
            "recovery": new.recovery.public.hex(),
            "audit": new.audit.public.hex(),
        }
    )
    count = 0
    for report in every_report(session, body, old):
        reseal_identity(report, old, changed)
        wrapping.seal_anew(report, changed)
        count += 1
    _carry_log_over(session, body, journal.read(session, body, old.audit), changed)
    sign(session, changed, new)
    journal.record(session, changed, "", "rotated", "", on)
    return count


def settle_pins(session: Session, body: str) -> None:
    """Keep that pin alone whose key signed the roster in the database, and pin its version: no older one any more.

    After the commit, never before: a kill in between leaves a pin that lets the new roster in and, until the next
    ceremony or ``verify``, the one before it. Raises IntakeClosed.
    """
    version = rosters.current(session, body).version
    pins = vault().anchors.of(body)
    signer = next(pin for pin in pins if rosters.signed_by(session, body, pin))
    vault().anchors.pin(body, (signer,), version)


def erase(session: Session, body: str, secret: bytes, report_id: str, *, on: date) -> None:
    """Erase a report that has ended, with its files; the line in the register stays.

    Raises:
        NotFound: none, of another body, or still open; WrongShares, IntakeClosed.
    """
    roster, offline = checked(session, body, secret)
    row = reports.find(session, report_id)
    if row.body != body or row.state not in {State.CLOSED, State.WITHDRAWN}:
        raise NotFound
    keys = slots.find(row.slots, offline.recovery)
    if keys is not None:
        uploads.forget(session, wrapping.shared_of(row, keys).all_files())
    session.delete(row)
    journal.record(session, roster, "", "erased", report_id, on)


def ended_before(session: Session, body: str, secret: bytes, week: date) -> list[str]:
    """Return the ids of reports whose outcome was given before ``week``: those whose time of keeping is over."""
    _, offline = checked(session, body, secret)
    return [
        report.row.id
        for report in every_report(session, body, offline)
        if report.shared.outcome is not None and report.shared.outcome.week < week
    ]


def verify(session: Session, body: str, secret: bytes | None = None) -> Iterator[str]:
    """Yield what is wrong, nothing when all is well; with the secret, every envelope is opened too.

    The words are codes with a place: ``roster``, ``log 17``, ``report <id>``, ``file <name>``, ``shares``.
    """
    try:
        rosters.current(session, body)
    except IntakeClosed:
        yield "roster"
    position = journal.first_break(session, body)
    if position is not None:
        yield f"log {position}"
    names = set(session.scalars(select(Blob.name)))
    yield from (f"file {name}" for name in sorted(vault().blobs.missing(names)))
    if secret is not None:
        yield from _verify_inside(session, body, secret)


def _verify_inside(session: Session, body: str, secret: bytes) -> Iterator[str]:
    try:
        _, offline = checked(session, body, secret)
    except (WrongShares, IntakeClosed):
        yield "shares"
        return
    for row in reports.of_body(session, body):
        keys = slots.find(row.slots, offline.recovery)
        if keys is None and row.state == State.WITHDRAWN:
            continue
        try:
            if keys is None or _damaged(wrapping.opened(row, keys)):
                yield f"report {row.id}"
        except Tampered:
            yield f"report {row.id}"


def _damaged(report: Opened) -> bool:
    """Whether a file of the report does not open to its end."""
    for file in report.shared.all_files():
        try:
            for _ in vault().blobs.read(file.blob, file.key, file.size):
                pass
        except (Tampered, NotFound):
            return True
    return False


def _carry_log_over(session: Session, body: str, entries: Iterator[journal.Entry], roster: Roster) -> None:
    """Seal the log to the new audit key and link it anew. Raises Tampered when the old one does not hold."""
    if journal.first_break(session, body) is not None:
        raise Tampered("log")
    kept = list(entries)
    session.execute(delete(LogLine).where(LogLine.body == body))
    session.execute(delete(LogHead).where(LogHead.body == body))
    for entry in kept:
        journal.record(session, roster, entry.seat, entry.act, entry.report, entry.week, **entry.facts)

"""A row and its envelopes: opening, sealing anew under the same keys, and under new ones. No queries.

The shared envelope is sealed last and only opens beside the other five as they stand (``_beside``): every writer,
the reporter too, holds its key, so an older envelope put back into the row is refused, whichever it is.
"""

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from feedback_app.confidential.documents import Answers, Identity, Shared, Working
from feedback_app.confidential.models import Report
from feedback_app.confidential.roster import Roster, Seat
from feedback_app.confidential.sealing import slots
from feedback_app.confidential.sealing.envelopes import Kind, new_key, seal, tag_of, unseal
from feedback_app.confidential.sealing.slots import KeyPair, Keys


@dataclass
class Opened:
    """A report as a reader sees it: the row and what its envelopes hold."""

    row: Report
    keys: Keys
    answers: Answers
    shared: Shared
    working: Working


def opened(row: Report, keys: Keys) -> Opened:
    """Return the report. Raises Tampered."""
    return Opened(
        row,
        keys,
        answers_of(row, keys),
        shared_of(row, keys),
        Working.unpacked(unseal(row.working, keys.working, row.id, Kind.WORKING)),
    )


def answers_of(row: Report, keys: Keys) -> Answers:
    return Answers.unpacked(unseal(row.answers, keys.report, row.id, Kind.ANSWERS))


def shared_of(row: Report, keys: Keys) -> Shared:
    return Shared.unpacked(unseal(row.shared, keys.report, row.id, Kind.SHARED, _beside(row)))


def write_shared(row: Report, keys: Keys, shared: Shared) -> None:
    """Seal it, after whatever else changes in the row."""
    row.shared = seal(shared.packed(), keys.report, row.id, Kind.SHARED, _beside(row))


def write(report: Opened) -> None:
    """Seal what has changed under the keys the report has, after whatever else changes in the row."""
    report.row.working = seal(report.working.packed(), report.keys.working, report.row.id, Kind.WORKING)
    write_shared(report.row, report.keys, report.shared)


def _beside(row: Report) -> bytes:
    """Return what the shared envelope is bound to: body, week and the other five envelopes.

    Of an envelope that refuses any change by itself, nonce and tag say which one it is.
    """
    sealed = (tag_of(envelope) for envelope in (row.answers, row.working, row.identity))
    place = f"\0{row.body}\0{row.week.isoformat()}".encode()
    content = b"".join((*sealed, row.slots, row.identity_slots, place))
    return hashlib.blake2b(content, person=b"vault beside").digest()


def seal_anew(report: Opened, roster: Roster) -> None:
    """Seal everything under new keys for ``working.readers``, the reporter and the recovery key.

    Whoever still remembers the old keys opens nothing written from now on. The identity must be in its place before.
    """
    report.keys = slots.new_keys()
    report.row.answers = seal(report.answers.packed(), report.keys.report, report.row.id, Kind.ANSWERS)
    share(report, roster)


def share(report: Opened, roster: Roster) -> None:
    """Make the slots anew for those who read now, and seal what has changed; the keys stay."""
    readers = [seat for seat in roster.seats if seat.id in report.working.readers]
    report.row.slots = slots.make(list(_entries(report.keys, roster, readers, report.shared.reporter)))
    write(report)


def _entries(
    keys: Keys, roster: Roster, seats: Iterable[Seat], reporter: str
) -> Iterable[tuple[bytes, Keys]]:
    yield roster.recovery_key, keys
    for seat in seats:
        yield seat.public_key, keys
    if reporter:
        yield bytes.fromhex(reporter), slots.without_work(keys)


def seal_identity(row: Report, identity: Identity, roster: Roster, excluded: Collection[str]) -> None:
    """Seal the identity under a new key for the custodians who are not kept out, and the recovery key."""
    keys = Keys(new_key(), new_key())
    row.identity = seal(identity.packed(), keys.report, row.id, Kind.IDENTITY)
    allowed = [seat for seat in roster.custodians() if seat.id not in excluded] if identity.given else []
    row.identity_slots = slots.make(
        [(roster.recovery_key, keys), *((seat.public_key, keys) for seat in allowed)]
    )


def identity_of(row: Report, pair: KeyPair) -> Identity | None:
    """Return the identity to a custodian of this report, ``None`` to others. Raises Tampered."""
    keys = slots.find(row.identity_slots, pair)
    if keys is None:
        return None
    return Identity.unpacked(unseal(row.identity, keys.report, row.id, Kind.IDENTITY))


def erase_identity(row: Report) -> None:
    """Put an empty envelope that nobody can open in the identity's place."""
    row.identity = seal(Identity().packed(), new_key(), row.id, Kind.IDENTITY)
    row.identity_slots = slots.dummies()


def erase(row: Report) -> None:
    """Put noise in the place of all that was written; the row keeps id, body, week, state and receipt."""
    empty = Shared(nonce="", story="").packed()
    row.slots = slots.dummies()
    row.answers = seal(b"{}", new_key(), row.id, Kind.ANSWERS)
    row.shared = seal(empty, new_key(), row.id, Kind.SHARED)
    row.working = seal(b"{}", new_key(), row.id, Kind.WORKING)
    erase_identity(row)


def commitment(answers: Answers, shared: Shared) -> bytes:
    """Return what the register holds of a report: a hash that tells nothing without the nonce inside it."""
    files = [f"{file.name}\0{file.size}\0{file.blob}" for file in shared.files]
    content = b"\1".join([answers.packed(), shared.story.encode(), *(line.encode() for line in files)])
    return hashlib.blake2b(
        content, key=bytes.fromhex(shared.nonce), digest_size=32, person=b"vault register"
    ).digest()

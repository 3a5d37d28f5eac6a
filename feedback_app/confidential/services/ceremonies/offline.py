"""The offline secret put to use: is it the pinned one, sign a roster, open every report through the recovery slot."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from feedback_app.confidential import reports, roster, rosters, wrapping
from feedback_app.confidential.context import vault
from feedback_app.confidential.errors import WrongShares
from feedback_app.confidential.models import SeatKey, SignedRoster
from feedback_app.confidential.roster import Role, Roster, Seat
from feedback_app.confidential.sealing import passphrases, signing, slots
from feedback_app.confidential.sealing.shares import Offline, offline_of
from feedback_app.confidential.wrapping import Opened
from feedback_app.core import faults


@dataclass(frozen=True)
class NewSeat:
    """Who is to get a seat; the passphrase is typed by the inspector and kept nowhere."""

    name: str
    post: str
    roles: frozenset[Role]
    passphrase: str


def checked(session: Session, body: str, secret: bytes) -> tuple[Roster, Offline]:
    """Return the body's roster and offline keys.

    Raises:
        WrongShares: the secret is not that of a pinned key; IntakeClosed: the roster is not signed by one.
    """
    offline = offline_of(secret)
    if roster.verify_key_of(offline.signing_seed) not in vault().anchors.of(body):
        raise WrongShares
    return rosters.current(session, body), offline


def sign(session: Session, new: Roster, offline: Offline) -> None:
    """Put the roster in the old one's place."""
    document, signature = roster.signed(new, offline.signing_seed)
    session.merge(SignedRoster(body=new.body, document=document, signature=signature))


def seat(session: Session, body: str, new: NewSeat, seat_id: str = "") -> Seat:
    """Make a key for the seat, wrapped by the passphrase, and return the seat as the roster holds it.

    Raises:
        WeakPassphrase: it could be guessed.
    """
    seat_id = seat_id or secrets.token_hex(8)
    private = secrets.token_bytes(32)
    passphrases.require_strong(new.passphrase, {new.name, body})
    wrapped = passphrases.wrap(private, new.passphrase, seat_id, vault().argon_kib)
    session.merge(
        SeatKey(
            seat=seat_id,
            body=body,
            salt=wrapped.salt,
            memory_kib=wrapped.memory_kib,
            passes=wrapped.passes,
            sealed=wrapped.sealed,
        )
    )
    return Seat(
        id=seat_id,
        name=new.name.strip(),
        post=new.post.strip(),
        roles=new.roles,
        public=slots.pair_from(private).public.hex(),
        verify=signing.verify_key(signing.seed_of(private)),
    )


def every_report(session: Session, body: str, offline: Offline) -> Iterator[Opened]:
    """Yield each report that still has content, opened through the recovery slot."""
    found = reports.of_body(session, body)
    for number, row in enumerate(found, 1):
        keys = slots.find(row.slots, offline.recovery)
        if keys is not None:
            yield wrapping.opened(row, keys)
        if number * 2 >= len(found):
            faults.point("vault-half-rewrapped")


def reseal_identity(report: Opened, offline: Offline, new: Roster) -> None:
    """Seal the identity under a new key for the custodians of the roster ``new``."""
    identity = wrapping.identity_of(report.row, offline.recovery)
    if identity is not None:
        out = {*report.shared.excluded, *report.working.recused}
        wrapping.seal_identity(report.row, identity, new, out)

"""Filing a report: sealed in one go, once per form, into the letterbox."""

import hashlib
import hmac
import secrets
import uuid
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from feedback_app.confidential import reports, rosters, uploads, wrapping
from feedback_app.confidential.context import vault
from feedback_app.confidential.documents import (
    LONGEST_STORY,
    MOST_FILES,
    Answers,
    Identity,
    Shared,
    State,
    Working,
)
from feedback_app.confidential.errors import ContainsCode, NoCustodian, NoReader, TooLong, WrongDoor
from feedback_app.confidential.models import Door, InLetterbox, Registered, Report
from feedback_app.confidential.roster import Roster
from feedback_app.confidential.sealing import receipts, slots
from feedback_app.confidential.sealing.receipts import Reporter
from feedback_app.confidential.uploads import Upload
from feedback_app.confidential.weeks import week_of


@dataclass(frozen=True)
class Filing:
    """What a reporter sends; ``excluded`` are ids of seats to keep out."""

    body: str
    answers: Answers
    story: str
    excluded: tuple[str, ...] = ()
    identity: Identity | None = None
    files: tuple[Upload, ...] = ()
    source: str = ""


@dataclass(frozen=True)
class Filed:
    """``code`` is shown once; ``again``: this form had been received already; ``commitment`` is in the register."""

    code: str
    again: bool
    commitment: str
    week: date


@dataclass(frozen=True)
class Choice:
    """A seat as the reporter sees it."""

    id: str
    name: str
    post: str
    custodian: bool


@dataclass(frozen=True)
class Intake:
    """Who would read a report to this body; ``fingerprint`` is that of the body's pinned key."""

    body: str
    seats: tuple[Choice, ...]
    fingerprint: str


def intake(session: Session, body: str) -> Intake:
    """Return who reads reports to the body. Raises IntakeClosed."""
    roster = rosters.current(session, body)
    custodians = roster.custodians()
    seats = (Choice(seat.id, seat.name, seat.post, seat in custodians) for seat in roster.seats)
    return Intake(body, tuple(seats), rosters.fingerprint(body))


def file(session: Session, filing: Filing, *, token: bytes, on: date) -> Filed:
    """Seal and store the report; the same ``token`` again changes nothing and returns the same receipt.

    Raises:
        IntakeClosed: the body takes nothing in.
        NoReader, NoCustodian: too many are to be kept out.
        TooLong, ContainsCode: of the story or the identity.
        NotFound: an upload waited too long.
        OutOfSpace: nothing was stored.
    """
    roster = rosters.current(session, filing.body)
    code = receipts.from_token(token, vault().receipt_key)
    reporter = receipts.keys_of(code)
    lookup = receipts.stored_lookup(reporter)
    reports.hold_lookup(session, lookup)
    before = reports.by_lookup(session, lookup)
    if before is not None:
        return Filed(code, True, _commitment_of(before, reporter), before.week)
    _check(filing, roster, code)
    commitment = _store(session, filing, roster, lookup, reporter.pair.public.hex(), on)
    return Filed(code, False, commitment, week_of(on))


def hand_in(session: Session, door: str, filing: Filing, *, on: date) -> None:
    """Take in what others collated (task 43): nobody can read it back through this door, there is no receipt.

    Raises:
        WrongDoor: the token is not the body's.
        IntakeClosed, TooLong, NotFound, OutOfSpace: as for ``file``.
    """
    kept = session.get(Door, filing.body)
    if not hmac.compare_digest(door_hash(door), kept.token_hash if kept else bytes(32)):
        raise WrongDoor
    roster = rosters.current(session, filing.body)
    _check(filing, roster, "")
    _store(session, filing, roster, secrets.token_bytes(32), "", on)


def door_hash(token: str) -> bytes:
    """Return what is stored of a door's token, which a machine drew with more than 80 bits."""
    return hashlib.blake2b(token.strip().encode(), digest_size=32, person=b"vault door").digest()


def _check(filing: Filing, roster: Roster, code: str) -> None:
    readers = _readers(filing, roster)
    if not readers:
        raise NoReader
    given = filing.identity is not None and filing.identity.given
    if given and not any(seat.id in readers for seat in roster.custodians()):
        raise NoCustodian
    if len(filing.story) > LONGEST_STORY or len(filing.files) > MOST_FILES:
        raise TooLong
    identity = filing.identity.model_dump_json() if filing.identity else ""
    if code and (receipts.mentions(filing.story, code) or receipts.mentions(identity, code)):
        raise ContainsCode


def _readers(filing: Filing, roster: Roster) -> tuple[str, ...]:
    return tuple(seat.id for seat in roster.seats if seat.id not in filing.excluded)


def _store(session: Session, filing: Filing, roster: Roster, lookup: bytes, reporter: str, on: date) -> str:
    shared = Shared(
        nonce=secrets.token_hex(32),
        reporter=reporter,
        source=filing.source,
        excluded=filing.excluded,
        story=filing.story,
        files=uploads.store(session, filing.files),
    )
    row = InLetterbox(
        id=str(uuid.uuid4()), body=filing.body, week=week_of(on), state=State.NEW, lookup=lookup
    )
    working = Working(readers=_readers(filing, roster))
    wrapping.seal_identity(row, filing.identity or Identity(), roster, filing.excluded)
    wrapping.seal_anew(wrapping.Opened(row, slots.new_keys(), filing.answers, shared, working), roster)
    commitment = wrapping.commitment(filing.answers, shared)
    session.add_all([row, Registered(commitment=commitment, body=filing.body, week=week_of(on))])
    session.flush()
    return commitment.hex()


def _commitment_of(row: Report, reporter: Reporter) -> str:
    """Return the commitment again; empty when the report has been withdrawn since."""
    keys = slots.find(row.slots, reporter.pair)
    if keys is None:
        return ""
    return wrapping.commitment(wrapping.answers_of(row, keys), wrapping.shared_of(row, keys)).hex()

"""Setting a body up; inspectors who come, leave, or have forgotten their passphrase."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import delete
from sqlalchemy.orm import Session

from feedback_app.confidential import journal, questions, wrapping
from feedback_app.confidential.context import vault
from feedback_app.confidential.errors import Conflict, NotFound
from feedback_app.confidential.models import SeatKey, SignedRoster
from feedback_app.confidential.roster import Role, Roster, verify_key_of
from feedback_app.confidential.sealing.shares import Offline, offline_of
from feedback_app.confidential.services.ceremonies.offline import (
    NewSeat,
    checked,
    every_report,
    reseal_identity,
    seat,
    sign,
)
from feedback_app.confidential.wrapping import Opened
from feedback_app.core import faults

FEWEST_SEATS = 2
FEWEST_CUSTODIANS = 2  # nobody opens an identity for himself


def initialise(session: Session, body: str, people: Sequence[NewSeat], secret: bytes, *, on: date) -> Roster:
    """Set the body up with its first seats and pin its offline key; the shares must have been printed before.

    Raises:
        Conflict: it is set up already; NotFound: no hosted body has this code.
        ValueError: fewer than two people, two custodians, one head or handler.
        WeakPassphrase: of one of them.
    """
    if body not in {hosted.code for hosted in questions.shipped().hosted()}:
        raise NotFound
    if session.get(SignedRoster, body) is not None:
        raise Conflict
    _require_enough(people)
    offline = offline_of(secret)
    seats = tuple(seat(session, body, new) for new in people)
    made = Roster(
        body=body,
        version=1,
        seats=seats,
        recovery=offline.recovery.public.hex(),
        audit=offline.audit.public.hex(),
    )
    vault().anchors.pin(body, (verify_key_of(offline.signing_seed),), least=1)
    faults.point("vault-pinned")
    sign(session, made, offline)
    journal.record(session, made, "", "init", "", on)
    return made


def add(
    session: Session, body: str, secret: bytes, new: NewSeat, *, open_cases: bool = False, on: date
) -> Roster:
    """Give somebody a seat; of reports filed before, only with ``open_cases``, and never closed ones.

    Reporters chose whom to keep out from the list of their day, so handing a single case over is the better way.

    Raises:
        Conflict: the name is taken; WeakPassphrase, WrongShares, IntakeClosed.
    """
    roster, offline = checked(session, body, secret)
    if roster.named(new.name) is not None:
        raise Conflict
    made = seat(session, body, new)
    grown = _with(roster, (*roster.seats, made))
    sign(session, grown, offline)
    journal.record(session, grown, made.id, "seat_added", "", on)
    if open_cases:
        for report in every_report(session, body, offline):
            if report.shared.outcome is None:
                report.working = report.working.but(readers=(*report.working.readers, made.id))
                wrapping.share(report, grown)
    return grown


def remove(session: Session, body: str, secret: bytes, seat_id: str, *, on: date) -> tuple[Roster, int]:
    """Take a seat away: every report is sealed under new keys for those who stay.

    Returns:
        The roster, and how many reports nobody but the recovery key can open now (everybody else is kept out).

    Raises:
        NotFound: no such seat; ValueError: too few would stay; WrongShares, IntakeClosed.
    """
    roster, offline = checked(session, body, secret)
    if roster.seat(seat_id) is None:
        raise NotFound
    left = _with(roster, tuple(one for one in roster.seats if one.id != seat_id))
    _require_enough(left.seats)
    session.execute(delete(SeatKey).where(SeatKey.seat == seat_id))
    sign(session, left, offline)
    journal.record(session, left, seat_id, "seat_removed", "", on)
    return left, _without(session, left, offline, seat_id)


def recover(session: Session, body: str, secret: bytes, seat_id: str, passphrase: str, *, on: date) -> Roster:
    """Give a seat a new key under a new passphrase; it reads what it read before.

    Identities that a custodian had opened for it were sealed to the lost key and must be asked for again.

    Raises:
        NotFound: no such seat; WeakPassphrase, WrongShares, IntakeClosed.
    """
    roster, offline = checked(session, body, secret)
    old = roster.seat(seat_id)
    if old is None:
        raise NotFound
    new = seat(session, body, NewSeat(old.name, old.post, old.roles, passphrase), seat_id)
    changed = _with(roster, tuple(new if one.id == seat_id else one for one in roster.seats))
    sign(session, changed, offline)
    journal.record(session, changed, seat_id, "seat_recovered", "", on)
    for report in every_report(session, body, offline):
        reseal_identity(report, offline, changed)
        wrapping.share(report, changed)
    return changed


def _without(session: Session, left: Roster, offline: Offline, seat_id: str) -> int:
    orphans = 0
    for report in every_report(session, left.body, offline):
        _take_out(report, left, seat_id)
        orphans += not report.working.readers
        reseal_identity(report, offline, left)
        wrapping.seal_anew(report, left)
    return orphans


def _take_out(report: Opened, left: Roster, seat_id: str) -> None:
    """Take the seat out of the readers; where it was the last, heads follow whom the reporter did not keep out."""
    working = report.working
    readers = tuple(reader for reader in working.readers if reader != seat_id)
    if not readers:
        out = {*report.shared.excluded, *working.recused}
        readers = tuple(one.id for one in left.seats if one.holds(Role.HEAD) and one.id not in out)
    handler = "" if working.handler == seat_id else working.handler
    report.working = working.but(readers=readers, handler=handler)


def _with(roster: Roster, seats: tuple[object, ...]) -> Roster:
    return roster.model_copy(update={"seats": seats, "version": roster.version + 1})


def _require_enough(people: Sequence[NewSeat] | Sequence[object]) -> None:
    roles: list[frozenset[Role]] = [getattr(person, "roles", frozenset()) for person in people]
    custodians = sum(Role.CUSTODIAN in held for held in roles)
    handlers = sum(bool(held & {Role.HANDLER, Role.HEAD}) for held in roles)
    if len(roles) < FEWEST_SEATS or custodians < FEWEST_CUSTODIANS or not handlers:
        raise ValueError("too few seats")

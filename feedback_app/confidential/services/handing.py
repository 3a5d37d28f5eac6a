"""Who handles a report, and who reads it: assigning, taking, handing over, standing aside."""

from datetime import date

from sqlalchemy.orm import Session

from feedback_app.confidential import wrapping
from feedback_app.confidential.documents import Stage, State
from feedback_app.confidential.errors import LastReader, NotAllowed, NotFound
from feedback_app.confidential.roster import Role
from feedback_app.confidential.services.acting import begin, finish, has_free_head
from feedback_app.confidential.sessions import Unlocked
from feedback_app.confidential.wrapping import Opened

EARLY = frozenset({Stage.RECEIVED, Stage.TRIAGED})


def assign(session: Session, unlocked: Unlocked, report_id: str, to: str, *, on: date) -> None:
    """Give the report to a reader, as the head who reads it.

    Raises:
        NotAllowed: not the head, or ``to`` does not read it or handles nothing; else as ``acting.begin``.
    """
    report = begin(session, unlocked, report_id)
    if not unlocked.holds(Role.HEAD):
        raise NotAllowed
    _give(report, unlocked, to)
    finish(session, unlocked, report, "assignment", on, facts={"to": to})


def take(session: Session, unlocked: Unlocked, report_id: str, *, on: date) -> None:
    """Take a report that has no handler, where no head reads it.

    Raises:
        NotAllowed: a head reads it, somebody handles it, or the seat handles nothing; else as ``acting.begin``.
    """
    report = begin(session, unlocked, report_id)
    if has_free_head(unlocked, report) or report.working.handler:
        raise NotAllowed
    _give(report, unlocked, unlocked.seat.id)
    finish(session, unlocked, report, "taking", on)


def hand_over(
    session: Session, unlocked: Unlocked, report_id: str, to: str, reason: str, *, keep: bool = True, on: date
) -> None:
    """Give the report to another seat, which becomes a reader; with ``keep`` off the giver reads no longer.

    Raises:
        NotAllowed: neither handler nor head; the reporter wants ``to`` kept out, or it stood aside.
        NotFound: no such seat.
    """
    report = begin(session, unlocked, report_id)
    if report.working.handler != unlocked.seat.id and not unlocked.holds(Role.HEAD):
        raise NotAllowed
    _admit(report, unlocked, to)
    report.working = report.working.but(handler=to)
    if not keep:
        _drop(report, unlocked.seat.id)
    finish(session, unlocked, report, "hand_over", on, text=reason, facts={"to": to})
    wrapping.seal_anew(report, unlocked.roster)
    _forget(unlocked, report, keep)


def recuse(
    session: Session, unlocked: Unlocked, report_id: str, reason: str, *, to: str = "", on: date
) -> None:
    """Stand aside: the seat's slots are gone, everything is sealed under new keys.

    Raises:
        LastReader: nobody else reads it, and no ``to`` is named; NotAllowed, NotFound as for ``hand_over``.
    """
    report = begin(session, unlocked, report_id)
    own = unlocked.seat.id
    if to:
        _admit(report, unlocked, to)
    if set(report.working.readers) <= {own}:
        raise LastReader
    _drop(report, own)
    if report.working.handler == own:
        report.working = report.working.but(handler=to)
    finish(session, unlocked, report, "recusal", on, text=reason)
    _reseal_identity(report, unlocked)
    wrapping.seal_anew(report, unlocked.roster)
    _forget(unlocked, report, keep=False)


def _give(report: Opened, unlocked: Unlocked, to: str) -> None:
    seat = unlocked.roster.seat(to)
    if seat is None or to not in report.working.readers:
        raise NotAllowed
    if not (seat.holds(Role.HANDLER) or seat.holds(Role.HEAD)):
        raise NotAllowed
    stage = Stage.ASSIGNED if report.working.stage in EARLY else report.working.stage
    report.row.state = State.IN_WORK
    report.working = report.working.but(handler=to, stage=stage)


def _admit(report: Opened, unlocked: Unlocked, to: str) -> None:
    if unlocked.roster.seat(to) is None:
        raise NotFound
    if to in report.shared.excluded or to in report.working.recused:
        raise NotAllowed
    readers = tuple(dict.fromkeys((*report.working.readers, to)))
    report.working = report.working.but(readers=readers)


def _drop(report: Opened, seat: str) -> None:
    working = report.working
    report.working = working.but(
        readers=tuple(reader for reader in working.readers if reader != seat),
        recused=(*working.recused, seat),
    )


def _reseal_identity(report: Opened, unlocked: Unlocked) -> None:
    """Where the seat that stands aside keeps the identity, the other custodians keep it from now on."""
    identity = wrapping.identity_of(report.row, unlocked.pair)
    if identity is not None:
        out = {*report.shared.excluded, *report.working.recused}
        wrapping.seal_identity(report.row, identity, unlocked.roster, out)


def _forget(unlocked: Unlocked, report: Opened, keep: bool) -> None:
    unlocked.known = {place: keys for place, keys in unlocked.known.items() if place[0] != report.row.id}
    if not keep:
        unlocked.opened.discard(report.row.id)

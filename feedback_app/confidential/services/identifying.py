"""Who reports: asked for with a reason, opened by a custodian for that handler alone, told to the reporter."""

from datetime import date

from nacl import bindings
from nacl.exceptions import CryptoError
from sqlalchemy.orm import Session

from feedback_app.confidential import wrapping
from feedback_app.confidential.documents import Identity, IdentityRequest
from feedback_app.confidential.errors import NotAllowed, NotFound, NotGranted
from feedback_app.confidential.roster import Role
from feedback_app.confidential.services import opening
from feedback_app.confidential.services.acting import begin, finish, said
from feedback_app.confidential.sessions import Unlocked
from feedback_app.confidential.weeks import week_of
from feedback_app.confidential.wrapping import Opened


def ask_identity(session: Session, unlocked: Unlocked, report_id: str, reason: str, *, on: date) -> None:
    """Ask the custodians who reported. Raises as ``acting.begin``; NotAllowed without a reason."""
    report = begin(session, unlocked, report_id, handler_only=True)
    if not reason.strip():
        raise NotAllowed
    asked = IdentityRequest(by=unlocked.seat.id, reason=reason, week=week_of(on))
    report.working = report.working.but(identity_requests=(*report.working.identity_requests, asked))
    finish(session, unlocked, report, "identity_asked", on, text=reason)


def answer(
    session: Session, unlocked: Unlocked, report_id: str, request: int, grant: bool, reason: str, *, on: date
) -> None:
    """Open the identity for the handler who asked, or refuse; opened, the reporter sees it and the week.

    Raises:
        NotAllowed: no custodian, or the one who asked; NotFound: no such open request; NotGranted: nothing was given.
    """
    report = begin(session, unlocked, report_id)
    asked = _open_request(report, request)
    if not unlocked.holds(Role.CUSTODIAN) or unlocked.seat.id in {asked.by, report.working.handler}:
        raise NotAllowed
    opened = _sealed_for(report, unlocked, asked.by) if grant else ""
    given = asked.but(granted=grant, answered_by=unlocked.seat.id, answer=reason, opened=opened)
    requests = list(report.working.identity_requests)
    requests[request] = given
    report.working = report.working.but(identity_requests=tuple(requests))
    if grant:
        report.shared = report.shared.but(identity_opened=(*report.shared.identity_opened, week_of(on)))
    act = "identity_opened" if grant else "identity_refused"
    finish(
        session, unlocked, report, act, on, text=reason, message=said("identity", "", on) if grant else None
    )


def identity(session: Session, unlocked: Unlocked, report_id: str) -> Identity:
    """Return the identity to the handler for whom a custodian opened it.

    Raises:
        NotGranted: nobody did; NotOpened, NotFound.
    """
    report = opening.opened(session, unlocked, report_id)
    for asked in report.working.identity_requests:
        if asked.granted and asked.by == unlocked.seat.id:
            return _read(asked, unlocked)
    raise NotGranted


def as_custodian(session: Session, unlocked: Unlocked, report_id: str, *, on: date) -> Identity:
    """Return the identity to a custodian who checks it, outside the ordinary session; it goes into the log.

    Raises:
        NotAllowed: no custodian, or the handler of this very report; NotGranted: anonymous.
    """
    report = begin(session, unlocked, report_id)
    if not unlocked.holds(Role.CUSTODIAN) or report.working.handler == unlocked.seat.id:
        raise NotAllowed
    found = wrapping.identity_of(report.row, unlocked.pair)
    if found is None or not found.given:
        raise NotGranted
    finish(session, unlocked, report, "identity_checked", on)
    return found


def _open_request(report: Opened, request: int) -> IdentityRequest:
    requests = report.working.identity_requests
    if not 0 <= request < len(requests) or requests[request].granted is not None:
        raise NotFound
    return requests[request]


def _sealed_for(report: Opened, unlocked: Unlocked, seat_id: str) -> str:
    found = wrapping.identity_of(report.row, unlocked.pair)
    seat = unlocked.roster.seat(seat_id)
    if found is None or not found.given or seat is None:
        raise NotGranted
    return bindings.crypto_box_seal(found.packed(), seat.public_key).hex()


def _read(asked: IdentityRequest, unlocked: Unlocked) -> Identity:
    pair = unlocked.pair
    try:
        content = bindings.crypto_box_seal_open(bytes.fromhex(asked.opened), pair.public, pair.private)
    except CryptoError:  # the seat has had another key since
        raise NotGranted from None
    return Identity.unpacked(content)

"""A quarter's statistics: counted in memory from the closed answers, protected, approved by a second seat, frozen.

Two tables leave, which have nothing but the grand total in common; where that is hidden in one of them, both are
hidden whole, so that neither helps to work out the other.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from feedback_app import disclosure
from feedback_app.catalogue import packs
from feedback_app.confidential import journal, questions, release_file
from feedback_app.confidential.documents import Answers
from feedback_app.confidential.errors import Conflict, NotAllowed, NotFound, Tampered, WrongStage
from feedback_app.confidential.models import Release, SignedRoster
from feedback_app.confidential.release_file import Proposed
from feedback_app.confidential.sealing import signing, slots
from feedback_app.confidential.sealing.envelopes import Kind, seal, unseal
from feedback_app.confidential.services import opening
from feedback_app.confidential.sessions import Unlocked
from feedback_app.confidential.weeks import quarter_span, week_of
from feedback_app.disclosure import TOTAL, Protected, Table

Protect = Callable[[Table], Protected]
PROPOSED, FROZEN = "proposed", "frozen"
UNSAID = "unsaid"  # the category of what was not answered


@dataclass(frozen=True)
class Preview:
    """What would be shown, and the range that a reader could still deduce of each hidden count, by table."""

    tables: tuple[Protected, ...]
    ranges: tuple[dict[tuple[str, ...], tuple[int, int]], ...]


def counted(answers: Sequence[Answers]) -> tuple[Table, Table]:
    """Return the tables of a quarter: whom it is about by field, and step by amount."""
    pack = questions.shipped()
    units = tuple(unit.code for unit in pack.units if pack.body(unit.body).hosted)
    fields = (*sorted(field.code for field in packs.shipped().fields.fields), UNSAID)
    return (
        _table(answers, ("unit", units), ("field", fields)),
        _table(answers, ("step", _choices("step")), ("amount", _choices("amount"))),
    )


def preview(
    session: Session, unlocked: Unlocked, quarter: str, *, on: date, protect: Protect = disclosure.protect
) -> Preview:
    """Return the quarter's tables as they would leave.

    Raises:
        WrongStage: the quarter is not over, or there is no such one.
    """
    tables = _protected(session, unlocked, quarter, on, protect)
    return Preview(tables, tuple(dict(disclosure.audit(table)) for table in tables))


def propose(
    session: Session, unlocked: Unlocked, quarter: str, *, on: date, protect: Protect = disclosure.protect
) -> None:
    """Count, protect, sign and leave the quarter for a second seat; another proposal takes the place of this one.

    Raises:
        Conflict: it is frozen already; WrongStage as for ``preview``.
    """
    kept = session.get(Release, (unlocked.body, quarter))
    if kept is not None and kept.state == FROZEN:
        raise Conflict
    tables = _protected(session, unlocked, quarter, on, protect)
    made = Proposed(
        body=unlocked.body,
        quarter=quarter,
        tables=tuple(release_file.shown(table) for table in tables),
        counted_on=week_of(on),
    )
    signature = signing.sign(made.signed_part(), unlocked.signing_seed)
    signed = made.but(proposer=unlocked.seat.id, proposal=signature)
    keys = slots.new_keys()
    document = seal(signed.packed(), keys.report, _owner(unlocked.body, quarter), Kind.RELEASE)
    table = slots.make([(seat.public_key, keys) for seat in unlocked.roster.seats])
    session.merge(
        Release(body=unlocked.body, quarter=quarter, state=PROPOSED, slots=table, document=document)
    )
    journal.record(session, unlocked.roster, unlocked.seat.id, "release_proposed", "", on, quarter=quarter)


def waiting(session: Session, unlocked: Unlocked, quarter: str) -> Proposed:
    """Return what was proposed, its signature checked. Raises NotFound, Tampered, SeatChanged."""
    opening.refresh(session, unlocked)
    kept = session.get(Release, (unlocked.body, quarter))
    if kept is None or kept.state != PROPOSED:
        raise NotFound
    keys = slots.find(kept.slots, unlocked.pair)
    if keys is None:
        raise NotFound
    content = unseal(kept.document, keys.report, _owner(unlocked.body, quarter), Kind.RELEASE)
    found = Proposed.unpacked(content)
    seat = unlocked.roster.seat(found.proposer)
    if seat is None or not release_file.is_signed_by(found, seat.id, found.proposal, seat.verify):
        raise Tampered("release")
    return found


def approve(session: Session, unlocked: Unlocked, quarter: str, *, on: date) -> None:
    """Sign what another seat proposed: the quarter is frozen and may leave.

    Raises:
        NotAllowed: the seat proposed it itself; NotFound, Tampered as for ``waiting``.
    """
    found = waiting(session, unlocked, quarter)
    if found.proposer == unlocked.seat.id:
        raise NotAllowed
    signature = signing.sign(found.signed_part(), unlocked.signing_seed)
    approved = found.but(approver=unlocked.seat.id, approval=signature)
    signed_roster = session.get_one(SignedRoster, unlocked.body)
    kept = session.get_one(Release, (unlocked.body, quarter))
    kept.state, kept.slots = FROZEN, slots.dummies()
    kept.document = release_file.packed(approved, signed_roster.document, signed_roster.signature)
    journal.record(session, unlocked.roster, unlocked.seat.id, "release_approved", "", on, quarter=quarter)


def release_file_of(session: Session, body: str, quarter: str) -> bytes:
    """Return the frozen quarter's file. Raises NotFound."""
    kept = session.get(Release, (body, quarter))
    if kept is None or kept.state != FROZEN:
        raise NotFound
    return kept.document


def _protected(
    session: Session, unlocked: Unlocked, quarter: str, on: date, protect: Protect
) -> tuple[Protected, ...]:
    try:
        first, after = quarter_span(quarter)
    except ValueError:
        raise WrongStage from None
    if on < after:
        raise WrongStage
    found = opening.readable(session, unlocked, since=first, until=after)
    # who was kept out of a report could find it by comparing a total with the own list: ADR 0013
    answers = [report.answers for report in found if not report.shared.excluded]
    tables = tuple(protect(table) for table in counted(answers))
    return tables if all(_shows_total(table) for table in tables) else tuple(map(_hidden_whole, tables))


def _shows_total(table: Protected) -> bool:
    return table.values[(TOTAL,) * len(table.dimensions)] is not None


def _hidden_whole(table: Protected) -> Protected:
    return Protected(table.dimensions, dict.fromkeys(table.values), zeros_hidden=True)


def _table(answers: Sequence[Answers], *dimensions: tuple[str, tuple[str, ...]]) -> Table:
    def category(answer: Answers, name: str, categories: tuple[str, ...]) -> str:
        given: str = getattr(answer, name)
        return given if given in categories else categories[-1]

    cells = Counter(tuple(category(answer, *dimension) for dimension in dimensions) for answer in answers)
    return Table(dimensions, cells)


def _choices(question: str) -> tuple[str, ...]:
    return (*(choice.code for choice in questions.shipped().question(question).choices), UNSAID)


def _owner(body: str, quarter: str) -> str:
    return f"{body} {quarter}"

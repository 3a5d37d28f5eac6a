"""Unlocking a seat, the sealed queue, opening one report."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from feedback_app.confidential import journal, questions, reports, rosters, triage, wrapping
from feedback_app.confidential.context import vault
from feedback_app.confidential.documents import Answers, Note, Shared, Stage, State, Working
from feedback_app.confidential.errors import IntakeClosed, NotFound, NotOpened, SeatChanged, Tampered
from feedback_app.confidential.models import Report, SeatKey
from feedback_app.confidential.sealing import passphrases, signing, slots
from feedback_app.confidential.sealing.slots import Keys
from feedback_app.confidential.sessions import Unlocked
from feedback_app.confidential.triage import Score
from feedback_app.confidential.weeks import Step, due, is_late, week_of
from feedback_app.confidential.wrapping import Opened

ENDED = frozenset({State.CLOSED, State.WITHDRAWN})


@dataclass(frozen=True)
class Row:
    """A report in the queue of a seat that can read it; ``unread`` counts the reporter's new messages."""

    id: str
    week: date
    state: State
    answers: Answers
    score: Score
    stage: Stage
    handler: str
    due: dict[Step, date]
    late: tuple[Step, ...]
    unread: int
    withdrawn: bool


def unlock(session: Session, body: str, name: str, passphrase: str, *, on: date) -> Unlocked:
    """Return the unlocked seat; keep it with ``vault().sessions.start``. Raises as ``derive``."""
    unlocked = derive(session, body, name, passphrase)
    came_in(session, unlocked, on=on)
    return unlocked


def came_in(session: Session, unlocked: Unlocked, *, on: date) -> None:
    """Write down that the seat was unlocked."""
    journal.record(session, unlocked.roster, unlocked.seat.id, "unlock", "", on)


def derive(session: Session, body: str, name: str, passphrase: str) -> Unlocked:
    """Return the unlocked seat without writing: this takes a second, and no lock may be held meanwhile.

    Raises:
        WrongPassphrase: name and passphrase do not fit; an unknown name takes the same time.
        IntakeClosed: the list of seats does not bear the pinned key's signature.
        Busy: two others are deriving.
    """
    roster = rosters.current(session, body)
    seat = roster.named(name)
    kept = session.get(SeatKey, seat.id) if seat else None
    if seat is None or kept is None:
        passphrases.pretend(passphrase, vault().argon_kib)
    wrapped = passphrases.Wrapped(kept.salt, kept.memory_kib, kept.passes, kept.sealed)
    private = passphrases.unwrap(wrapped, passphrase, seat.id)
    pair = slots.pair_from(private)
    if pair.public != seat.public_key:
        raise IntakeClosed
    return Unlocked(seat, roster, pair, signing.seed_of(private))


def lock(session: Session, unlocked: Unlocked, *, on: date) -> None:
    """Write down that the seat was locked; the page ends the session."""
    journal.record(session, unlocked.roster, unlocked.seat.id, "lock", "", on)


def queue(
    session: Session, unlocked: Unlocked, *, on: date, damaged: list[str] | None = None
) -> tuple[Row, ...]:
    """Return the reports this seat can read: open ones first, by score; the others are not even counted.

    Args:
        damaged: takes the ids of those whose envelopes are not what was written; without it they end the list.
    """
    rows = (row_of(report, on) for report in readable(session, unlocked, damaged=damaged))
    return tuple(sorted(rows, key=lambda row: (row.state in ENDED, -row.score.points, row.week, row.id)))


def readable(
    session: Session,
    unlocked: Unlocked,
    *,
    since: date | None = None,
    until: date | None = None,
    damaged: list[str] | None = None,
) -> Iterator[Opened]:
    """Yield every report of the body that this seat can read; ``damaged`` as for ``queue``.

    Raises:
        Tampered: an envelope is not what was written, and nobody asked for ``damaged``.
        SeatChanged, IntakeClosed.
    """
    refresh(session, unlocked)
    for report in reports.of_body(session, unlocked.body, since=since, until=until):
        try:
            keys = keys_for(unlocked, report)
            found = wrapping.opened(report, keys) if keys is not None else None
        except Tampered:
            if damaged is None:
                raise
            damaged.append(report.id)
            continue
        if found is not None:
            yield found


def row_of(report: Opened, on: date) -> Row:
    """Return what the queue shows of a report."""
    row, working = report.row, report.working
    by_step = {step: due(row.week, step, working.extensions, questions.shipped().weeks()) for step in Step}
    return Row(
        row.id,
        row.week,
        State(row.state),
        report.answers,
        triage.score(report.answers),
        working.stage,
        working.handler,
        by_step,
        tuple(step for step, week in by_step.items() if is_late(week, on) and not _done(step, working, row)),
        _unread(report.shared, working),
        report.shared.withdrawn,
    )


def open_report(session: Session, unlocked: Unlocked, report_id: str, *, on: date) -> None:
    """Open a report for this session: it is in the log, the reporter's messages count as read.

    Raises:
        NotFound: there is none, or not for this seat.
        Tampered: an envelope is not what was written.
    """
    report = load(session, unlocked, report_id)
    _mark_read(report, unlocked, on)
    journal.record(session, unlocked.roster, unlocked.seat.id, "open", report_id, on)
    unlocked.opened.add(report_id)


def opened(session: Session, unlocked: Unlocked, report_id: str) -> Opened:
    """Return an opened report for its page. Raises NotOpened, NotFound."""
    report = load(session, unlocked, report_id)
    if report_id not in unlocked.opened:
        raise NotOpened
    return report


def file_content(session: Session, unlocked: Unlocked, report_id: str, index: int) -> Iterator[bytes]:
    """Return the plain bytes of a file, by its place in all files. Raises NotOpened, NotFound."""
    files = opened(session, unlocked, report_id).shared.all_files()
    if not 0 <= index < len(files):
        raise NotFound
    file = files[index]
    return vault().blobs.read(file.blob, file.key, file.size)


def load(session: Session, unlocked: Unlocked, report_id: str) -> Opened:
    """Return the report.

    Raises:
        NotFound: there is none, of another body, or no slot is this seat's; SeatChanged, IntakeClosed.
    """
    refresh(session, unlocked)
    row = reports.find(session, report_id)
    keys = keys_for(unlocked, row) if row.body == unlocked.body else None
    if keys is None:
        raise NotFound
    return wrapping.opened(row, keys)


def refresh(session: Session, unlocked: Unlocked) -> None:
    """Go by the list of seats as it is now: what is sealed next must not go to those who left, nor to an old key.

    Raises:
        SeatChanged: this seat is not on it any more, or with another key.
        IntakeClosed: the list does not bear the pinned key's signature.
    """
    roster = rosters.current(session, unlocked.body)
    seat = roster.seat(unlocked.seat.id)
    if seat is None or seat.public_key != unlocked.pair.public:
        raise SeatChanged
    unlocked.roster, unlocked.seat = roster, seat


def keys_for(unlocked: Unlocked, row: Report) -> Keys | None:
    """Return the seat's keys to the report; tried once for each state of the slots in a session."""
    place = (row.id, row.slots[:32])
    if place not in unlocked.known:
        unlocked.known[place] = slots.find(row.slots, unlocked.pair)
    return unlocked.known[place]


def _done(step: Step, working: Working, row: Report) -> bool:
    match step:
        case Step.RECEIVED:
            return row.state != State.NEW
        case Step.TRIAGED:
            return working.stage is not Stage.RECEIVED or row.state in ENDED
        case Step.SETTLED:
            return row.state in ENDED or working.stage is Stage.REFERRED


def _unread(shared: Shared, working: Working) -> int:
    fresh = shared.messages[working.read_messages :]
    return sum(message.by == "reporter" for message in fresh)


def _mark_read(report: Opened, unlocked: Unlocked, on: date) -> None:
    working = report.working
    if report.row.state == State.NEW:
        report.row.state = State.IN_WORK
        first = Note(by=unlocked.seat.id, week=week_of(on), kind="received")
        working = working.but(notes=(*working.notes, first))
    if len(report.shared.messages) != working.read_messages or working is not report.working:
        report.working = working.but(read_messages=len(report.shared.messages))
        wrapping.write(report)

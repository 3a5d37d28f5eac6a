"""The reporter's own conversation, opened by the receipt; a wrong code does the work of a right one, in vain."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from feedback_app.confidential import reports, uploads, wrapping
from feedback_app.confidential.context import vault
from feedback_app.confidential.documents import (
    LONGEST_MESSAGE,
    MOST_FILES,
    Answers,
    CheckIn,
    CheckInAnswer,
    File,
    Message,
    Outcome,
    Shared,
    State,
)
from feedback_app.confidential.errors import (
    Closed,
    ContainsCode,
    NotFound,
    Tampered,
    TooLong,
    UnknownReceipt,
    Withdrawn,
)
from feedback_app.confidential.models import Registered, Report
from feedback_app.confidential.sealing import receipts, slots
from feedback_app.confidential.sealing.envelopes import Kind, new_key, seal, unseal
from feedback_app.confidential.sealing.slots import Keys
from feedback_app.confidential.uploads import Upload
from feedback_app.confidential.weeks import check_ins_due, week_of


@dataclass(frozen=True)
class Proof:
    """``registered``: the register holds the commitment; ``unchanged``: the report still is what was committed to."""

    commitment: str
    registered: bool
    unchanged: bool
    week: date


@dataclass(frozen=True)
class Conversation:
    """All that the receipt shows."""

    state: State
    week: date
    answers: Answers
    story: str
    files: tuple[File, ...]
    messages: tuple[Message, ...]
    identity_opened: tuple[date, ...]
    check_ins: tuple[CheckIn, ...]
    check_ins_due: tuple[int, ...]
    outcome: Outcome | None
    proof: Proof


@dataclass
class _Entered:
    row: Report
    keys: Keys
    shared: Shared


def look(session: Session, code: str, *, on: date) -> Conversation:
    """Return the conversation.

    Raises:
        Mistyped: length or check symbols are wrong.
        UnknownReceipt: no report has the code (any more).
        Withdrawn: the reporter withdrew it.
    """
    entered = _enter(session, code)
    shared, row = entered.shared, entered.row
    answered = [check_in.days for check_in in shared.check_ins]
    return Conversation(
        State(row.state),
        row.week,
        wrapping.answers_of(row, entered.keys),
        shared.story,
        shared.files,
        shared.messages,
        shared.identity_opened,
        shared.check_ins,
        check_ins_due(row.week, on, answered),
        shared.outcome,
        _proof(session, entered),
    )


def reply(session: Session, code: str, text: str, files: tuple[Upload, ...] = (), *, on: date) -> None:
    """Add the reporter's answer and files.

    Raises:
        Closed: the report is closed.
        TooLong, ContainsCode, OutOfSpace; Mistyped, UnknownReceipt, Withdrawn as for ``look``.
    """
    entered = _enter(session, code)
    if entered.row.state == State.CLOSED:
        raise Closed
    _check(text, code)
    if len(entered.shared.all_files()) + len(files) > 2 * MOST_FILES:
        raise TooLong
    stored = uploads.store(session, files)
    message = Message(by="reporter", kind="answer", week=week_of(on), text=text, files=stored)
    _write(entered, messages=(*entered.shared.messages, message))


def check_in(
    session: Session, code: str, days: int, answer: CheckInAnswer, text: str = "", *, on: date
) -> None:
    """Answer the check-in of 30, 60 or 180 days: has anything happened since? Possible after the end, too.

    Raises:
        NotFound: that check-in is not due, or answered.
        TooLong, ContainsCode; Mistyped, UnknownReceipt, Withdrawn as for ``look``.
    """
    entered = _enter(session, code)
    done = entered.shared.check_ins
    if days not in check_ins_due(entered.row.week, on, [one.days for one in done]):
        raise NotFound
    _check(text, code)
    given = CheckIn(days=days, answer=CheckInAnswer(answer), week=week_of(on), text=text)
    message = Message(by="reporter", kind="check_in", week=given.week, text=text)
    _write(entered, check_ins=(*done, given), messages=(*entered.shared.messages, message))


def withdraw(session: Session, code: str, *, on: date) -> None:
    """Take the report back: one that nobody has opened is erased, of others the identity is.

    Raises:
        Closed: it is closed. Mistyped, UnknownReceipt, Withdrawn as for ``look``.
    """
    entered = _enter(session, code)
    row = entered.row
    if row.state == State.CLOSED:
        raise Closed
    if row.state == State.NEW:
        uploads.forget(session, entered.shared.all_files())
        wrapping.erase(row)
    else:
        notice = Message(by="reporter", kind="notice", week=week_of(on))
        wrapping.erase_identity(row)
        _write(entered, withdrawn=True, messages=(*entered.shared.messages, notice))
    row.state = State.WITHDRAWN


def prove(session: Session, code: str) -> Proof:
    """Return the proof that the report is in the register, unchanged. Raises as ``look``."""
    return _proof(session, _enter(session, code))


def file_content(session: Session, code: str, index: int) -> Iterator[bytes]:
    """Return the plain bytes of the reporter's file, by its place in all files. Raises NotFound, and as ``look``."""
    files = _enter(session, code).shared.all_files()
    if not 0 <= index < len(files):
        raise NotFound
    file = files[index]
    return vault().blobs.read(file.blob, file.key, file.size)


def _enter(session: Session, code: str) -> _Entered:
    normalised = receipts.normalised(code)
    reporter = receipts.keys_of(normalised)
    row = reports.by_lookup(session, receipts.stored_lookup(reporter))
    keys = slots.find(row.slots if row else _nobodys(), reporter.pair, every=True)
    withdrawn = row is not None and row.state == State.WITHDRAWN
    if row is None or keys is None or withdrawn:
        _work_in_vain()
        raise Withdrawn if withdrawn else UnknownReceipt
    return _Entered(row, keys, wrapping.shared_of(row, keys))


def _nobodys() -> bytes:
    """Return a table that nobody can open, made once: making one would take longer than a right code takes."""
    if not _DUMMY:
        _DUMMY.append(slots.dummies())
    return _DUMMY[0]


_DUMMY: list[bytes] = []


def _work_in_vain() -> None:
    """Open an envelope as a right code does."""
    key = new_key()
    empty = Shared(nonce=key.hex(), story="").packed()
    try:
        Shared.unpacked(unseal(seal(empty, key, "", Kind.SHARED), key, "", Kind.SHARED))
    except Tampered:
        raise UnknownReceipt from None


def _check(text: str, code: str) -> None:
    if len(text) > LONGEST_MESSAGE:
        raise TooLong
    if receipts.mentions(text, receipts.normalised(code)):
        raise ContainsCode


def _write(entered: _Entered, **changes: object) -> None:
    entered.shared = entered.shared.but(**changes)
    wrapping.write_shared(entered.row, entered.keys, entered.shared)


def _proof(session: Session, entered: _Entered) -> Proof:
    answers = wrapping.answers_of(entered.row, entered.keys)
    commitment = wrapping.commitment(answers, entered.shared)
    found = session.get(Registered, commitment)
    unchanged = found is not None and (found.body, found.week) == (entered.row.body, entered.row.week)
    return Proof(commitment.hex(), found is not None, unchanged, entered.row.week)

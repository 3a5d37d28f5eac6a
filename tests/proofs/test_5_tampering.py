"""Proof 5, first half: whatever is cut, changed, put in another's place or sent again is refused."""

import io
from datetime import timedelta

import pytest
from sqlalchemy import select

from feedback_app.confidential import journal, store, uploads, wrapping
from feedback_app.confidential.context import vault as here
from feedback_app.confidential.errors import (
    IntakeClosed,
    StateExpired,
    Tampered,
)
from feedback_app.confidential.models import Blob, InLetterbox, LogLine, Registered, SeatKey, SignedRoster
from feedback_app.confidential.sealing import receipts
from feedback_app.confidential.sealing.slots import SLOT
from feedback_app.confidential.sealing.state import open_state, seal_state
from feedback_app.confidential.services import conversing, filing, opening
from feedback_app.core import clock
from feedback_app.core.errors import FeedbackError
from tests.confidential.world import file_report, identity

TODAY = clock.today()
ENVELOPES = ("answers", "shared", "working", "identity", "slots", "identity_slots")


@pytest.fixture
def two(world):
    """Return two receipts, each of a report with a name and a file of three chunks."""
    return [file_report(world, identity=identity(), files=(a_file(n),)).code for n in (1, 2)]


def a_file(number: int) -> uploads.Upload:
    return uploads.take(io.BytesIO(f"dòng {number}\n".encode() * 20_000), f"{number}.txt")


def rows(session):
    return session.scalars(select(InLetterbox).order_by(InLetterbox.id)).all()


def change(column: str, how) -> None:
    """Give each report for its own envelope what ``how`` makes of all of them."""
    with store.unit_of_work() as session:
        found = rows(session)
        for row, value in zip(found, how([getattr(row, column) for row in found]), strict=True):
            setattr(row, column, value)


def refused(world, codes) -> int:
    """Return for how many reports a reader is refused what was tampered with; a plain answer is no refusal."""
    an, count = world.unlock("an"), 0
    for code in codes:
        count += _fails(lambda c=code: conversing.look(store.session(), c, on=TODAY))
    for row in rows(store.session()):
        count += _fails(lambda r=row: opening.load(store.session(), an, r.id))
        count += _fails(lambda r=row: _identity(an, r))
    return count


def _identity(unlocked, row):
    if wrapping.identity_of(row, unlocked.pair) is None:
        raise Tampered("identity")


def _fails(deed) -> bool:
    try:
        deed()
    except FeedbackError:
        return True
    return False


CHANGES = {
    "cut by a byte": lambda values: [value[:-1] for value in values],
    "cut to a step": lambda values: [value[:4096] if len(value) > 4096 else value[:SLOT] for value in values],
    "one bit of each box": lambda values: [
        bytes(byte ^ (n % SLOT == 40) for n, byte in enumerate(value)) for value in values
    ],
    "emptied": lambda values: [b"" for _ in values],
    "swapped": lambda values: values[::-1],
}


@pytest.mark.parametrize("how", CHANGES)
def test_an_envelope_that_is_not_what_was_written_is_refused(world, two, how, shows):
    assert refused(world, two) == 0
    found = {}
    for column in ENVELOPES:
        kept = [getattr(row, column) for row in rows(store.session())]
        change(column, CHANGES[how])
        found[column] = refused(world, two)
        change(column, lambda _values, kept=kept: kept)
    shows(
        5,
        f"six kinds of envelopes of two reports, {how}: kinds refused to every reader",
        f"{sum(n >= 2 for n in found.values())} of 6",
    )
    assert refused(world, two) == 0
    assert all(n >= 2 for n in found.values()), found


def test_a_document_of_one_purpose_does_not_open_as_another(world, two):
    with store.unit_of_work() as session:
        for row in rows(session):
            row.shared, row.working = row.working, row.shared
    assert refused(world, two) >= 4


def blobs():
    folder = here().settings.data_dir / "files"
    return [folder / name for name in sorted(store.session().scalars(select(Blob.name)))]


def read(code: str) -> bytes:
    return b"".join(conversing.file_content(store.session(), code, 0))


def test_a_file_that_was_cut_off_is_an_error_and_no_shorter_file(world, two):
    assert len(read(two[0])) == 160_000
    whole = [(path, path.read_bytes()) for path in blobs()]
    for left in (0, 10, 24, 24 + 65_553, -17, -1):
        for path, content in whole:
            path.write_bytes(content[:left])
        with pytest.raises(Tampered):
            read(two[0])


def test_files_that_changed_places_or_grew_are_refused(world, two):
    one, other = blobs()
    first, second = one.read_bytes(), other.read_bytes()
    one.write_bytes(second)
    other.write_bytes(first)
    assert _fails(lambda: read(two[0]))
    assert _fails(lambda: read(two[1]))
    one.write_bytes(first + first[24:])
    other.write_bytes(second + second[24:])
    assert _fails(lambda: read(two[0]))
    assert _fails(lambda: read(two[1]))


def test_a_form_sent_again_makes_no_second_report(world):
    token = receipts.new_token()
    first, again = file_report(world, token=token), file_report(world, token=token)
    assert (first.code, again.again) == (again.code, True)
    assert len(rows(store.session())) == 1


def test_a_page_s_hidden_state_is_refused_changed_and_after_two_hours():
    key, at = here_key(), clock.now()
    text = seal_state({"story": "x"}, key, at)
    assert open_state(text, key, at) == {"story": "x"}
    with pytest.raises(Tampered):
        open_state(text[:200] + ("A" if text[200] != "A" else "B") + text[201:], key, at)
    with pytest.raises(Tampered):
        open_state(text[:-8], key, at)
    with pytest.raises(StateExpired):
        open_state(text, key, at + timedelta(hours=2, seconds=2))


def here_key() -> bytes:
    return bytes(range(32))


def test_a_roster_with_another_s_key_closes_the_intake(world):
    with store.unit_of_work() as session:
        kept = session.get_one(SignedRoster, world.body)
        one, other = world.roster.seats[0].public, world.roster.seats[1].public
        kept.document = kept.document.replace(one, other)
    with pytest.raises(IntakeClosed):
        filing.intake(store.session(), world.body)
    with pytest.raises(IntakeClosed):
        file_report(world)
    assert rows(store.session()) == []


def test_a_seat_s_wrapped_key_put_in_another_s_place_unlocks_nothing(world):
    with store.unit_of_work() as session:
        an, binh = (session.get_one(SeatKey, world.seat(word)) for word in ("an", "binh"))
        an.salt, an.sealed, binh.salt, binh.sealed = binh.salt, binh.sealed, an.salt, an.sealed
    for word in ("an", "binh"):
        assert _fails(lambda w=word: world.unlock(w))


def test_a_line_taken_from_the_log_or_sent_again_breaks_the_chain(world, two):
    world.unlock("an")
    assert journal.first_break(store.session(), world.body) is None
    with store.unit_of_work() as session:
        lines = session.scalars(select(LogLine).order_by(LogLine.position)).all()
        lines[-1].content = lines[0].content
    assert journal.first_break(store.session(), world.body) == len(lines)


def test_a_line_taken_from_the_register_is_seen_by_the_reporter(world, two):
    with store.unit_of_work() as session:
        for row in session.scalars(select(Registered)):
            session.delete(row)
    assert not conversing.prove(store.session(), two[0]).registered


def test_the_receipt_of_another_report_opens_nothing_of_this_one(world, two):
    with store.unit_of_work() as session:
        one, other = rows(session)
        one.lookup, other.lookup = b"-" * 32, one.lookup
        session.flush()
        one.lookup = b"+" * 32
    failed = [code for code in two if _fails(lambda c=code: conversing.look(store.session(), c, on=TODAY))]
    assert failed == two

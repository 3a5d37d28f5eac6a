"""A quarter of sealed reports enters the figures as a file with two signatures, or not at all."""

import json
from datetime import date

import pytest
from nacl.signing import SigningKey

from feedback_app.closing import releases
from feedback_app.confidential import roster
from feedback_app.confidential.release_file import Proposed, packed, shown
from feedback_app.confidential.roster import Role, Roster, Seat
from feedback_app.confidential.sealing import signing
from feedback_app.core import clock
from feedback_app.core.db import db, unit_of_work
from feedback_app.core.errors import Conflict
from feedback_app.disclosure import Table, protect
from feedback_app.surveys import outside

OFFLINE, FIRST, SECOND = (bytes([number]) * 32 for number in (1, 2, 3))
PIN = roster.verify_key_of(OFFLINE)


def seat(name: str, seed: bytes) -> Seat:
    verify = bytes(SigningKey(seed).verify_key).hex()
    return Seat(id=name, name=name, post="", roles=frozenset({Role.HANDLER}), public="00" * 32, verify=verify)


def release_file(approver: str = "binh", seed: bytes = SECOND, count: int = 12) -> bytes:
    table = protect(Table((("step", ("appraisal", "result")),), {("appraisal",): count, ("result",): 20}))
    made = Proposed(
        body="thanh-tra-tinh", quarter="2026-Q3", tables=(shown(table),), counted_on=date(2026, 10, 5)
    )
    made = made.but(proposer="an", proposal=signing.sign(made.signed_part(), FIRST))
    made = made.but(approver=approver, approval=signing.sign(made.signed_part(), seed))
    seats = Roster(
        body="thanh-tra-tinh",
        version=1,
        seats=(seat("an", FIRST), seat("binh", SECOND)),
        recovery="",
        audit="",
    )
    return packed(made, *roster.signed(seats, OFFLINE))


def take(file: bytes, pin: str = PIN):
    with unit_of_work() as session:
        return releases.take(session, file, pin, at=clock.now())


def test_a_quarter_that_two_signed_is_written_down_once(app):
    take(release_file())
    take(release_file())
    [row] = outside.tables(db.session(), source="sealed")
    assert (row.period, row.name) == ("2026-Q3", "thanh-tra-tinh")
    assert row.content["tables"][0]["cells"]


def test_another_table_of_the_same_quarter_is_refused(app):
    take(release_file())
    with pytest.raises(Conflict):
        take(release_file(count=13))


def altered() -> bytes:
    content = json.loads(release_file())
    content["release"]["tables"][0]["cells"][0][1] = 4000
    return json.dumps(content).encode()


@pytest.mark.parametrize(
    "file, pin",
    [
        (release_file(approver="an", seed=FIRST), PIN),
        (release_file(seed=FIRST), PIN),
        (release_file(approver="chi"), PIN),
        (release_file(), roster.verify_key_of(SECOND)),
        (release_file(), "not a key"),
        (altered(), PIN),
        (b"{}", PIN),
        (b"[1]", PIN),
        (b"\xff", PIN),
    ],
    ids=[
        "signed twice by one",
        "not the second's signature",
        "a stranger",
        "another body's key",
        "no key",
        "altered",
        "empty",
        "a list",
        "no text",
    ],
)
def test_a_file_that_is_not_what_two_seats_signed_is_not_believed(app, file, pin):
    with pytest.raises(releases.NotBelieved):
        take(file, pin)
    assert outside.tables(db.session(), source="sealed") == []

"""A report taken back; a quarter's figures with two signatures."""

import json
from datetime import date

import pytest

from feedback_app.confidential import store
from feedback_app.confidential.context import vault as here
from feedback_app.confidential.documents import State
from feedback_app.confidential.errors import (
    Conflict,
    NotAllowed,
    NotFound,
    NotGranted,
    Tampered,
    Withdrawn,
    WrongStage,
)
from feedback_app.confidential.models import InLetterbox, Release
from feedback_app.confidential.release_file import Proposed, is_signed_by
from feedback_app.confidential.roster import verified
from feedback_app.confidential.services import conversing, identifying, opening, releasing, working
from tests.confidential.acting import TODAY, assigned, case, do, only_report
from tests.confidential.world import answers, identity

QUARTER, IN_IT, AFTER = "2026-Q2", date(2026, 5, 20), date(2026, 7, 8)


def test_a_withdrawn_new_report_leaves_nothing_to_read(session, body, filed):
    code = filed(identity=identity()).code
    do(conversing.withdraw, code)
    session.expire_all()
    assert opening.queue(session, body.unlock("an"), on=TODAY) == ()
    with pytest.raises(Withdrawn):
        conversing.look(session, code, on=TODAY)
    assert session.query(InLetterbox).one().state == State.WITHDRAWN


def test_a_report_withdrawn_in_work_stays_but_its_identity_goes(session, body, filed):
    code = filed(identity=identity()).code
    report = only_report(session)
    an, binh = assigned(body, report)
    do(conversing.withdraw, code)
    session.expire_all()
    assert case(session, binh, report).shared.withdrawn
    with pytest.raises(Withdrawn):
        do(working.ask, binh, report, "Còn đó không?")
    with pytest.raises(NotGranted):
        do(identifying.as_custodian, an, report)


@pytest.mark.parametrize("count", [3, 40])
def test_a_quarter_leaves_with_two_signatures_and_no_small_count(session, body, filed, count):
    for number in range(count):
        filed(on=IN_IT, answers=answers(amount="5m_50m" if number % 3 else "under_5m"))
    filed()  # of another quarter
    an, binh = body.unlock("an"), body.unlock("binh")
    _at(releasing.propose, an, QUARTER)
    with pytest.raises(NotFound):
        releasing.release_file_of(session, body.body, QUARTER)
    with pytest.raises(NotAllowed):
        _at(releasing.approve, an, QUARTER)
    _at(releasing.approve, binh, QUARTER)
    session.rollback()
    content = json.loads(releasing.release_file_of(session, body.body, QUARTER))
    release = Proposed.model_validate(content["release"])
    roster = verified(content["roster"], content["roster_signature"], here().anchors.of(body.body)[0])
    for seat, signature in ((release.proposer, release.proposal), (release.approver, release.approval)):
        assert is_signed_by(release, seat, signature, roster.seat(seat).verify)
    shown = [n for table in release.tables for n in table.protected().values.values() if n is not None]
    assert min(shown, default=5) >= 5
    assert bool(shown) == (count == 40)
    with pytest.raises(Conflict):
        _at(releasing.propose, an, QUARTER)


def test_a_report_that_keeps_somebody_out_is_not_counted(session, body, filed):
    for number in range(40):
        filed(on=IN_IT, excluded=(body.seat("chi"),) if number < 9 else ())
    _at(releasing.propose, body.unlock("an"), QUARTER)
    session.rollback()
    made = releasing.waiting(session, body.unlock("binh"), QUARTER)
    totals = {table.protected().values[("", "")] for table in made.tables}
    assert totals == {31} == {len(opening.queue(session, body.unlock("chi"), on=AFTER))}


def test_a_damaged_report_does_not_hide_the_others(session, body, filed):
    filed()
    first = only_report(session)
    filed()
    with store.unit_of_work() as writing:
        kept = writing.get(InLetterbox, first)
        kept.answers = kept.answers[:-1] + bytes([kept.answers[-1] ^ 1])
    an, damaged = body.unlock("an"), []
    assert len(opening.queue(session, an, on=TODAY, damaged=damaged)) == 1
    assert damaged == [first]
    with pytest.raises(Tampered):
        opening.queue(session, an, on=TODAY)


def test_a_quarter_that_is_not_over_is_not_counted(session, body):
    with pytest.raises(WrongStage):
        releasing.preview(session, body.unlock("an"), QUARTER, on=IN_IT)
    with pytest.raises(WrongStage):
        releasing.preview(session, body.unlock("an"), "2026-5", on=AFTER)


def test_a_proposal_stands_in_the_database_as_ciphertext(session, body, filed):
    filed(on=IN_IT)
    _at(releasing.propose, body.unlock("an"), QUARTER)
    session.rollback()
    kept = session.query(Release).one()
    assert b"tables" not in kept.document
    assert releasing.waiting(session, body.unlock("chi"), QUARTER).proposer == body.seat("an")


def _at(act, *args):
    with store.unit_of_work() as session:
        return act(session, *args, on=AFTER)

"""Proof 5, second half: what was genuine once and is put back later is refused among what is genuine now."""

import json
from itertools import combinations

import pytest
from sqlalchemy import select

from feedback_app.confidential import store
from feedback_app.confidential.context import vault as here
from feedback_app.confidential.errors import IntakeClosed
from feedback_app.confidential.models import InLetterbox, SignedRoster
from feedback_app.confidential.services import conversing, filing, handing, opening, working
from feedback_app.confidential.services.ceremonies import keeping, seats
from feedback_app.core import clock
from feedback_app.core.errors import FeedbackError
from tests.confidential.world import BODY, file_report, identity

TODAY = clock.today()
ENVELOPES = ("answers", "shared", "working", "identity", "slots", "identity_slots")


def _deed(act, *given):
    with store.unit_of_work() as session:
        act(session, *given, on=TODAY)


def _note(world, row_id):
    an = world.unlock("an")
    _deed(opening.open_report, an, row_id)
    _deed(working.note, an, row_id, "đã gọi điện")


def _answer(world, code, row_id):
    _deed(conversing.reply, code, "đã có thêm giấy tờ")
    _note(world, row_id)


def _recuse(world, row_id):
    an = world.unlock("an")
    _deed(opening.open_report, an, row_id)
    _deed(handing.recuse, an, row_id, "quen biết")


ACTS = {
    "an inspector notes": lambda world, _code, row_id: _note(world, row_id),
    "an answer and a note": _answer,
    "the reporter withdraws": lambda _world, code, _id: _deed(conversing.withdraw, code),
    "an inspector stands aside": lambda world, _code, row_id: _recuse(world, row_id),
}


def _put(values: dict[str, bytes]) -> None:
    with store.unit_of_work() as session:
        row = session.scalars(select(InLetterbox)).one()
        for column, value in values.items():
            setattr(row, column, value)


def _held() -> dict[str, bytes]:
    store.session().expire_all()
    row = store.session().scalars(select(InLetterbox)).one()
    return {column: getattr(row, column) for column in ENVELOPES}


def _opens(world, row_id) -> bool:
    """Whether Bình, who reads the report all the time, can open it."""
    store.session().rollback()
    try:
        return bool(opening.load(store.session(), world.unlock("binh"), row_id))
    except FeedbackError:
        return False


@pytest.mark.parametrize("act", ACTS)
def test_older_envelopes_of_the_same_report_do_not_open_among_newer_ones(world, act, shows):
    code = file_report(world, identity=identity()).code
    row_id = store.session().scalars(select(InLetterbox.id)).one()
    _note(world, row_id)  # received: what follows rewrites, it does not erase
    before = _held()
    ACTS[act](world, code, row_id)
    after = _held()
    changed = [column for column in ENVELOPES if before[column] != after[column]]
    mixes = [mix for size in range(1, len(changed)) for mix in combinations(changed, size)]
    opened = []
    for mix in mixes:
        _put({column: before[column] for column in mix})
        opened += [mix] * _opens(world, row_id)
        _put(after)
    refused = f"{len(mixes) - len(opened)} of {len(mixes)}"
    shows(5, f"older envelopes put back after {act}: mixtures refused", refused)
    assert mixes
    assert opened == []
    assert _opens(world, row_id)
    _put(before)
    whole = _opens(world, row_id)
    shows(5, f"the whole row put back after {act}: opens (docs/vault.md)", whole, control=True)
    assert whole


def test_an_older_list_of_seats_put_back_closes_the_intake(world, shows):
    with store.unit_of_work() as session:
        kept = session.get_one(SignedRoster, world.body)
        old = kept.document, kept.signature
        seats.remove(session, world.body, world.secret, world.seat("binh"), on=TODAY)
    binh_left = store.session().get_one(SignedRoster, world.body)
    new = binh_left.document, binh_left.signature
    _put_list(*old)
    assert filing.intake(store.session(), world.body).seats  # nothing pins the version yet: control
    _put_list(*new)
    keeping.settle_pins(store.session(), world.body)
    assert len(filing.intake(store.session(), world.body).seats) == 2
    _put_list(*old)
    with pytest.raises(IntakeClosed):
        filing.intake(store.session(), world.body)
    with pytest.raises(IntakeClosed):
        file_report(world)
    shows(5, "an older list of seats with a valid signature, put back: refused", True)
    with pytest.raises(IntakeClosed):
        keeping.settle_pins(store.session(), world.body)
    assert list(keeping.verify(store.session(), world.body)) == ["roster"]


def _put_list(document: str, signature: str) -> None:
    store.session().rollback()
    with store.unit_of_work() as session:
        kept = session.get_one(SignedRoster, BODY)
        kept.document, kept.signature = document, signature
    store.session().expire_all()


def test_a_file_of_pins_without_versions_goes_on_holding(world):
    pins = here().anchors
    pins.path.write_text(json.dumps({BODY: list(pins.of(BODY))}))
    assert (pins.least(BODY), len(filing.intake(store.session(), BODY).seats)) == (0, 3)
    keeping.settle_pins(store.session(), BODY)
    assert pins.least(BODY) == world.roster.version

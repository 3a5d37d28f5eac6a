"""An administrator gives an agency its own way of approving, or takes it back."""

import pytest
from sqlalchemy import select

from feedback_app.catalogue import chains, editing, store
from feedback_app.catalogue.chains import Step
from feedback_app.core.audit import AuditEntry
from feedback_app.core.db import unit_of_work
from feedback_app.core.errors import Conflict, Invalid
from tests.factories import a_person

pytestmark = pytest.mark.usefixtures("packs_put_back")

HEAD = Step(("agency_head",), "Thủ trưởng duyệt", "The head approves")
CLERK = Step(("clerk",), "Văn thư phát hành", "")
ALONE = Step(("officer", "agency_head"), "Một người làm hết", "One person does it all")


@pytest.fixture
def administrator(session):
    return a_person(session, "administrator", None).id


def changed(session, by, agency, *steps, seen=None, reason="Quy chế làm việc"):
    seen = seen or editing.approvals_version(session)
    with unit_of_work() as writing:
        return chains.change(writing, agency, steps, reason=reason, seen_version=seen, by_id=by)


def in_force(session, agency):
    return store.current(session).catalogue.approvals.chain_for(agency)


def test_an_agency_gets_a_chain_of_its_own_and_no_other_changes(session, loaded, administrator):
    before = loaded.catalogue.approvals.chain_for("so-gddt")
    row = changed(session, administrator, "so-xd", HEAD, CLERK)
    mine = in_force(session, "so-xd")
    assert [step.kind for step in mine.steps] == ["approve", "issue"]
    assert mine.steps[1].note.en == "Văn thư phát hành"  # without English the Vietnamese stands in
    assert in_force(session, "so-gddt") == before
    assert (row.origin, row.content["reason"]) == ("edited", "Quy chế làm việc")


def test_a_desk_of_one_person_sends_in_one_step(session, loaded, administrator):
    changed(session, administrator, "so-yt", ALONE)
    assert in_force(session, "so-yt").direct


def test_an_agency_that_gives_up_its_chain_takes_the_common_one_which_stays_one(session, administrator):
    changed(session, administrator, "so-xd", HEAD, CLERK)
    changed(session, administrator, "so-xd")
    assert in_force(session, "so-xd").agencies == ()
    pack = store.current(session).catalogue.approvals
    assert [chain.agencies for chain in pack.chains].count(()) == 1


def test_an_agency_leaves_a_chain_it_shared_to_the_others(session, administrator):
    shared = {"code": "shared", "agencies": ["so-xd", "so-gddt"], "steps": chains._steps([HEAD, CLERK])}
    common = {"code": "default", "agencies": [], "steps": chains._steps([ALONE])}
    after = chains.with_chain([common, shared], "so-xd", [ALONE])
    assert [(chain["code"], chain["agencies"]) for chain in after] == [
        ("of-so-xd", ["so-xd"]), ("default", []), ("shared", ["so-gddt"])
    ]  # fmt: skip


def test_the_common_chain_is_changed_for_all_who_have_none_of_their_own(session, administrator):
    changed(session, administrator, "so-yt", ALONE)
    changed(session, administrator, None, HEAD, CLERK)
    assert len(in_force(session, "so-gddt").steps) == 2
    assert in_force(session, "so-yt").direct


@pytest.mark.parametrize(
    "agency, steps", [(None, []), ("so-xd", [HEAD] * 5), ("khong-co", [CLERK])]
)  # fmt: skip
def test_no_step_five_steps_and_an_unknown_agency_are_refused(session, administrator, agency, steps):
    before = editing.approvals_version(session)
    with pytest.raises(Invalid):
        changed(session, administrator, agency, *steps)
    assert editing.approvals_version(session) == before


def test_the_second_of_two_administrators_is_told(session, administrator):
    seen = editing.approvals_version(session)
    changed(session, administrator, "so-xd", HEAD, CLERK, seen=seen)
    with pytest.raises(Conflict):
        changed(session, administrator, "so-xd", ALONE, seen=seen)


def test_a_preview_stores_nothing(session, administrator):
    before = editing.approvals_version(session)
    assert len(chains.preview(session, "so-xd", [HEAD, CLERK]).chain_for("so-xd").steps) == 2
    assert editing.approvals_version(session) == before


def test_who_changed_which_agency_s_chain_is_in_the_log(session, administrator):
    row = changed(session, administrator, "so-xd", HEAD, CLERK)
    entry = session.scalars(select(AuditEntry).where(AuditEntry.event == "approvals.changed")).one()
    assert (entry.actor_id, entry.subject) == (administrator, "so-xd")
    assert entry.data == {"version": row.version, "steps": [["agency_head"], ["clerk"]]}

"""Which version of a pack is in force: files, an administrator's changes, and both at once."""

import threading

import pytest
from sqlalchemy import select

from feedback_app.catalogue import packs, store
from feedback_app.catalogue.editing import Limit, change_limit, confirm_agency, confirm_profile
from feedback_app.catalogue.load import Outcome, load, newest_of
from feedback_app.catalogue.models import Origin
from feedback_app.core import clock
from feedback_app.core.audit import AuditEntry
from feedback_app.core.db import db, unit_of_work
from feedback_app.core.errors import Conflict, Invalid, NotFound
from feedback_app.deadlines.promise import promise
from tests.factories import a_person, a_ticket, reread

pytestmark = pytest.mark.usefixtures("packs_put_back")

CODE = "khanh-hoa-2023"
PACK = f"regulations/{CODE}"
ARTICLE = "Điều 9 Quy chế phối hợp"


@pytest.fixture
def administrator(session):
    return a_person(session, "administrator", None).id


@pytest.fixture
def answer_row(loaded):
    limits = loaded.catalogue.regulations[0].limits
    return next(
        n for n, limit in enumerate(limits) if limit.step == "answer" and limit.kinds == ("obstacle",)
    )


def changed(session, position, by, value=5, *, seen=None, confirmed=True):
    seen = seen or newest_of(session, PACK).version
    with unit_of_work() as writing:
        limit = Limit(value=value, source=ARTICLE, confirmed=confirmed)
        return change_limit(writing, CODE, position, limit, seen_version=seen, by_id=by)


def file_with(value):
    """Return the shipped catalogue as if its file had another number of days."""
    shipped = packs.shipped()
    profile = shipped.regulations[0]
    limits = list(profile.limits)
    limits[-1] = limits[-1].model_copy(update={"value": value})
    return shipped.model_copy(update={"regulations": (profile.model_copy(update={"limits": tuple(limits)}),)})


def loading(catalogue, **options):
    with unit_of_work() as writing:
        return load(writing, catalogue, **options)


def test_a_start_with_unchanged_files_changes_nothing(session):
    assert loading(packs.shipped()) == Outcome([], [])


def test_a_start_does_not_undo_what_an_administrator_confirmed(session, answer_row, administrator):
    changed(session, answer_row, administrator)
    for _ in range(2):
        assert loading(packs.shipped()) == Outcome([], [])
    newest = newest_of(session, PACK)
    assert newest.origin == Origin.EDITED
    assert newest.content["limits"][answer_row]["value"] == 5


def test_a_new_file_is_loaded_where_nobody_edited(session):
    assert loading(file_with(9)) == Outcome([PACK], [])
    assert newest_of(session, PACK).origin == Origin.SHIPPED


def test_when_file_and_page_both_changed_the_page_stays_and_it_is_said_each_time(
    session, answer_row, administrator
):
    changed(session, answer_row, administrator)
    for _ in range(2):
        assert loading(file_with(9)) == Outcome([], [PACK])
    assert newest_of(session, PACK).origin == Origin.EDITED


def test_the_file_can_be_taken_by_name(session, answer_row, administrator):
    changed(session, answer_row, administrator)
    assert loading(file_with(9), replace={PACK}) == Outcome([PACK], [])
    assert newest_of(session, PACK).origin == Origin.SHIPPED
    assert loading(file_with(9)) == Outcome([], [])


def test_packs_that_no_longer_fit_together_are_refused_as_a_whole(session, loaded):
    shipped = packs.shipped()
    rules = shipped.routing.model_copy(update={"rules": ()})
    without = shipped.fields.model_copy(update={"fields": shipped.fields.fields[1:]})
    broken = shipped.model_copy(update={"fields": without, "routing": rules})
    before = store.current(session).version_ids
    with pytest.raises(packs.PackError):
        loading(broken)
    assert store.current(db.session()).version_ids == before


def test_a_confirmed_limit_is_for_what_is_filed_from_then_on(session, loaded, answer_row, administrator):
    earlier = a_ticket(session, loaded)
    changed(session, answer_row, administrator, value=3)
    with unit_of_work() as writing:
        version = newest_of(writing, PACK).version
        basis = "Quyết định số 23/2023/QĐ-UBND"
        confirm_profile(
            writing, CODE, legal_basis=basis, confirmed=True, seen_version=version, by_id=administrator
        )
    later = a_ticket(session, store.current(session), at=earlier.received_at)
    kept = reread(session, earlier.code)
    assert later.due_on < kept.due_on
    assert (later.due_confirmed, kept.due_confirmed) == (True, False)
    assert later.profile_id != kept.profile_id


def test_the_promise_says_under_which_version_it_was_made(session, answer_row, administrator):
    row = changed(session, answer_row, administrator)
    told = promise(store.current(session).catalogue, "obstacle", clock.now())
    assert told.profile.endswith(f"+{row.version}")


def test_the_second_of_two_edits_is_told(session, answer_row, administrator):
    seen = newest_of(session, PACK).version
    changed(session, answer_row, administrator, seen=seen)
    with pytest.raises(Conflict):
        changed(session, answer_row, administrator, value=6, seen=seen)
    assert newest_of(session, PACK).content["limits"][answer_row]["value"] == 5


def test_of_two_edits_at_the_same_instant_one_wins(app, session, answer_row, administrator):
    seen = newest_of(session, PACK).version
    session.close()
    start, outcomes = threading.Barrier(2), []

    def run(value):
        with app.app_context():
            start.wait()
            try:
                changed(db.session(), answer_row, administrator, value, seen=seen)
                outcomes.append("stored")
            except Conflict:
                outcomes.append("told")
            db.session.remove()

    threads = [threading.Thread(target=run, args=(value,)) for value in (4, 6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["stored", "told"]
    assert newest_of(db.session(), PACK).version == seen + 1


def test_a_change_that_no_profile_may_have_is_refused(session, answer_row, administrator):
    with pytest.raises(Invalid):
        changed(session, answer_row, administrator, value=1000)
    with pytest.raises(NotFound):
        changed(session, 999, administrator)


def test_an_edit_is_audited_with_its_author(session, answer_row, administrator):
    changed(session, answer_row, administrator)
    entry = session.scalars(select(AuditEntry).where(AuditEntry.event == "pack.edited")).one()
    assert (entry.actor_id, entry.subject) == (administrator, PACK)


def test_an_agency_is_confirmed_with_names_and_successors_under_one_document(session, loaded, administrator):
    doubtful = next(a for a in loaded.catalogue.agencies.agencies if not a.confirmed)
    with unit_of_work() as writing:
        version = newest_of(writing, "agencies").version
        document = "Nghị quyết số 01/NQ-HĐND"
        confirm_agency(writing, doubtful.code, source=document, seen_version=version, by_id=administrator)
    after = next(a for a in store.current(session).catalogue.agencies.agencies if a.code == doubtful.code)
    assert after.confirmed
    assert all(part.confirmed for part in (*after.names, *after.successors))

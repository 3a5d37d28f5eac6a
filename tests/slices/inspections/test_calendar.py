"""Who finds what in the calendar, and what is written there by hand."""

from datetime import date

import pytest
from sqlalchemy import select

from feedback_app.core import clock
from feedback_app.core.db import unit_of_work
from feedback_app.core.errors import Conflict, Forbidden, Invalid, NotFound
from feedback_app.inspections import queries
from feedback_app.inspections.models import InspectionVisit, JoinedAgency
from feedback_app.inspections.queries import Filters
from feedback_app.inspections.services import recording
from feedback_app.tickets.services.opening import FiledBy
from tests.factories import a_person, a_ticket, a_visit, actor_of, an_entry


def codes(session, actor, year=2026, **filters):
    session.rollback()
    return [visit.code for visit in queries.listed(session, actor, Filters(year, **filters))]


def test_an_unannounced_visit_is_the_inspectorate_s_own_until_it_took_place(
    session, loaded, inspector, office, officer
):
    a_visit(loaded, inspector, code="P")
    a_visit(loaded, inspector, code="U", planned=False)
    a_visit(loaded, inspector, code="D", planned=False, state="done")
    assert codes(session, inspector) == ["P", "U", "D"]
    assert codes(session, office) == ["P", "D"]
    assert codes(session, officer) == []
    hidden = session.scalar(select(InspectionVisit.id).where(InspectionVisit.code == "U"))
    with pytest.raises(NotFound):
        queries.one(session, office, hidden)
    assert {v.code for v in queries.of_enterprise(session, office, "4200000001")} == {"P", "D"}
    assert sum(queries.counts(session, office, Filters(2026)).values()) == 2
    assert len(queries.crowded(session, office, 2026)["4200000001"]) == 2


def test_the_year_can_be_narrowed_by_agency_form_state_and_words(session, loaded, inspector):
    a_visit(loaded, inspector, code="A", joined=("thue",))
    a_visit(loaded, inspector, code="B", agency="thue", form="inspection", contents=("tax",))
    a_visit(loaded, inspector, code="C", tax_code="4200000002", enterprise="Hợp tác xã Biển", state="done")
    a_visit(loaded, inspector, code="D", year=2025)
    assert codes(session, inspector, agency_id=loaded.agency_ids["thue"]) == ["A", "B"]
    assert codes(session, inspector, form="inspection") == ["B"]
    assert codes(session, inspector, state="done") == ["C"]
    assert codes(session, inspector, words="bien HOP") == ["C"]
    assert codes(session, inspector, words="4200000002") == ["C"]
    assert codes(session, inspector, words="100%") == []
    assert codes(session, inspector, year=2025) == ["D"]
    assert queries.years(session, inspector) == [2026, 2025]
    named = {loaded.agency_codes[a] for a in queries.agency_ids(session, inspector, 2026)}
    assert named == {"so-xd", "thue"}


def test_pages_follow_one_another_without_gaps(session, loaded, inspector, monkeypatch):
    monkeypatch.setattr(queries, "SIZE", 2)
    for n in range(5):
        a_visit(loaded, inspector, code=f"{n}", tax_code=f"420000000{n // 2}")
    first = queries.listed(session, inspector, Filters(2026))
    second = queries.listed(session, inspector, Filters(2026), after=first[1])
    assert [v.code for v in first] == ["0", "1", "2"]
    assert [v.code for v in second] == ["2", "3", "4"]


def test_branches_and_the_seat_find_one_another_but_not_a_household(session, loaded, inspector):
    for n, tax_code in enumerate(("4200000001", "4200000001001", "420000000199")):
        a_visit(loaded, inspector, code=str(n), tax_code=tax_code, enterprise=f"E{n}")
    assert queries.kin(session, inspector, "4200000001") == [("4200000001001", "E1")]
    assert queries.kin(session, inspector, "4200000001001") == [("4200000001", "E0")]
    assert queries.kin(session, inspector, "420000000199") == []


def report(session, loaded, to="thanh-tra", identifier="4200000001", **more):
    by = FiledBy(filer_type="enterprise", name="Công ty TNHH Mẫu A", identifier=identifier)
    return a_ticket(session, loaded, to=to, kind="overlapping_inspection", field="inspection", by=by, **more)


def test_open_tickets_of_the_enterprise_are_those_the_reader_may_open(session, loaded, inspector, office):
    held = report(session, loaded)
    report(session, loaded, identifier="4200000002")
    report(session, loaded, to="vp-ubnd", concerned=frozenset({"thanh-tra"}))
    about_us = {t.code for t in queries.open_tickets(session, inspector, "4200000001")}
    assert about_us == {held.code}
    assert held.code not in {t.code for t in queries.open_tickets(session, office, "4200000001")}


def test_a_branch_s_ticket_is_found_however_its_number_was_typed(session, loaded, inspector):
    held = report(session, loaded, identifier="4200000001-002")
    assert [t.code for t in queries.open_tickets(session, inspector, "4200000001002")] == [held.code]


def test_a_hidden_name_is_not_learnt_by_asking_for_its_tax_code(session, loaded, inspector):
    hidden = report(session, loaded, hide_identity=True)
    head = actor_of(session, a_person(session, "agency_head", "thanh-tra"))
    assert list(queries.open_tickets(session, inspector, "4200000001")) == []
    assert [t.code for t in queries.open_tickets(session, head, "4200000001")] == [hidden.code]


def test_only_the_inspectorate_writes(session, loaded, office, officer):
    for person in (office, officer):
        with pytest.raises(Forbidden), unit_of_work() as writing:
            recording.record(writing, an_entry(), loaded, by=person, at=clock.now())


def test_an_entry_that_does_not_fit_together_is_refused_at_its_field(session, loaded, inspector):
    with pytest.raises(Invalid) as wrong, unit_of_work() as writing:
        recording.record(writing, an_entry(state="done"), loaded, by=inspector, at=clock.now())
    assert wrong.value.field == "starts_on"


def test_a_number_is_used_once(session, loaded, inspector):
    visit = a_visit(loaded, inspector, code="1")
    with pytest.raises(Invalid) as wrong:
        a_visit(loaded, inspector, code="1")
    assert wrong.value.field == "code"
    other = a_visit(loaded, inspector, code="2")
    with pytest.raises(Invalid):
        change(session, loaded, inspector, other.id, an_entry(code="1"), other.version)
    assert (
        change(session, loaded, inspector, visit.id, an_entry(code="1", words="mới"), visit.version).words
        == "mới"
    )


def change(session, loaded, inspector, visit_id, entry, seen):
    session.rollback()
    with unit_of_work() as writing:
        visit = queries.one(writing, inspector, visit_id)
        recording.change(writing, visit, entry, loaded, seen_version=seen, by=inspector, at=clock.now())
    return visit


def test_whoever_was_slower_is_told(session, loaded, inspector):
    visit = a_visit(loaded, inspector, code="1")
    seen = visit.version
    change(session, loaded, inspector, visit.id, an_entry(code="1", words="một"), seen)
    with pytest.raises(Conflict):
        change(session, loaded, inspector, visit.id, an_entry(code="1", words="hai"), seen)


def test_who_joins_can_be_changed_and_what_is_written_comes_back(session, loaded, inspector):
    entry = an_entry(code="1", joined=("thue",), starts_on=date(2026, 5, 4))
    visit = a_visit(loaded, inspector, **entry.model_dump())
    renewed = entry.model_copy(update={"joined": ("bhxh", "cong-an")})
    change(session, loaded, inspector, visit.id, renewed, visit.version)
    session.expire_all()
    told = queries.entry_of(queries.one(session, inspector, visit.id), loaded)
    assert set(told.joined) == {"bhxh", "cong-an"}
    assert told.model_copy(update={"joined": ()}) == entry.model_copy(update={"joined": ()})
    assert (
        session.scalar(
            select(JoinedAgency.agency_id).where(JoinedAgency.agency_id == loaded.agency_ids["thue"])
        )
        is None
    )

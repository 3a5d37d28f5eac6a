"""A correction of routing is kept, tried on what was filed lately, and becomes a rule or is put aside."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from feedback_app.accounts.actor import Function
from feedback_app.catalogue import store
from feedback_app.catalogue.editing import ROUTING
from feedback_app.catalogue.load import newest_of
from feedback_app.catalogue.models import Origin, PackVersion
from feedback_app.core import audit, clock
from feedback_app.core.db import unit_of_work
from feedback_app.core.errors import Conflict, Forbidden, Invalid, NotFound
from feedback_app.sorting import handlers, queries, services
from feedback_app.sorting.models import RoutingProposal, State
from feedback_app.sorting.queries import Likeness
from feedback_app.sorting.rules import Condition
from feedback_app.tickets.services import assigning
from tests.factories import a_person, a_ticket, actor_of, reread

MARINA = {
    "field": "construction",
    "title": "Bến du thuyền chậm giấy phép xây dựng",
    "body": "Công ty xin cấp giấy phép xây dựng bến du thuyền, đến nay chưa có kết quả.",
}


@pytest.fixture
def focal(session):
    return actor_of(session, a_person(session, Function.FOCAL_POINT, "so-tc"))


@pytest.fixture
def pack(app):
    """Let the routing pack be edited; the versions are taken back afterwards."""
    yield
    with unit_of_work() as writing:
        writing.execute(
            delete(PackVersion).where(PackVersion.pack == ROUTING, PackVersion.origin == Origin.EDITED)
        )


@pytest.fixture
def given(session, loaded, focal):
    """Return what gives a ticket that routing assigned itself to another agency, and hears of it."""

    def give(to="bql-van-phong", by=None, **filing):
        ticket = a_ticket(session, loaded, to=None, **(MARINA | filing))
        with unit_of_work() as writing:
            assigning.assign(
                writing,
                ticket,
                loaded.agency_ids[to],
                by=by or focal,
                reason="Bến du thuyền trong khu kinh tế.",
                at=clock.now(),
            )
        hear(loaded, ticket, to)
        return reread(session, ticket.code)

    return give


def hear(loaded, ticket, agency, *, triage=False):
    payload = {"ticket_id": ticket.id, "agency_id": loaded.agency_ids[agency], "triage": triage}
    with unit_of_work() as writing:
        handlers.assigned(writing, payload)


def kept(session):
    return session.scalars(select(RoutingProposal)).all()


def likeness(loaded, was="so-xd", lead="bql-van-phong"):
    return Likeness("construction", loaded.agency_ids[was], loaded.agency_ids[lead])


def condition(**other):
    return Condition(**({"kinds": ("obstacle",), "field": "construction", "any": ("bến du thuyền",)} | other))


def switch_on(loaded, focal, session, **other):
    seen = newest_of(session, ROUTING).version
    given = {
        "reason": "bến du thuyền do Ban Quản lý xem xét",
        "seen_version": seen,
        "by": focal,
        "at": clock.now(),
    }
    with unit_of_work() as writing:
        return services.switch_on(writing, loaded, likeness(loaded), condition(), **(given | other))


def test_giving_the_ticket_to_another_than_routings_first_is_kept_with_the_words(session, loaded, given):
    ticket = given()
    (row,) = kept(session)
    assert (row.ticket_id, row.state, row.field) == (ticket.id, State.PROPOSED, "construction")
    assert (loaded.agency_codes[row.was_id], loaded.agency_codes[row.lead_id]) == ("so-xd", "bql-van-phong")
    assert "giấy phép xây dựng" in row.words
    assert row.reason == "Bến du thuyền trong khu kinh tế."


def test_following_routing_is_no_correction(session, given):
    given(to="so-xd")
    assert kept(session) == []


def test_hearing_of_it_twice_keeps_it_once(session, loaded, given):
    hear(loaded, given(), "bql-van-phong")
    assert len(kept(session)) == 1


def test_a_return_and_a_new_choice_is_a_correction_too(session, loaded, focal):
    officer = actor_of(session, a_person(session, "officer", "so-xd"))
    ticket = a_ticket(session, loaded, to=None, **MARINA)
    with unit_of_work() as writing:
        assigning.return_wrong(
            writing, ticket, loaded, by=officer, reason="Không thuộc.", proposed_id=None, at=clock.now()
        )
    ticket = reread(session, ticket.code)
    with unit_of_work() as writing:
        assigning.assign(
            writing, ticket, loaded.agency_ids["bql-van-phong"], by=focal, reason="Đúng.", at=clock.now()
        )
    hear(loaded, ticket, "bql-van-phong")
    assert len(kept(session)) == 1


def test_a_sensitive_report_teaches_nothing(session, loaded):
    triager = actor_of(session, a_person(session, Function.FOCAL_POINT, "thanh-tra"))
    ticket = a_ticket(session, loaded, to=None, kind="informal_cost", concerned=frozenset({"so-xd"}))
    leg = ticket.assignments[-1]
    leg.part, leg.by_id = "lead", triager.user_id
    services.keep_correction(session, ticket, loaded, leg.agency_id)
    session.rollback()
    assert kept(session) == []


def test_corrections_that_are_alike_stand_together_with_their_support(session, loaded, focal, given):
    given(), given(), given(to="so-ct")
    found = queries.groups(session, focal)
    assert [(g.support, loaded.agency_codes[g.key.lead_id]) for g in found] == [
        (2, "bql-van-phong"),
        (1, "so-ct"),
    ]
    assert len(queries.corrections(session, focal, found[0].key)) == 2


def test_the_dry_run_counts_what_would_go_elsewhere_and_what_of_it_went_there(session, loaded, focal, given):
    moved, stayed = given(), a_ticket(session, loaded, to=None, **MARINA)
    a_ticket(session, loaded, to=None)  # another matter of the same field
    rule = services.proposed_rule(
        condition(), loaded, code="focal-x", lead_id=likeness(loaded).lead_id, support=1, reason="vì vậy"
    )
    outcome = queries.dry_run(session, focal, condition(), rule, loaded, clock.today())
    assert (outcome.tried, outcome.changed, outcome.agreeing, outcome.whole) == (3, 2, 1, True)
    assert {(e.code, e.agrees) for e in outcome.examples} == {(moved.code, True), (stayed.code, False)}


def test_the_dry_run_leaves_out_what_is_older_and_what_the_reader_must_not_see(session, loaded, focal):
    a_ticket(session, loaded, to=None, at=clock.now() - timedelta(days=91), **MARINA)
    a_ticket(session, loaded, to=None, **MARINA)
    rule = services.proposed_rule(
        condition(), loaded, code="focal-x", lead_id=likeness(loaded).lead_id, support=1, reason="vì vậy"
    )
    stranger = actor_of(session, a_person(session, "officer", "thue"))
    assert queries.dry_run(session, focal, condition(), rule, loaded, clock.today()).tried == 1
    assert queries.dry_run(session, stranger, condition(), rule, loaded, clock.today()).tried == 0


def test_a_rule_that_is_switched_on_is_a_new_version_of_the_pack_and_decides(
    session, loaded, focal, given, pack
):
    given()
    before = newest_of(session, ROUTING).version
    code = switch_on(loaded, focal, session)
    now = store.current(session)
    assert newest_of(session, ROUTING).version == before + 1
    assert now.catalogue.routing.rules[0].code == code
    ticket = a_ticket(session, now, to=None, **MARINA)
    assert (ticket.assignments[-1].rule, now.agency_codes[ticket.lead_id]) == (code, "bql-van-phong")
    (row,) = kept(session)
    assert (row.state, row.rule, row.decided_by_id) == (State.SWITCHED_ON, code, focal.user_id)
    assert [e.event for e in audit.newest(session, subject=code)] == ["routing.rule_switched_on"]


def test_a_rule_can_be_switched_off_again(session, loaded, focal, given, pack):
    given()
    code = switch_on(loaded, focal, session)
    with unit_of_work() as writing:
        services.switch_off(
            writing, code, seen_version=newest_of(session, ROUTING).version, by=focal, at=clock.now()
        )
    assert code not in {rule.code for rule in store.current(session).catalogue.routing.rules}
    with pytest.raises(NotFound), unit_of_work() as writing:
        services.switch_off(writing, "zone", seen_version=1, by=focal, at=clock.now())


def test_a_group_that_was_put_aside_is_gone_and_said_so(session, loaded, focal, given):
    given()
    with unit_of_work() as writing:
        services.dismiss(writing, likeness(loaded), by=focal, at=clock.now())
    assert queries.groups(session, focal) == []
    assert audit.newest(session, subject="construction")[0].event == "routing.proposal_dismissed"
    with pytest.raises(NotFound), unit_of_work() as writing:
        services.dismiss(writing, likeness(loaded), by=focal, at=clock.now())


@pytest.mark.parametrize(
    "change, refused",
    [
        ({"seen_version": 0}, Conflict),
        ({"by": "officer"}, Forbidden),
    ],
)
def test_nothing_is_switched_on_by_others_or_over_an_old_page(session, loaded, focal, given, change, refused):
    given()
    if "by" in change:
        change = {"by": actor_of(session, a_person(session, "officer", "so-tc"))}
    with pytest.raises(refused):
        switch_on(loaded, focal, session, **change)
    assert newest_of(session, ROUTING).origin == Origin.SHIPPED
    assert kept(session)[0].state == State.PROPOSED


@pytest.mark.parametrize("kinds", [(), ("informal_cost",), ("obstacle", "overlapping_inspection")])
def test_no_rule_of_the_focal_point_touches_sensitive_kinds(loaded, kinds):
    with pytest.raises(Invalid):
        services.proposed_rule(
            condition(kinds=kinds), loaded, code="focal-x", lead_id=1, support=1, reason="vì vậy"
        )

"""What nobody has: it is given to somebody who may know of it, and climbs the ladder like everything else."""

from collections import Counter
from datetime import date

import pytest
from sqlalchemy import insert

from feedback_app.catalogue import store
from feedback_app.core.db import unit_of_work
from feedback_app.escalation.jobs import remind
from feedback_app.tickets.models import Ticket
from feedback_app.tickets.services import assigning
from feedback_app.tickets.services.opening import FiledBy
from tests.factories import a_person, a_ticket, reread, sign_in
from tests.slices.escalation.looks import DUE_DAY, FILED, LATER, inbox

STAFF = {
    ("focal_point", "so-tc"),
    ("officer", "so-tc"),
    ("agency_head", "so-tc"),
    ("inspector", "thanh-tra"),
    ("agency_head", "thanh-tra"),
    ("provincial_office", "vp-ubnd"),
}


@pytest.fixture
def everybody(session):
    return {key: a_person(session, *key) for key in sorted(STAFF)}


@pytest.fixture
def rules_that_fail(monkeypatch):
    def fail(*_args, **_given):
        raise LookupError("no rule for this")

    monkeypatch.setattr(assigning, "decide", fail)


def a_report(session, loaded, *concerned, kind="informal_cost"):
    by = FiledBy(filer_type="enterprise", name="Công ty TNHH Mẫu A")
    given = {"kind": kind, "field": "tax", "concerned": frozenset(concerned), "by": by}
    ticket = a_ticket(session, loaded, at=FILED, routed=False, **given)
    with unit_of_work() as writing:
        writing.get_one(Ticket, ticket.id).due_on = date(2026, 11, DUE_DAY)
    return reread(session, ticket.code)


def climb(on_day, drained):
    """Let every rung of the ladder be reached, one after another."""
    for day in (2, DUE_DAY - 2, DUE_DAY, LATER, LATER + 4, LATER + 8):
        on_day(day)
        remind()
        drained()


def told(session, people):
    return {key for key, person in people.items() if inbox(session, person)}


def holder(session, ticket):
    return store.current(session).agency_codes[reread(session, ticket.code).holder_id]


def test_what_was_not_routed_within_the_hour_is_routed_by_the_sweep(session, loaded, on_day, drained):
    officer = a_person(session)
    ticket = a_ticket(session, loaded, at=FILED, routed=False)
    on_day(2)
    remind()
    assert reread(session, ticket.code).status == "received", "its own routing may be on its way"
    on_day(3)
    remind()
    drained()
    assert holder(session, ticket) == "so-xd"
    assert inbox(session, officer) == ["assigned"]


def test_where_the_rules_fail_the_focal_point_sorts_and_is_reminded(
    session, loaded, everybody, rules_that_fail, on_day, drained
):
    ticket = a_ticket(session, loaded, at=FILED, routed=False)
    climb(on_day, drained)
    assert holder(session, ticket) == "so-tc"
    assert {"triage", "due_soon", "due_today"} <= set(inbox(session, everybody["focal_point", "so-tc"]))
    assert "overdue" in inbox(session, everybody["agency_head", "so-tc"])
    assert "overdue" in inbox(session, everybody["provincial_office", "vp-ubnd"])


@pytest.mark.parametrize("kind", ["informal_cost", "overlapping_inspection"])
@pytest.mark.parametrize(
    "concerned, office, hear",
    [
        (("hai-quan",), "thanh-tra", {("inspector", "thanh-tra"), ("agency_head", "thanh-tra")}),
        (("so-tc",), "thanh-tra", {("inspector", "thanh-tra"), ("agency_head", "thanh-tra")}),
        (("thanh-tra",), "vp-ubnd", {("provincial_office", "vp-ubnd")}),
        (("so-tc", "thanh-tra"), "vp-ubnd", {("provincial_office", "vp-ubnd")}),
    ],
    ids=["customs", "the focal point", "Thanh tra", "both"],
)
def test_a_sensitive_report_that_nobody_has_climbs_the_ladder_past_whom_it_is_about(
    session, loaded, app, everybody, rules_that_fail, on_day, drained, kind, concerned, office, hear
):
    ticket = a_report(session, loaded, *concerned, kind=kind)
    climb(on_day, drained)
    assert holder(session, ticket) == office
    assert told(session, everybody) == hear, "nobody whom it is about, nobody who has no part in it"
    every = Counter(kind for person in everybody.values() for kind in inbox(session, person))
    assert every["due_soon"]
    assert every["due_today"]
    assert every["overdue"], "no rung falls on deaf ears"
    for key in sorted(hear):
        lines = Counter(inbox(session, everybody[key]))
        assert set(lines) - {"triage"}, lines
        page = sign_in(app.test_client(), session.merge(everybody[key])).get(f"/can-bo/phieu/{ticket.code}")
        assert page.status_code == 200, "who is told can open it"
    for key in sorted(STAFF - hear):
        page = sign_in(app.test_client(), session.merge(everybody[key])).get(f"/can-bo/phieu/{ticket.code}")
        assert page.status_code in {403, 404}


def test_a_report_about_all_three_offices_goes_to_somebody_else(
    session, loaded, everybody, rules_that_fail, on_day, drained
):
    ticket = a_report(session, loaded, "so-tc", "thanh-tra", "vp-ubnd")
    climb(on_day, drained)
    concerned = {row.agency_id for row in reread(session, ticket.code).concerned}
    assert reread(session, ticket.code).holder_id not in concerned
    assert told(session, everybody) == set()


def test_one_that_cannot_be_given_to_anybody_stops_no_other(
    session, loaded, rules_that_fail, on_day, drained, monkeypatch
):
    stuck, other = (a_ticket(session, loaded, at=FILED, routed=False).code for _ in range(2))
    whole = assigning.leave_to_people

    def leave(session, ticket, *args, **given):
        if ticket.code == stuck:
            raise RuntimeError("broken")
        whole(session, ticket, *args, **given)

    monkeypatch.setattr(assigning, "leave_to_people", leave)
    on_day(3)
    remind()
    assert reread(session, stuck).status == "received"
    assert reread(session, other).status == "triage"


def test_forty_that_nobody_has_are_all_given_in_batches(session, loaded, rules_that_fail, on_day):
    ticket = a_ticket(session, loaded, at=FILED, routed=False)
    columns = [c.key for c in Ticket.__mapper__.column_attrs if c.key != "id"]
    row = {key: getattr(ticket, key) for key in columns}
    with unit_of_work() as writing:
        rows = [row | {"code": f"KH-2026-8{n:05d}", "submission": f"left-{n}"} for n in range(40)]
        writing.execute(insert(Ticket), rows)
    on_day(3)
    remind(size=7)
    session.rollback()
    assert {t.status for t in session.query(Ticket)} == {"triage"}

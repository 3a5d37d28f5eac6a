"""Each day of a ticket belongs to somebody: triage, taking it on, answering."""

from datetime import datetime, timedelta

import pytest

from feedback_app.core.clock import LOCAL
from feedback_app.core.db import unit_of_work
from feedback_app.tickets import clocks
from feedback_app.tickets.legs import leg_clocks
from feedback_app.tickets.models import Assignment
from feedback_app.tickets.services.assigning import _give_to
from feedback_app.tickets.services.handling import accept
from tests.factories import a_person, a_ticket, actor_of, reread

MONDAY = datetime(2026, 3, 2, 9, tzinfo=LOCAL)


@pytest.fixture
def told(session, loaded):
    def tell(code, today):
        ticket = reread(session, code)
        deadline = clocks.deadline(session, ticket)
        found = leg_clocks(ticket, deadline, clocks.profile_of(session, ticket), today.date())
        names = loaded.agency_codes
        return [
            (
                names[int(leg.assignment.agency)],
                leg.assignment.role,
                leg.working_days,
                leg.late_days,
                leg.case_late_days,
            )
            for leg in found
        ]

    return tell


def test_the_days_until_the_lead_accepts_are_a_leg_of_their_own(session, loaded, told):
    code = a_ticket(session, loaded, at=MONDAY).code
    officer = actor_of(session, a_person(session))
    with unit_of_work() as writing:
        accept(writing, reread(writing, code), by=officer, at=MONDAY + timedelta(days=3))
    assert told(code, MONDAY + timedelta(days=11)) == [
        ("so-xd", "assignment", 3, 2, 0),
        ("so-xd", "answer", 6, 2, 2),
    ]


def test_after_a_transfer_each_agency_keeps_its_own_days_and_the_case_runs_on(session, loaded, told):
    code = a_ticket(session, loaded, at=MONDAY).code
    due = reread(session, code).due_on
    with unit_of_work() as writing:
        _give_to(writing, reread(writing, code), loaded.agency_ids["so-ct"], at=MONDAY + timedelta(days=3))
    assert reread(session, code).due_on == due
    assert told(code, MONDAY + timedelta(days=10)) == [
        ("so-xd", "assignment", 3, 2, 0),
        ("so-ct", "assignment", 5, 4, 1),
    ]


def test_an_opinion_asked_for_is_late_on_its_own_leg_only(session, loaded, told):
    code = a_ticket(session, loaded, at=MONDAY).code
    asked = {"agency_id": loaded.agency_ids["thue"], "part": "opinion", "round": 1, "started_at": MONDAY}
    with unit_of_work() as writing:
        ticket = reread(writing, code)
        writing.add(Assignment(ticket_id=ticket.id, started_on=MONDAY.date(), **asked))
    assert ("thue", "opinion", 8, 5, 0) in told(code, MONDAY + timedelta(days=10))

"""The sample data: enough of everything to look around, made by the services that people use."""

import pytest
from sqlalchemy import func, select

from feedback_app.core.db import unit_of_work
from feedback_app.demo import load as demo
from feedback_app.demo.matters import matters
from feedback_app.inspections.models import InspectionVisit
from feedback_app.tickets.lifecycle import Status
from feedback_app.tickets.models import Ticket

pytestmark = pytest.mark.parametrize("shared_app", ["sqlite"], indirect=True, scope="session")
OPEN = (Status.ASSIGNED, Status.IN_WORK, Status.NEED_INFO, Status.REVIEW)


def number(session, *conditions):
    return session.scalar(select(func.count()).select_from(Ticket).where(*conditions))


def test_one_agency_has_a_long_queue_and_the_focal_point_something_to_sort(session, loaded):
    with unit_of_work() as writing:
        told = demo.load(writing)
    assert 380 <= told == number(session) <= 420
    heap = Ticket.holder_id == loaded.agency_ids["so-nnmt"]
    assert 130 <= number(session, heap, Ticket.status.in_(OPEN)) <= 155
    focal_point = Ticket.holder_id == loaded.agency_ids["so-tc"]
    assert number(session, focal_point, Ticket.status == Status.TRIAGE) >= len(matters().unclear)
    assert number(session, Ticket.is_sample.is_(False)) == 0
    visits = session.scalars(select(InspectionVisit)).all()
    assert 30 <= len(visits) <= 80
    assert all(visit.is_sample for visit in visits)
    assert {"planned", "done", "dropped"} == {visit.state for visit in visits}
    assert not demo.is_empty(session)

"""The focal point puts right the kind of a ticket; its clock is counted anew from receipt."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from feedback_app.core.clock import LOCAL
from feedback_app.core.db import unit_of_work
from feedback_app.core.errors import Forbidden, IllegalTransition, Invalid
from feedback_app.core.outbox import OutboxEvent
from feedback_app.tickets import clocks
from feedback_app.tickets.models import Message
from feedback_app.tickets.services import reclassifying
from feedback_app.tickets.services.handling import accept
from feedback_app.tickets.services.requesting import ask_enterprise
from tests.factories import a_person, a_ticket, actor_of, reread

TEN = datetime(2026, 3, 2, 10, 0, tzinfo=LOCAL)
TWO_DAYS_LATER = TEN + timedelta(days=2)


@pytest.fixture
def focal_point(session):
    return actor_of(session, a_person(session, "focal_point", "so-tc"))


@pytest.fixture
def ticket(session, loaded):
    return a_ticket(session, loaded, at=TEN, to="so-xd")


def reclassified(session, loaded, ticket, kind, by, at=TWO_DAYS_LATER):
    with unit_of_work() as writing:
        again = reread(writing, ticket.code)
        reclassifying.reclassify(writing, again, kind, loaded, reason="Là hồ sơ trễ hẹn.", by=by, at=at)
    return reread(session, ticket.code)


def test_what_the_preview_says_is_what_comes_true(session, loaded, ticket, focal_point):
    before = ticket.due_on
    told = reclassifying.preview(
        session, reread(session, ticket.code), "overdue_dossier", on=date(2026, 3, 4)
    )
    stored = reclassified(session, loaded, ticket, "overdue_dossier", focal_point)
    assert (stored.kind, stored.due_on) == ("overdue_dossier", told)
    assert told < before
    assert clocks.deadline(session, stored).replaced


def test_the_last_kind_of_a_day_holds_and_going_back_leaves_no_trace_on_the_clock(
    session, loaded, ticket, focal_point
):
    first = ticket.due_on
    reclassified(session, loaded, ticket, "overdue_dossier", focal_point)
    told = reclassifying.preview(session, reread(session, ticket.code), "obstacle", on=date(2026, 3, 4))
    stored = reclassified(
        session, loaded, ticket, "obstacle", focal_point, TWO_DAYS_LATER + timedelta(hours=1)
    )
    assert stored.due_on == told == first
    assert not [row for row in stored.clock_events if row.kind == "reclassify"]


def test_the_enterprise_reads_why_and_it_and_the_agency_are_told(session, loaded, ticket, focal_point):
    reclassified(session, loaded, ticket, "overdue_dossier", focal_point)
    (why,) = session.scalars(select(Message).where(Message.ticket_id == ticket.id))
    assert (why.kind, why.text) == ("reclassified", "Là hồ sơ trễ hẹn.")
    events = session.scalars(select(OutboxEvent).where(OutboxEvent.name == "ticket.news")).all()
    assert {event.payload["to"] for event in events} >= {"enterprise", "holder"}


@pytest.mark.parametrize("kind", ["informal_cost", "overlapping_inspection", "obstacle", "khong-co"])
def test_no_ticket_becomes_confidential_keeps_its_kind_or_gets_one_there_is_not(
    session, loaded, ticket, focal_point, kind
):
    before = ticket.due_on
    with pytest.raises(Invalid):
        reclassified(session, loaded, ticket, kind, focal_point)
    assert reread(session, ticket.code).due_on == before


def test_while_the_clock_is_paused_the_new_day_is_not_known_yet(session, loaded, ticket, focal_point):
    officer = actor_of(session, a_person(session, "officer", "so-xd"))
    with unit_of_work() as writing:
        again = reread(writing, ticket.code)
        accept(writing, again, by=officer, at=TEN)
        ask_enterprise(writing, again, by=officer, text="Bản vẽ", at=TEN + timedelta(days=1))
    again = reread(session, ticket.code)
    before = again.due_on
    assert reclassifying.preview(session, again, "overdue_dossier", on=date(2026, 3, 4)) is None
    stored = reclassified(session, loaded, ticket, "overdue_dossier", focal_point)
    assert (stored.kind, stored.due_on) == ("overdue_dossier", before)


def test_the_agency_itself_may_not_choose_its_limit(session, loaded, ticket):
    head = actor_of(session, a_person(session, "agency_head", "so-xd"))
    with pytest.raises(Forbidden):
        reclassified(session, loaded, ticket, "overdue_dossier", head)


def test_an_answered_ticket_keeps_its_kind(session, loaded, ticket, focal_point):
    with unit_of_work() as writing:
        reread(writing, ticket.code).status = "closed"
    with pytest.raises(IllegalTransition):
        reclassified(session, loaded, ticket, "overdue_dossier", focal_point)

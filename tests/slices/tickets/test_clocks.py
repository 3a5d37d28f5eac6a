"""The clock of a stored ticket: what was recorded, in whatever order, on whichever database, says when it is due."""

from datetime import date, datetime, timedelta
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from feedback_app.core.clock import LOCAL
from feedback_app.core.db import unit_of_work
from feedback_app.deadlines.calendar import work_calendar
from feedback_app.deadlines.clock import compute
from feedback_app.deadlines.events import EventKind
from feedback_app.deadlines.profiles import due_limit, profile_for
from feedback_app.tickets import clocks
from feedback_app.tickets.models import ClockEventRow
from feedback_app.tickets.services.handling import accept, ask_enterprise, note
from tests.factories import a_person, a_ticket, actor_of, reread

RECEIVED = date(2026, 3, 2)
ten = datetime(2026, 3, 2, 10, tzinfo=LOCAL)
on_the_database = settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
days_apart = st.lists(st.integers(0, 9), max_size=5)


@pytest.fixture
def ticket(session, loaded):
    return a_ticket(session, loaded, at=ten)


@pytest.fixture
def handled(session, ticket):
    return ticket.code, actor_of(session, a_person(session))


def rows(steps, extended, days):
    """Pauses and resumptions in turn, and maybe an extension on the day of receipt."""
    found, day = [("start", RECEIVED, None)], RECEIVED
    for number, gap in enumerate(steps):
        day += timedelta(days=gap)
        found.append((("pause", "resume")[number % 2], day, None))
    return found + ([("extend", RECEIVED, days)] if extended else [])


@on_the_database
@given(
    steps=days_apart,
    extended=st.booleans(),
    days=st.integers(1, 15),
    random=st.randoms(use_true_random=False),
)
def test_events_recorded_late_in_any_order_give_the_same_due_date(
    session, loaded, ticket, steps, extended, days, random: Random
):
    told = rows(steps, extended, days)
    limit = due_limit(profile_for(loaded.catalogue, RECEIVED), "obstacle", RECEIVED)
    events = [clocks.recorded.event_of(kind, on, number, "") for kind, on, number in told]
    expected = compute(limit, RECEIVED, events, work_calendar(loaded.catalogue))
    code = ticket.code
    with unit_of_work() as writing:
        writing.execute(delete(ClockEventRow).where(ClockEventRow.ticket_id == ticket.id))
        writing.add_all(
            ClockEventRow(ticket_id=ticket.id, round=1, kind=kind, on=on, days=number, at=ten)
            for kind, on, number in random.sample(told, len(told))
        )
    stored = reread(session, code)
    clocks.recompute(session, stored)
    assert clocks.deadline(session, stored).remaining == expected.remaining
    assert stored.due_on == (expected.due_on or ticket.due_on)


@on_the_database
@given(texts=st.lists(st.text(min_size=1, max_size=40), min_size=1, max_size=3), when=st.integers(0, 60))
def test_comments_and_edits_change_nothing(session, handled, texts, when):
    ticket, officer = reread(session, handled[0]), handled[1]
    before = ticket.due_on
    with unit_of_work() as writing:
        for text in texts:
            note(writing, ticket, by=officer, text=text.replace("\0", ""), at=ten + timedelta(days=when))
        ticket.title = texts[0].replace("\0", "")
        clocks.recompute(writing, ticket)
    assert reread(session, ticket.code).due_on == before


def test_a_pause_is_shown_with_what_was_asked_on_each_of_its_days(session, handled):
    ticket, officer = reread(session, handled[0]), handled[1]
    with unit_of_work() as writing:
        accept(writing, ticket, by=officer, at=ten)
        ask_enterprise(writing, ticket, by=officer, text="Bản vẽ mặt bằng", at=ten + timedelta(days=3))
    days = clocks.deadline(session, reread(session, ticket.code)).days_until(date(2026, 3, 9))
    assert ["chờ doanh nghiệp bổ sung: Bản vẽ mặt bằng" in day.reason.vi for day in days] == [
        day.date >= date(2026, 3, 5) for day in days
    ]


def test_a_new_kind_is_due_from_receipt_and_the_last_of_one_day_holds(session, ticket):
    with unit_of_work() as writing:
        clocks.reclassify(writing, ticket, "informal_cost", at=ten + timedelta(days=2))
        clocks.reclassify(writing, ticket, "overdue_dossier", at=ten + timedelta(days=2, hours=1))
    stored = reread(session, ticket.code)
    assert (stored.kind, stored.due_on) == ("overdue_dossier", date(2026, 3, 5))
    assert [row.kind for row in stored.clock_events].count(EventKind.RECLASSIFY) == 1
    (old,) = clocks.deadline(session, stored).replaced
    assert (old.on, old.limit, old.due_on) == (date(2026, 3, 4), 7, date(2026, 3, 11))


def test_the_case_clock_runs_on_when_the_ticket_moves_and_triage_has_a_last_day_of_its_own(session, loaded):
    ticket = a_ticket(session, loaded, at=ten, to=None, field="other", title="Vướng mắc", body="Không rõ")
    assert [(leg.part, leg.due_on) for leg in ticket.assignments if leg.part == "triage"] == [
        ("triage", date(2026, 3, 4))
    ]
    assert ticket.due_on == date(2026, 3, 11)

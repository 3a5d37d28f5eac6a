"""Agencies that are silent on their figures hear of it once, two working days before the window ends."""

from datetime import date, datetime

import pytest
from sqlalchemy import select

from feedback_app.closing import jobs, reconciling
from feedback_app.core import clock, outbox
from feedback_app.core.clock import LOCAL
from feedback_app.core.db import db, unit_of_work
from feedback_app.notifications.models import Dispatch
from feedback_app.statistics import refreshing
from feedback_app.statistics.periods import containing
from tests.factories import a_person, a_ticket, actor_of

OCTOBER = containing(date(2026, 10, 5))


@pytest.fixture
def at(monkeypatch):
    def set_to(day):
        monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, day, 9, tzinfo=LOCAL))

    return set_to


@pytest.fixture
def head(session, loaded, at):
    """Return the head of Sở Xây dựng, which has a ticket of October."""
    a_ticket(session, loaded, to="so-xd", at=datetime(2026, 10, 5, 12, tzinfo=LOCAL))
    at(2)
    refreshing.refresh(clock.now())
    return a_person(session, "agency_head", "so-xd")


def told(session, head):
    db.session.remove()
    outbox.drain()
    db.session.remove()
    rows = session.scalars(select(Dispatch).where(Dispatch.user_id == head.id, Dispatch.letter == "figures"))
    return [row.data["period"] for row in rows]


def test_the_head_of_a_silent_agency_hears_once_and_not_too_early(session, head, at):
    until, _closable = reconciling.window(session, OCTOBER)
    assert until == date(2026, 11, 4)
    assert jobs.remind_silent() >= 1, "Monday: two working days are left"
    assert told(session, head).count("2026-10") == 1
    at(3)
    jobs.remind_silent()
    assert told(session, head).count("2026-10") == 1
    at(5)
    assert jobs.remind_silent() == 0, "the window is over"


def test_whoever_confirmed_or_objected_is_left_alone(session, loaded, head):
    by = actor_of(session, head)
    with unit_of_work() as writing:
        reconciling.confirm(writing, OCTOBER, loaded.agency_ids["so-xd"], by=by, at=clock.now())
    jobs.remind_silent()
    assert "2026-10" not in told(session, head)

"""The oversight board, counted from tickets as the services leave them."""

from datetime import timedelta

import pytest

from feedback_app.accounts.actor import Function
from feedback_app.core import clock
from feedback_app.core.db import unit_of_work
from feedback_app.deadlines.calendar import work_calendar
from feedback_app.deadlines.standing import Category
from feedback_app.oversight import queries
from feedback_app.tickets.services import answering, assigning, handling
from feedback_app.tickets.services.answering import Letter
from tests.counting import statements
from tests.factories import a_person, a_ticket, actor_of, reread


@pytest.fixture
def focal(session):
    return actor_of(session, a_person(session, Function.FOCAL_POINT, "so-tc"))


@pytest.fixture
def officer(session):
    return actor_of(session, a_person(session, "officer", "so-xd"))


@pytest.fixture
def board(session, loaded, focal):
    """Return what makes the board and finds an agency on it."""

    def of(agency, reader=focal, days=90):
        session.rollback()
        calendar = work_calendar(loaded.catalogue)
        found = queries.overview(session, reader, calendar, clock.today(), days)
        return next((row for row in found.rows if row.agency_id == loaded.agency_ids[agency]), None)

    return of


def ago(days):
    return clock.now() - timedelta(days=days)


def do(session, ticket, deed, **given):
    ticket = reread(session, ticket.code)
    with unit_of_work() as writing:
        deed(writing, ticket, **given)


def test_open_tickets_stand_by_who_has_the_ball_and_how_urgent_they_are(session, loaded, board):
    a_ticket(session, loaded, at=ago(60))
    a_ticket(session, loaded)
    a_ticket(session, loaded, to="thue")
    row = board("so-xd")
    assert (row.count(Category.LATE), row.count(Category.IN_TIME), row.waits) == (1, 1, 2)
    assert board("thue").count(Category.LATE) == 0


def test_the_days_until_somebody_accepts_are_not_those_of_working_on_it(session, loaded, board, officer):
    calendar, today = work_calendar(loaded.catalogue), clock.today()
    ticket = a_ticket(session, loaded, at=ago(20))
    do(session, ticket, handling.accept, by=officer, at=ago(10))
    days = board("so-xd").days
    filed, accepted = (clock.local_date(ago(days)) for days in (20, 10))
    assert days["assignment"].total == calendar.count_working_days(filed, accepted)
    assert days["answer"].total == calendar.count_working_days(accepted, today)


def test_an_answer_ends_the_leg(session, loaded, board, officer):
    ticket = a_ticket(session, loaded, at=ago(20))
    do(session, ticket, handling.accept, by=officer, at=ago(20))
    given = {"by": officer, "text": "Đã xong.", "legal_refs": "", "letter": Letter(), "at": ago(13)}
    do(session, ticket, answering.answer, **given)
    working = work_calendar(loaded.catalogue).count_working_days(
        *(clock.local_date(ago(d)) for d in (20, 13))
    )
    assert board("so-xd").days["answer"].total == working


def test_paused_days_belong_to_nobody_and_the_pause_is_counted(session, loaded, board, officer):
    ticket = a_ticket(session, loaded, at=ago(14))
    do(session, ticket, handling.accept, by=officer, at=ago(14))
    do(session, ticket, handling.ask_enterprise, by=officer, text="Xin bản vẽ.", at=ago(14))
    a_ticket(session, loaded)
    row = board("so-xd")
    assert row.days["answer"].total == 0
    assert (row.rates.led, row.rates.paused, row.rates.pause_rate) == (2, 1, 0.5)
    assert row.count(Category.WAITING) == 1


def test_returns_and_the_days_of_sorting_have_their_agencies(session, loaded, board, officer):
    ticket = a_ticket(session, loaded, at=ago(7))
    given = {"by": officer, "reason": "Không thuộc.", "proposed_id": None, "at": ago(7)}
    do(session, ticket, lambda s, t, **more: assigning.return_wrong(s, t, loaded, **more), **given)
    assert board("so-xd").rates.returned == 1
    sorting = work_calendar(loaded.catalogue).count_working_days(clock.local_date(ago(7)), clock.today())
    assert board("so-tc").days["triage"].total == sorting


def test_legs_that_ended_before_the_period_are_left_out(session, loaded, board, officer):
    ticket = a_ticket(session, loaded, at=ago(120))
    do(session, ticket, handling.accept, by=officer, at=ago(119))
    given = {"by": officer, "text": "Đã xong.", "legal_refs": "", "letter": Letter(), "at": ago(112)}
    do(session, ticket, answering.answer, **given)
    assert board("so-xd") is None
    assert board("so-xd", days=365).days["answer"].legs == 1


def test_what_the_reader_must_not_see_is_not_counted(session, loaded, board):
    a_ticket(session, loaded, to="thanh-tra", kind="informal_cost", concerned=frozenset({"so-xd"}))
    assert board("thanh-tra") is None


def test_the_number_of_statements_does_not_grow_with_the_tickets(session, loaded, board):
    counted = []
    for more in (2, 20):
        for _ in range(more):
            a_ticket(session, loaded)
        with statements() as sent:
            board("so-xd")
        counted.append(len(sent))
    assert counted[0] == counted[1]

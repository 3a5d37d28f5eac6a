"""Whom a reminder reaches: what nobody accepted goes up, who is excluded hears nothing, the central are asked."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from feedback_app.accounts.models import Absence
from feedback_app.core import clock
from feedback_app.core.db import unit_of_work
from feedback_app.escalation.jobs import remind
from feedback_app.escalation.models import Reminder
from feedback_app.notifications.models import Dispatch, Notification
from feedback_app.tickets.coordination import Recusal
from feedback_app.tickets.lifecycle import Status
from feedback_app.tickets.models import Assignment, Ticket
from feedback_app.tickets.services import opinions
from feedback_app.tickets.services.handling import accept, ask_enterprise
from tests.factories import a_person, a_ticket, actor_of, reread
from tests.slices.escalation.looks import DUE_DAY, FILED, LATER, id_of, inbox


@pytest.fixture
def reminded(on_day, drained):
    """Return a function that lets a day's sweep run and tell."""

    def on(day):
        on_day(day)
        remind()
        drained()

    return on


def accepted_by(session, ticket, person):
    by = actor_of(session, person)
    with unit_of_work() as writing:
        accept(writing, reread(session, ticket.code), by=by, at=clock.now())


def change(ticket, **values):
    with unit_of_work() as writing:
        row = writing.get_one(Ticket, id_of(ticket))
        for name, value in values.items():
            setattr(row, name, value)


def test_what_nobody_accepted_is_told_to_the_head_too(session, loaded, reminded):
    officer, head = a_person(session), a_person(session, "agency_head")
    a_ticket(session, loaded, at=FILED)
    reminded(DUE_DAY - 2)
    assert "due_soon" in inbox(session, officer)
    assert "due_soon" in inbox(session, head)


def test_what_somebody_accepted_is_told_to_that_person_alone(session, loaded, reminded):
    officer, head = a_person(session), a_person(session, "agency_head")
    ticket = a_ticket(session, loaded, at=FILED)
    accepted_by(session, ticket, officer)
    reminded(DUE_DAY - 2)
    assert "due_soon" in inbox(session, officer)
    assert "due_soon" not in inbox(session, head)


def test_what_is_not_sorted_is_told_to_the_focal_point(session, loaded, reminded):
    focal = a_person(session, "focal_point", "so-tc")
    ticket = a_ticket(session, loaded, at=FILED, routed=False)
    change(ticket, status=Status.TRIAGE, holder_id=loaded.agency_ids["so-tc"])
    reminded(DUE_DAY - 2)
    assert inbox(session, focal) == ["due_soon"]


def test_the_coordinating_office_hears_on_the_third_day_and_nobody_of_it_before(session, loaded, reminded):
    office, _head = a_person(session, "provincial_office", "vp-ubnd"), a_person(session, "agency_head")
    a_ticket(session, loaded, at=FILED)
    reminded(LATER)
    assert inbox(session, office) == []
    reminded(LATER + 4)  # Monday: the third working day
    assert inbox(session, office) == ["overdue"]


def test_whoever_stood_aside_hears_nothing_and_a_colleague_does(session, loaded, reminded):
    aside, colleague = a_person(session), a_person(session)
    ticket = a_ticket(session, loaded, at=FILED)
    with unit_of_work() as writing:
        writing.add(Recusal(ticket_id=ticket.id, user_id=aside.id, reason="Người nhà.", at=clock.now()))
    reminded(DUE_DAY)
    assert "due_today" not in inbox(session, aside)
    assert "due_today" in inbox(session, colleague)


def test_an_overdue_ticket_whose_head_stood_aside_goes_to_the_others(session, loaded, reminded):
    head, officer = a_person(session, "agency_head"), a_person(session)
    ticket = a_ticket(session, loaded, at=FILED)
    with unit_of_work() as writing:
        writing.add(Recusal(ticket_id=ticket.id, user_id=head.id, reason="Người nhà.", at=clock.now()))
    reminded(LATER)
    assert "overdue" not in inbox(session, head)
    assert "overdue" in inbox(session, officer)


def test_a_substitute_hears_in_the_place_of_whoever_is_away(session, loaded, reminded):
    away, substitute, other = a_person(session), a_person(session), a_person(session)
    ticket = a_ticket(session, loaded, at=FILED)
    accepted_by(session, ticket, away)
    with unit_of_work() as writing:
        days = {"valid_from": date(2026, 11, 1), "valid_to": date(2026, 11, 30)}
        row = {"user_id": away.id, "substitute_id": substitute.id, "by_id": away.id, "at": clock.now()}
        writing.add(Absence(**row, **days))
    reminded(DUE_DAY)
    assert "due_today" not in inbox(session, away)
    assert "due_today" in inbox(session, substitute)
    assert "due_today" not in inbox(session, other)


def test_a_central_vertical_agency_is_asked_and_the_focal_point_is_told(session, loaded, reminded):
    officer, head = a_person(session, "officer", "thue"), a_person(session, "agency_head", "thue")
    focal = a_person(session, "focal_point", "so-tc")
    ticket = a_ticket(session, loaded, to="thue", at=FILED, field="tax")
    accepted_by(session, ticket, officer)
    reminded(DUE_DAY)
    reminded(LATER)
    assert "request_due_today" in inbox(session, officer)
    assert inbox(session, focal) == ["due_today"]
    assert "request_overdue" in inbox(session, head)
    session.rollback()
    mail = session.scalars(select(Dispatch).where(Dispatch.letter == "overdue")).one()
    assert mail.data["asked"] is True


def an_opinion_asked(session, ticket, agency_id, asker):
    """Ask for an opinion on the second; it is due on the fifth."""
    by = actor_of(session, session.merge(asker))
    with unit_of_work() as writing:
        asked = reread(session, ticket.code)
        (opinion,) = opinions.ask(writing, asked, [agency_id], by=by, question="Xin ý kiến.", at=FILED)
        assert opinion.due_on == date(2026, 11, 5)
        return opinion.leg_id


def test_a_late_opinion_climbs_the_ladder_on_its_own_clock_also_while_the_case_is_paused(
    session, loaded, reminded
):
    lead, asked = a_person(session), a_person(session, "officer", "so-tnmt")
    asked_head = a_person(session, "agency_head", "so-tnmt")
    ticket = a_ticket(session, loaded, at=FILED)
    accepted_by(session, ticket, lead)
    leg = an_opinion_asked(session, ticket, loaded.agency_ids["so-tnmt"], lead)
    by = actor_of(session, session.merge(lead))
    with unit_of_work() as writing:
        ask_enterprise(writing, reread(session, ticket.code), by=by, text="Giấy tờ?", at=clock.now())
    for day in (5, 5, 6, 6):
        reminded(day)
    assert inbox(session, asked) == ["part_due_today"]
    assert inbox(session, asked_head)[-1] == "part_overdue"
    assert not [kind for kind in inbox(session, lead) if "due" in kind], "the case waits"
    session.rollback()
    query = select(Reminder.rung, Reminder.leg_id).order_by(Reminder.id)
    assert [tuple(row) for row in session.execute(query)] == [("due_today", leg), ("overdue", leg)]


def test_an_opinion_that_was_given_is_not_reminded_of(session, loaded, reminded):
    lead, asked = a_person(session), a_person(session, "officer", "so-tnmt")
    ticket = a_ticket(session, loaded, at=FILED)
    accepted_by(session, ticket, lead)
    leg = an_opinion_asked(session, ticket, loaded.agency_ids["so-tnmt"], lead)
    with unit_of_work() as writing:
        writing.get_one(Assignment, leg).ended_on = date(2026, 11, 4)
    reminded(6)
    assert inbox(session, asked) == []


def test_a_flood_of_late_tickets_is_ten_mails_and_the_rest_in_the_morning(session, loaded, reminded):
    head = a_person(session, "agency_head")
    for _ in range(14):
        a_ticket(session, loaded, at=FILED)
    reminded(LATER)
    session.rollback()
    overdue = select(Notification.digest_on).where(Notification.kind == "overdue")
    assert sorted(day is None for day in session.scalars(overdue)) == [False] * 10 + [True] * 4
    mails = session.scalars(select(Dispatch).where(Dispatch.user_id == id_of(head))).all()
    assert len(mails) == 10
    eight = datetime(2026, 11, LATER, 1, 0, tzinfo=UTC)
    assert all(mail.not_before >= eight for mail in mails), "nobody is woken at night"

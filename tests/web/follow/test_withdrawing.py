"""An enterprise takes its filing back, wherever it is on its way: whoever works on it is told, and lets it go."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from feedback_app.core import clock, outbox
from feedback_app.core.db import db, unit_of_work
from feedback_app.escalation.jobs import remind, remind_dated
from feedback_app.notifications.models import Notification
from feedback_app.tickets.lifecycle import DECIDED, EVER, OPEN, RULES, Act
from feedback_app.tickets.models import TimelineEntry
from feedback_app.tickets.policy import Owner
from feedback_app.tickets.services import owning
from tests.factories import reread, sign_in
from tests.web.access_scene import Scene

# what stands beside the status counts, too: a draft on its way, a request, an objection, an opinion asked for
ON_THE_WAY = (
    "assigned",
    "in_work",
    "need_info",
    "at_province",
    "at_ministry",
    "triage",
    "late",
    "in approval",
    "approved",
    "extended",
    "requested",
    "objected",
    "provisional",
)


@pytest.fixture
def scene(app, session, loaded):
    scene = Scene(app, session, loaded)
    yield scene
    scene.put_back()


def withdraw(scene, ticket):
    browser = scene.browser("enterprise")
    path = f"/doanh-nghiep/phieu/{ticket.code}"
    assert f"{path}/rut" in browser.get(path).text
    assert browser.get(f"{path}/rut").status_code == 200
    done = browser.post(f"{path}/rut")
    db.session.remove()
    outbox.drain()
    db.session.remove()
    return done


def test_the_table_lets_a_filing_be_taken_back_until_it_is_decided():
    assert RULES[Act.WITHDRAW].when == OPEN
    assert DECIDED | {"withdrawn", "closed"} == EVER - OPEN


@pytest.mark.parametrize("status", ON_THE_WAY)
def test_an_enterprise_takes_its_ticket_back_from_wherever_it_is(scene, session, status):
    ticket = scene.ticket("enterprise", "own", status)
    colleague = scene.colleagues["so-xd"] if "so-xd" in scene.colleagues else scene.person("officer")
    assert withdraw(scene, ticket).status_code == 302
    gone = reread(session, ticket.code)
    assert (gone.status, gone.clock, gone.close_reason) == ("withdrawn", "closed", "withdrawn")
    assert gone.closed_on == clock.today()
    assert gone.clock_events[-1].kind == "stop", "no day counts any more, no pause runs on"
    assert {draft.state for draft in gone.drafts} <= {"dropped"}
    browser = sign_in(scene.app.test_client(), session.merge(colleague))
    assert ticket.code not in browser.get("/can-bo/?view=agency").text
    assert ticket.code not in browser.get("/can-bo/?view=waiting").text
    assert scene.browser("enterprise").post(f"/doanh-nghiep/phieu/{ticket.code}/rut").status_code == 409


@pytest.mark.parametrize("status", ["in_work", "late", "at_ministry", "need_info"])
def test_the_strip_of_days_ends_where_the_ticket_was_taken_back(scene, session, status):
    ticket = scene.ticket("enterprise", "own", status)
    withdraw(scene, ticket)
    page = f"/doanh-nghiep/phieu/{ticket.code}"
    days = scene.browser("enterprise").get(page).text.count('<li class="day day-')
    with time_machine.travel(clock.now() + timedelta(days=90)):
        assert scene.browser("enterprise").get(page).text.count('<li class="day day-') == days


@pytest.mark.parametrize("status", ["in_work", "at_province", "at_ministry"])
def test_who_works_on_it_is_told_once_and_reminded_of_nothing_after(scene, session, status):
    ticket = scene.ticket("enterprise", "own", status)
    colleague = scene.colleagues["so-xd"].id
    withdraw(scene, ticket)
    told = select(Notification.kind).where(Notification.user_id == colleague)
    assert list(session.scalars(told)).count("withdrawn") == 1
    with time_machine.travel(clock.now() + timedelta(days=60)):
        db.session.remove()
        remind()
        remind_dated()
    reminded = select(TimelineEntry.id).where(TimelineEntry.kind.in_(("reminded", "watch_due")))
    assert list(session.scalars(reminded)) == []


def test_an_agency_whose_opinion_is_awaited_hears_of_it(scene, session):
    ticket = scene.ticket("agency_head", "coordinating", "opinion asked")
    head = scene.person("agency_head").id
    scene.colleague("so-xd")
    with unit_of_work() as writing:
        owning.withdraw(writing, reread(session, ticket.code), by=Owner(), at=clock.now())
    db.session.remove()
    outbox.drain()
    told = select(Notification.kind).where(Notification.user_id == head)
    assert "withdrawn" in list(session.scalars(told))


@pytest.mark.parametrize("status", ["answered", "closed", "withdrawn"])
def test_what_is_decided_or_over_cannot_be_taken_back_and_the_page_says_why(scene, session, status):
    ticket = scene.ticket("enterprise", "own", status)
    for answer in (
        scene.browser("enterprise").get(f"/doanh-nghiep/phieu/{ticket.code}/rut"),
        scene.browser("enterprise").post(f"/doanh-nghiep/phieu/{ticket.code}/rut"),
    ):
        assert answer.status_code == 409
        assert "không thực hiện được nữa" in answer.text
    assert reread(session, ticket.code).status == status

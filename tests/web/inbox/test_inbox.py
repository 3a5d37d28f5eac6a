"""The inbox of a member of staff, from the line to the ticket."""

from datetime import timedelta

from sqlalchemy import select

from feedback_app.core import clock, outbox
from feedback_app.core.db import unit_of_work
from feedback_app.programme.models import ProgrammeReport
from tests.factories import a_person, a_ticket, sign_in


def test_the_inbox_leads_to_the_ticket_and_marks_what_was_read(app, session, loaded):
    officer = a_person(session)
    ticket = a_ticket(session, loaded)
    browser = sign_in(app.test_client(), officer)
    address = f"/can-bo/phieu/{ticket.code}"
    outbox.drain()
    text = browser.get("/thong-bao").get_data(as_text=True)
    assert address in text
    assert "Thông báo (1)" in text
    newest = text.split('name="up_to" value="')[1].split('"')[0]
    browser.post("/thong-bao", data={"up_to": newest})
    assert "Thông báo (1)" not in browser.get("/thong-bao").get_data(as_text=True)


def test_reports_owed_on_the_programme_stand_in_the_inbox_until_they_are_handed_in(app, session, loaded):
    agency_id = loaded.agency_ids["so-xd"]
    officer, stranger = a_person(session), a_person(session, "officer", "so-yt")
    with unit_of_work() as writing:
        for task, days in ((1, -3), (2, 2), (3, 30)):
            due_on = clock.today() + timedelta(days=days)
            row = {"agency_id": agency_id, "period": "2026-10", "ends_on": due_on, "due_on": due_on}
            writing.add(ProgrammeReport(task=task, **row))
    page = sign_in(app.test_client(), officer).get("/thong-bao").text
    assert "1 quá hạn, 1 đến hạn trong 7 ngày" in page
    assert "đến hạn trong 7 ngày" not in sign_in(app.test_client(), stranger).get("/thong-bao").text
    with unit_of_work() as writing:
        for row in writing.scalars(select(ProgrammeReport)):
            row.reported_at = clock.now()
    assert "đến hạn trong 7 ngày" not in sign_in(app.test_client(), officer).get("/thong-bao").text

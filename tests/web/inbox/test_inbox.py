"""The inbox of a member of staff, from the line to the ticket."""

from feedback_app.core import outbox
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

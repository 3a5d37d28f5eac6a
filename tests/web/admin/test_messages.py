"""Messages that did not go out, as the administrator sees them and sends them again."""

from sqlalchemy import select

from feedback_app.core.audit import AuditEntry
from feedback_app.notifications.models import Dispatch
from feedback_app.notifications.rules import Channel
from tests.factories import a_message, a_message_given_up

PAGE = "/quan-tri/gui-tin"


def test_the_page_says_what_waits_and_what_failed_and_why_and_masks_to_whom(administrator, auditor):
    a_message(to="cho.doi@example.vn")
    a_message_given_up(to="0905000111", channel=Channel.SMS)
    for browser in (administrator, auditor):
        page = browser.get(PAGE).get_data(as_text=True)
        assert "c…@example.vn" in page
        assert "…111" in page
        assert "cổng không nhận số điện thoại hoặc mẫu tin" in page
        assert "cho.doi@" not in page
        assert "0905000111" not in page
        assert "KH-2026-000123" not in page
    assert "c…@example.vn" not in administrator.get(f"{PAGE}?kenh=sms").get_data(as_text=True)


def test_what_was_given_up_is_sent_again_and_that_is_noted(session, administrator, auditor):
    message_id = a_message_given_up()
    again = f"{PAGE}/{message_id}/gui-lai"
    assert auditor.post(again).status_code == 403
    assert administrator.post(again).status_code == 302
    session.rollback()
    row = session.scalars(select(Dispatch).execution_options(populate_existing=True)).one()
    assert (row.given_up_at, row.attempts) == (None, 0)
    noted = session.scalars(select(AuditEntry.subject).where(AuditEntry.event == "message.resent"))
    assert list(noted) == [f"message:{message_id}"]
    assert administrator.post(again).status_code == 404, "it waits already"


def test_many_messages_are_paged(administrator):
    for _ in range(51):
        a_message()
    page = administrator.get(PAGE).get_data(as_text=True)
    assert page.count("k…@example.vn") == 50
    older = page.split("before=")[1].split('"')[0].split("&")[0]
    assert administrator.get(f"{PAGE}?before={older}").get_data(as_text=True).count("k…@example.vn") == 1

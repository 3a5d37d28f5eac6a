"""What an enterprise does with its ticket, from the page of the tracking code."""

import re
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy.orm import Session

from feedback_app.accounts.actor import Actor, Function
from feedback_app.core.errors import Forbidden
from feedback_app.tickets.models import Ticket
from tests.factories import a_person, actor_of, reread
from tests.web.follow.conftest import answer_it

VERDICT = {"answered": "yes", "solved": "partly", "comment": "Còn thiếu bản vẽ."}


def page(guest: FlaskClient, ticket: Ticket) -> str:
    answer = guest.get(f"/theo-doi/{ticket.code}")
    assert answer.status_code == 200
    return answer.text


def act(guest: FlaskClient, ticket: Ticket, name: str, **data: object):
    return guest.post(f"/theo-doi/{ticket.code}/{name}", data=data, content_type="multipart/form-data")


def a_picture() -> BytesIO:
    kept = BytesIO()
    Image.new("RGB", (40, 30), "navy").save(kept, "JPEG")
    kept.seek(0)
    return kept


def test_a_new_ticket_says_who_has_it_and_by_when(guest: FlaskClient, ticket: Ticket) -> None:
    text = page(guest, ticket)
    assert "Sở Xây dựng" in text
    assert "Dự kiến chậm nhất" in text
    assert "chưa đối chiếu văn bản" in text


def test_no_officer_s_name_stands_on_the_page(guest: FlaskClient, answered: Ticket, officer) -> None:
    assert officer.name not in page(guest, answered)


def test_the_question_of_the_agency_stands_above_the_reply(guest: FlaskClient, asked: Ticket) -> None:
    text = page(guest, asked)
    assert "Xin gửi bản vẽ mặt bằng." in text
    assert "/bo-sung" in text


def test_a_reply_resumes_the_clock(guest: FlaskClient, asked: Ticket, session: Session) -> None:
    answer = act(guest, asked, "bo-sung", text="Đã gửi bản vẽ.", files=(a_picture(), "ban-ve.jpg"))
    assert answer.status_code == 302
    ticket = reread(session, asked.code)
    assert (ticket.status, ticket.clock) == ("in_work", "open")
    assert [event.kind for event in ticket.clock_events] == ["start", "pause", "resume"]
    assert [(file.origin, file.name) for file in ticket.attachments] == [("reply", "ban-ve.jpg")]


def test_a_file_of_the_reply_can_be_read_back_by_its_owner_alone(
    guest: FlaskClient, asked: Ticket, app
) -> None:
    act(guest, asked, "bo-sung", text="Đã gửi bản vẽ.", files=(a_picture(), "ban-ve.jpg"))
    href = re.search(r'href="(/theo-doi/[^"]+/tep/[^"]+)"', page(guest, asked))[1]
    with guest.get(href) as download:
        assert download.mimetype == "image/jpeg"
        assert "attachment" in download.headers["Content-Disposition"]
    assert app.test_client().get(href).status_code == 404


def test_a_refused_file_keeps_the_text_and_the_clock_paused(
    guest: FlaskClient, asked: Ticket, session: Session
) -> None:
    answer = act(
        guest, asked, "bo-sung", text="Đã gửi bản vẽ.", files=(BytesIO(b"MZ\x90 not a picture"), "a.jpg")
    )
    assert "a.jpg" in answer.text
    assert "Đã gửi bản vẽ." in answer.text
    ticket = reread(session, asked.code)
    assert (ticket.status, ticket.attachments) == ("need_info", [])


def test_an_empty_reply_is_asked_for_words(guest: FlaskClient, asked: Ticket) -> None:
    assert "Vui lòng ghi nội dung trả lời." in act(guest, asked, "bo-sung", text="  ").text


def test_the_answer_stands_with_its_letter_and_both_sides(guest: FlaskClient, answered: Ticket) -> None:
    text = page(guest, answered)
    for part in ("123/SXD-QLXD", "Phó Giám đốc (mẫu)", "Điều, khoản làm căn cứ (mẫu)", "chưa có ý kiến"):
        assert part in text


def test_rating_closes_the_ticket_and_asks_the_third_question(
    guest: FlaskClient, answered: Ticket, session: Session
) -> None:
    answer = act(guest, answered, "danh-gia", **VERDICT)
    assert "không gắn với phiếu" in answer.text
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    ticket = reread(session, answered.code)
    assert (ticket.status, ticket.close_reason) == ("closed", "rated")
    assert [(r.answered, r.solved, r.comment) for r in ticket.ratings] == [
        (True, "partly", "Còn thiếu bản vẽ.")
    ]
    assert "mới giải quyết một phần" in page(guest, answered)


def test_rating_twice_is_told_plainly_and_changes_nothing(
    guest: FlaskClient, answered: Ticket, session: Session
) -> None:
    act(guest, answered, "danh-gia", **VERDICT)
    again = act(guest, answered, "danh-gia", answered="no", solved="no")
    assert again.status_code == 409
    assert "không thực hiện được nữa" in again.text
    assert len(reread(session, answered.code).ratings) == 1


def test_a_rating_needs_both_answers(guest: FlaskClient, answered: Ticket, session: Session) -> None:
    text = act(guest, answered, "danh-gia", answered="yes").text
    assert "đã được giải quyết trên thực tế chưa" in text
    assert reread(session, answered.code).status == "answered"


DISPUTE = {"answered": "no", "solved": "no", "reason": "Giấy phép cấp sai diện tích."}


def test_a_dispute_goes_to_another_person_of_the_agency(
    guest: FlaskClient, answered: Ticket, actor: Actor, session: Session
) -> None:
    colleague = actor_of(session, a_person(session))
    assert act(guest, answered, "xem-xet-lai", **DISPUTE).status_code == 200
    ticket = reread(session, answered.code)
    assert (ticket.status, ticket.round, ticket.holder_id) == ("review", 2, ticket.lead_id)
    with pytest.raises(Forbidden):
        answer_it(ticket, actor)
    session.rollback()
    answer_it(ticket, colleague)
    assert reread(session, answered.code).status == "answered"
    assert "Trả lời lần 2" in page(guest, answered)


def test_a_dispute_goes_to_the_provincial_office_when_the_agency_has_nobody_else(
    guest: FlaskClient, answered: Ticket, session: Session, loaded
) -> None:
    office = actor_of(session, a_person(session, Function.PROVINCIAL_OFFICE, "vp-ubnd"))
    act(guest, answered, "xem-xet-lai", **DISPUTE)
    ticket = reread(session, answered.code)
    assert loaded.agency_codes[ticket.holder_id] == "vp-ubnd"
    answer_it(ticket, office)
    assert reread(session, answered.code).status == "answered"


def test_a_dispute_needs_its_reason(guest: FlaskClient, answered: Ticket, session: Session) -> None:
    text = act(guest, answered, "xem-xet-lai", answered="no", solved="no", reason=" ").text
    assert "Vui lòng ghi lý do chưa đồng ý." in text
    assert reread(session, answered.code).round == 1


def test_withdrawing_asks_first(guest: FlaskClient, ticket: Ticket, session: Session) -> None:
    assert "Rút phiếu" in guest.get(f"/theo-doi/{ticket.code}/rut").text
    assert reread(session, ticket.code).status == "assigned"
    assert act(guest, ticket, "rut", confirm="1").status_code == 302
    assert reread(session, ticket.code).status == "withdrawn"
    assert act(guest, ticket, "rut", confirm="1").status_code == 409


@pytest.mark.parametrize("name", ["", "/xem-xet-lai", "/rut", "/tep/X"])
def test_a_stranger_finds_no_page_of_the_ticket(client: FlaskClient, ticket: Ticket, name: str) -> None:
    assert client.get(f"/theo-doi/{ticket.code}{name}").status_code == 404


@pytest.mark.parametrize("name", ["bo-sung", "danh-gia", "xem-xet-lai", "rut"])
def test_a_stranger_can_do_nothing(
    client: FlaskClient, answered: Ticket, name: str, session: Session
) -> None:
    assert act(client, answered, name, **VERDICT, text="x", reason="x").status_code == 404
    assert reread(session, answered.code).status == "answered"

"""The last step, sent once and twice; the receipt; the short way; lost codes; staff; language."""

import io
import re
from concurrent.futures import ThreadPoolExecutor

from PIL import Image
from sqlalchemy import func, select

from feedback_app.config import Settings
from feedback_app.core import clock
from feedback_app.core.db import unit_of_work
from feedback_app.core.outbox import OutboxEvent
from feedback_app.intake.content import Content
from feedback_app.intake.models import Draft
from feedback_app.intake.services import drafts, recovery
from feedback_app.tickets.models import Attachment, Filer, Ticket

CODE = re.compile(r'id="tracking-code">([0-9A-Z-]+)<')


def count(session, model=Ticket) -> int:
    session.rollback()
    return session.scalar(select(func.count()).select_from(model))


def test_sending_twice_makes_one_ticket_and_shows_the_same_code(visitor, session):
    visitor.ready()
    visitor.send()
    first = CODE.search(visitor.get("/giay-tiep-nhan").text).group(1)
    assert visitor.send().location == "/gui-phieu/giay-tiep-nhan"
    assert CODE.search(visitor.get("/giay-tiep-nhan").text).group(1) == first
    assert count(session) == 1


def test_two_clicks_at_the_same_moment_make_one_ticket(app, visitor, session):
    visitor.ready()
    session.rollback()
    cookies = [f"{c.key}={c.value}" for c in visitor.client._cookies.values()]

    def click(_number):
        with app.test_client(use_cookies=False) as browser:
            return browser.post("/gui-phieu/kiem-tra", headers={"Cookie": "; ".join(cookies)}).location

    with ThreadPoolExecutor(4) as threads:
        assert set(threads.map(click, range(4))) == {"/gui-phieu/giay-tiep-nhan"}
    assert count(session) == 1
    assert count(session, OutboxEvent) == 1


def test_a_draft_that_another_tab_keeps_after_the_filing_is_not_filed_again(visitor, session):
    visitor.ready()
    kept = visitor.client.get_cookie("phieu-nhap", path="/gui-phieu").value
    visitor.send()
    visitor.client.set_cookie("phieu-nhap", kept, path="/gui-phieu")
    with visitor.client.application.app_context(), unit_of_work() as work:
        content = Content(
            kind="obstacle", title="A", body="B", field="tax", filer_type="enterprise", name="C"
        )
        drafts.save(work, kept, content, at=clock.now(), days=1)
    assert visitor.send().location == "/gui-phieu/giay-tiep-nhan"
    assert count(session) == 1
    assert count(session, Draft) == 1


def test_a_draft_with_a_question_open_is_not_filed_and_stays(visitor, session):
    visitor.kind()
    visitor.story()
    assert visitor.send().location == "/gui-phieu/soan-tiep"
    assert count(session) == 0
    assert count(session, Draft) == 1


def test_the_code_is_gone_once_its_owner_has_saved_it(visitor):
    visitor.ready()
    visitor.send()
    visitor.post("/da-luu-ma")
    receipt = visitor.get("/giay-tiep-nhan").text
    assert "KH-20" in receipt
    assert not CODE.search(receipt)


def test_a_receipt_is_shown_to_its_own_browser_only(visitor, another):
    visitor.ready()
    visitor.send()
    assert another.get("/giay-tiep-nhan").location == "/gui-phieu/"


def test_the_qr_of_the_receipt_does_not_hold_the_code(visitor, monkeypatch):
    drawn = []
    from feedback_app.web.intake import receipt

    draw = receipt._qr
    monkeypatch.setattr(receipt, "_qr", lambda path: drawn.append(path) or draw(path))
    visitor.ready()
    visitor.send()
    visitor.get("/giay-tiep-nhan")
    assert drawn == ["/theo-doi"]


def test_a_letter_and_three_fields_are_a_whole_filing(visitor, session):
    file = io.BytesIO()
    Image.new("RGB", (9, 9)).save(file, "PNG")
    data = {"title": "Đề nghị gia hạn thuê đất", "name": "Công ty Ví Dụ", "contact": "a@vidu.vn"}
    answer = visitor.post("/van-ban", files=(io.BytesIO(file.getvalue()), "công văn.png"), **data)
    assert answer.location == "/gui-phieu/kiem-tra"
    assert visitor.send().location == "/gui-phieu/giay-tiep-nhan"
    assert count(session, Attachment) == 1
    assert session.scalar(select(Filer.email)) == "a@vidu.vn"


def test_the_letter_s_file_survives_a_missing_field(visitor):
    file = io.BytesIO()
    Image.new("RGB", (9, 9)).save(file, "PNG")
    answer = visitor.post("/van-ban", files=(io.BytesIO(file.getvalue()), "cv.png"), title="Gia hạn thuê đất")
    assert answer.status_code == 422
    assert "Đã nhận 1 tệp" in answer.text
    again = visitor.post("/van-ban", title="Gia hạn thuê đất", name="Công ty Ví Dụ")
    assert again.location == "/gui-phieu/kiem-tra"


def test_a_lost_code_is_replaced_by_way_of_the_contact_left(visitor, session):
    visitor.ready(email="a@vidu.vn")
    visitor.send()
    old = CODE.search(visitor.get("/giay-tiep-nhan").text).group(1)
    session.rollback()
    ticket_id, number, old_hash = session.execute(select(Ticket.id, Ticket.code, Ticket.tracking_hash)).one()
    visitor.post("/lay-lai-ma", number=number, contact="A@vidu.vn")
    session.rollback()
    event = session.scalars(select(OutboxEvent).where(OutboxEvent.name == "intake.code_requested")).one()
    assert event.payload == {"ticket_id": ticket_id, "channel": "email"}
    token = recovery.new_token(session, ticket_id, at=clock.now())
    session.commit()
    page = visitor.post("/lay-lai-ma/xac-nhan", number=number, code=token.lower()).text
    assert CODE.search(page).group(1) != old
    session.rollback()
    assert session.scalar(select(Ticket.tracking_hash)) != old_hash
    assert visitor.post("/lay-lai-ma/xac-nhan", number=number, code=token).status_code == 422


def test_a_wrong_contact_is_answered_alike_and_sets_nothing_in_motion(visitor, session):
    visitor.ready()
    visitor.send()
    session.rollback()
    number = session.scalar(select(Ticket.code))
    wrong = visitor.post("/lay-lai-ma", number=number, contact="b@vidu.vn")
    right = visitor.post("/lay-lai-ma", number=number, contact="+84 258 3822222")
    assert wrong.location == right.location
    session.rollback()
    events = select(func.count()).select_from(OutboxEvent).where(OutboxEvent.name == "intake.code_requested")
    assert session.scalar(events) == 1


def test_pages_say_what_reaches_a_telephone(visitor, app, monkeypatch):
    visitor.ready()
    recover = "/lay-lai-ma"
    assert "chưa lấy lại mã được" in visitor.get(recover).text
    settings = Settings(data_dir=app.extensions["settings"].data_dir, sms_url="http://127.0.0.1:9/")
    monkeypatch.setitem(app.extensions, "settings", settings)
    page = visitor.get(recover).text
    assert "Thư điện tử hoặc số điện thoại đã ghi trên phiếu" in page
    assert "chưa lấy lại mã được" not in page
    assert "tin nhắn tới số điện thoại" in visitor.get("/nguoi-gui").text


def test_the_front_page_promises_no_confidentiality_there_is_not(client):
    front, report = client.get("/").text, client.get("/gui-phieu/nhung-nhieu").text
    assert 'href="/bao-cao-kin/"' in front
    assert 'href="/bao-cao-kin/bao-ve"' in front
    assert "bảo mật danh tính" not in front.lower()
    assert "phiếu mở" in report
    assert "Chỉ Thanh tra tỉnh tiếp nhận và đọc" in report


def test_a_reader_of_english_sees_names_and_dates_in_english(visitor):
    visitor.ready()
    visitor.client.get("/ngon-ngu/en")
    page = visitor.get("/kiem-tra").text
    assert "Khanh Hoa Provincial Tax Office" in page
    assert "Tax and invoices" in page

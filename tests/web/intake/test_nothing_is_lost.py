"""Errors, accusations, other people, a database that is away: what was typed stays with who typed it."""

import io

import pytest
from PIL import Image
from sqlalchemy import func, select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import joinedload, selectinload

from feedback_app.core import clock
from feedback_app.intake.models import Draft
from feedback_app.intake.services import drafts
from feedback_app.tickets.models import Attachment, Ticket

ACCUSING = "Cán bộ thuế gợi ý đưa phong bì 20 triệu mới giải quyết hồ sơ hoàn thuế của công ty."


def picture() -> io.BytesIO:
    file = io.BytesIO()
    Image.new("RGB", (20, 20), "navy").save(file, "JPEG")
    file.seek(0)
    return file


def filed(session) -> Ticket:
    session.rollback()
    return session.scalars(
        select(Ticket).options(joinedload(Ticket.filer), selectinload(Ticket.concerned))
    ).one()


def test_a_missing_answer_is_named_and_the_others_stay_in_the_page(visitor):
    visitor.kind()
    answer = visitor.story(title="")
    assert answer.status_code == 422
    assert 'href="#title"' in answer.text
    assert "nộp ngày 01/9/2026" in answer.text


def test_each_step_sends_a_visitor_without_a_draft_to_the_start(visitor):
    for path in ("/noi-dung", "/linh-vuc", "/tai-lieu", "/nguoi-gui", "/kiem-tra", "/giay-tiep-nhan"):
        assert visitor.get(path).location == "/gui-phieu/"


def test_the_check_page_sends_back_to_what_is_not_answered_yet(visitor):
    visitor.kind()
    visitor.story()
    assert visitor.get("/kiem-tra").location.startswith("/gui-phieu/linh-vuc")


def test_changing_one_answer_from_the_check_page_returns_to_it(visitor):
    visitor.ready()
    answer = visitor.post("/nguoi-gui?ve=kiem-tra", filer_type="branch", name="Chi nhánh", identifier="1")
    assert answer.location == "/gui-phieu/kiem-tra"
    assert "13 chữ số" in visitor.get("/kiem-tra").text


def test_a_mistyped_tax_code_earns_a_hint_and_is_filed_all_the_same(visitor, session):
    visitor.ready(identifier="0100109107")
    assert "không khớp" in visitor.get("/kiem-tra").text
    visitor.send()
    assert filed(session).filer.identifier == "0100109107"


def test_an_accusation_is_noticed_before_the_text_is_stored(visitor, session):
    visitor.kind()
    before = session.scalar(select(Draft.content))
    answer = visitor.story(body=ACCUSING)
    session.rollback()
    assert session.scalar(select(Draft.content)) == before
    assert answer.status_code == 200
    assert ACCUSING in answer.text
    assert "Phần vừa viết chưa được lưu" in answer.text


def test_going_on_after_the_warning_is_recorded_on_the_ticket(visitor, session):
    visitor.kind()
    assert visitor.story(body=ACCUSING, choice="go_on").location == "/gui-phieu/linh-vuc"
    visitor.place()
    visitor.who()
    visitor.send()
    assert (filed(session).accusation, filed(session).kind) == ("went_on", "obstacle")


def test_choosing_the_inspectorate_makes_it_an_informal_cost_report(visitor, session):
    visitor.kind()
    visitor.story(body=ACCUSING, choice="report")
    assert "Thanh tra tỉnh" in visitor.get("/linh-vuc").text
    visitor.place(concerned=["thue"])
    visitor.who()
    assert "Chỉ Thanh tra tỉnh đọc" in visitor.get("/kiem-tra").text
    visitor.send()
    ticket = filed(session)
    assert (ticket.kind, ticket.sensitive, ticket.accusation) == ("informal_cost", True, None)
    assert sum(c.named for c in ticket.concerned) == 1


def test_editing_brings_the_text_back_unchanged(visitor):
    visitor.kind()
    answer = visitor.story(body=ACCUSING, choice="edit")
    assert f"{ACCUSING}</textarea>" in answer.text
    assert "Chuyện gì đã xảy ra?" in answer.text


def test_an_accusation_among_the_letters_is_noticed_too(visitor):
    visitor.kind()
    visitor.story()
    assert "Phần vừa viết chưa được lưu" in visitor.place(letters=ACCUSING).text


def test_an_informal_cost_text_cannot_become_an_ordinary_ticket_unasked(visitor):
    visitor.kind("informal_cost")
    visitor.story(body=ACCUSING)
    visitor.place()
    visitor.who()
    visitor.post("/loai?ve=kiem-tra", kind="obstacle")
    assert visitor.get("/kiem-tra").location.startswith("/gui-phieu/noi-dung")


def test_agencies_named_in_a_report_are_proposed_and_the_filer_confirms(visitor, session):
    visitor.kind("informal_cost")
    visitor.story(body="Cán bộ Sở Xây dựng gợi ý đưa tiền khi cấp phép xây dựng.")
    page = visitor.get("/linh-vuc").text
    box = page.split('value="so-xd"')[0].rsplit("<input", 1)[1]
    assert "checked" in box
    visitor.place(field="construction", concerned=["so-ct"])
    visitor.who()
    assert "Sở Công Thương" in visitor.get("/kiem-tra").text


def test_a_text_that_was_changed_asks_again_which_agencies_it_is_about(visitor):
    visitor.kind("informal_cost")
    visitor.story(body="Cán bộ Sở Xây dựng gợi ý đưa tiền.")
    visitor.place(field="construction", concerned=["so-xd"])
    visitor.who()
    visitor.post(
        "/noi-dung?ve=kiem-tra", title="Gợi ý đưa tiền", body="Cán bộ Sở Công Thương gợi ý đưa tiền."
    )
    assert visitor.get("/kiem-tra").location.startswith("/gui-phieu/linh-vuc")
    page = visitor.get("/linh-vuc").text
    chosen = [box.split('value="')[1].split('"')[0] for box in page.split("<input") if "checked" in box]
    assert set(chosen) == {"so-xd", "so-ct"}


def test_only_places_of_today_stand_outside_the_former_ones(visitor):
    visitor.kind()
    visitor.story()
    page = visitor.get("/linh-vuc").text
    former = page.split('<optgroup label="Địa bàn cũ (trước 01/07/2025)">')[1].split("</optgroup>")[0]
    assert "Nha Trang" in former
    assert page.count("Thành phố Nha Trang") == 1


def test_a_hidden_name_in_a_report_says_who_learns_it(visitor):
    visitor.kind("informal_cost")
    visitor.story(body=ACCUSING)
    visitor.place(concerned=["thue"])
    assert "Chỉ thủ trưởng cơ quan giải quyết (Thanh tra tỉnh) biết tên" in visitor.get("/nguoi-gui").text
    visitor.who(hide_identity="y")
    assert "Chỉ thủ trưởng cơ quan giải quyết (Thanh tra tỉnh) biết tên" in visitor.get("/kiem-tra").text


def test_a_complaint_is_explained_and_may_go_on(visitor):
    visitor.kind()
    visitor.story(body="Công ty khiếu nại quyết định xử phạt của cơ quan thuế.")
    assert "không phải đơn khiếu nại" in visitor.get("/linh-vuc").text


def test_a_hidden_name_withholds_the_attachments(visitor, session):
    visitor.ready(hide_identity="y")
    visitor.post("/tai-lieu", files=(picture(), "giấy hẹn.jpg"))
    visitor.send()
    session.rollback()
    assert session.scalars(select(Attachment.released)).all() == [False]
    assert filed(session).hide_identity


def test_consents_are_off_until_given(visitor, session):
    visitor.ready()
    assert "checked" not in visitor.get("/nguoi-gui").text
    visitor.send()
    assert (filed(session).publish_consent, filed(session).hide_identity) == (False, False)


def test_nobody_reads_another_visitor_s_draft(visitor, another, session):
    visitor.ready()
    assert another.get("/kiem-tra").location == "/gui-phieu/"
    stored = session.scalar(select(Draft.content))
    assert "Ví Dụ".encode() not in stored
    assert b"0258" not in stored


def test_an_expired_draft_is_gone_and_purged(visitor, session):
    visitor.ready()
    session.execute(update(Draft).values(expires_at=clock.now()))
    session.commit()
    assert visitor.get("/kiem-tra").location == "/gui-phieu/"
    drafts.purge(session, clock.now())
    assert session.scalar(select(func.count()).select_from(Draft)) == 0


def test_giving_up_deletes_the_draft(visitor, session):
    visitor.ready()
    visitor.post("/xoa-nhap")
    session.rollback()
    assert session.scalar(select(func.count()).select_from(Draft)) == 0


@pytest.mark.parametrize("broken", ["load", "save"])
def test_while_the_database_is_away_the_text_is_still_in_the_page(visitor, monkeypatch, broken):
    visitor.kind()

    def away(*_args, **_kwargs):
        raise OperationalError("", {}, Exception())

    monkeypatch.setattr(drafts, broken, away)
    answer = visitor.story()
    assert answer.status_code == 503
    assert "Chưa lưu được" in answer.text
    assert "nộp ngày 01/9/2026" in answer.text


def test_signs_that_no_database_keeps_are_dropped(visitor, session):
    visitor.ready(name="Công ty\0 A")
    visitor.send()
    assert filed(session).filer.name == "Công ty A"

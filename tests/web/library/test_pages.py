"""The library's pages: a proposal from the ticket to the public page, the enterprise's word, what guests find."""

import re

import pytest
import time_machine
from sqlalchemy import select

from feedback_app.core.db import unit_of_work
from feedback_app.core.security import normalised
from feedback_app.intake.codes import tracking_hash
from feedback_app.library.models import CitedDocument, LibraryAnswer
from tests.factories import a_person, reread, sign_in
from tests.slices.library.conftest import AFTER, LATER

pytestmark = pytest.mark.parametrize("shared_app", ["sqlite"], indirect=True, scope="session")


@pytest.fixture
def desk(client, session):
    """Return browsers of the officer's, the head's and the focal point's colleagues."""

    def browser(function, agency="so-xd"):
        return sign_in(client.application.test_client(), a_person(session, function, agency))

    return browser


@pytest.fixture
def published(answered, propose, desk, session):
    code = propose(answered())
    seen = session.scalars(select(LibraryAnswer.version).where(LibraryAnswer.code == code)).one()
    with time_machine.travel(AFTER, tick=False):
        assert (
            desk("agency_head").post(f"/cong-bo/phieu/{code}/duyet", data={"seen": seen}).status_code == 302
        )
    return code


def test_an_officer_sees_what_was_found_and_sends_the_redacted_text(answered, desk):
    ticket, officer = answered(), desk("officer")
    assert f"/cong-bo/de-nghi/{ticket.code}" in officer.get(f"/can-bo/phieu/{ticket.code}").text
    page = officer.get(f"/cong-bo/de-nghi/{ticket.code}").text
    assert '<mark title="số điện thoại">0905 123 456' in page
    assert "[số điện thoại]" in page
    assert "30/2020/NĐ-CP" in page
    sent = officer.post(
        f"/cong-bo/de-nghi/{ticket.code}",
        data={"title": "Giấy phép", "question": "Hỏi.", "text": "Gọi 0905 123 456.", "documents": ""},
    )
    assert "Còn chỗ có thể nhận ra doanh nghiệp" in sent.text
    sent = officer.post(
        f"/cong-bo/de-nghi/{ticket.code}",
        data={
            "title": "Giấy phép",
            "question": "Hỏi.",
            "text": "Bổ sung bản vẽ.",
            "documents": "30/2020/NĐ-CP",
        },
        follow_redirects=True,
    )
    assert "Đang chờ" in sent.text
    assert "Người đề nghị đã sửa bằng tay" in sent.text
    assert "Giấy phép" in officer.get("/cong-bo/").text
    assert officer.get(f"/cong-bo/de-nghi/{ticket.code}").status_code == 200


def test_a_hidden_name_keeps_an_answer_out_and_the_page_says_why(answered, desk):
    ticket = answered(hide_identity=True)
    page = desk("officer").get(f"/cong-bo/de-nghi/{ticket.code}")
    assert page.status_code == 409
    assert "ẩn danh tính khi gửi" in page.text


def test_another_agency_s_proposal_does_not_exist(answered, propose, desk):
    code = propose(answered())
    assert desk("officer", "thue").get(f"/cong-bo/phieu/{code}").status_code == 404
    assert "Không có câu trả lời nào" in desk("officer", "thue").get("/cong-bo/").text


def test_the_enterprise_reads_the_redacted_text_and_objects_with_one_click(
    answered, propose, client, session
):
    ticket = answered()
    code = propose(ticket)
    with unit_of_work() as writing:
        reread(writing, ticket.code).tracking_hash = tracking_hash(normalised("SAMPLECODE"))
    client.post("/theo-doi", data={"code": "SAMPLECODE"})
    assert "Cơ quan đề nghị công bố câu trả lời" in client.get(f"/theo-doi/{ticket.code}").text
    page = client.get(f"/theo-doi/{ticket.code}/cong-bo").text
    assert "Im lặng được hiểu là đồng ý" in page
    assert "0905 123 456" not in page
    assert "Xin chọn" in client.post(f"/theo-doi/{ticket.code}/cong-bo", data={}).text
    client.post(f"/theo-doi/{ticket.code}/cong-bo", data={"says": "no", "reason": "Dễ nhận ra."})
    session.rollback()
    session.expire_all()
    assert session.scalars(select(LibraryAnswer.status).where(LibraryAnswer.code == code)).one() == "objected"


def test_everybody_finds_a_published_answer_and_its_page_stays(published, client):
    assert "Cấp giấy phép xây dựng" in client.get("/hoi-dap/?q=giay phep xay dung").text
    page = client.get(f"/hoi-dap/{published}")
    assert page.status_code == 200
    assert "30/2020/NĐ-CP" in page.text
    assert "Nguyễn Văn An" not in page.text
    assert f"/hoi-dap/{published}" in client.get("/du-lieu-mo/ban-tin.atom").text
    assert "Chưa có câu trả lời nào khớp" in client.get("/hoi-dap/?q=tàu ngầm").text
    for odd in ("sau=x", "sau=2026-01-01_99999999999999999999", "linh_vuc=khong", "q=%00"):
        assert client.get(f"/hoi-dap/?{odd}").status_code == 200


def test_a_proposal_is_no_public_page(answered, propose, client):
    assert client.get(f"/hoi-dap/{propose(answered())}").status_code == 404


def test_a_withdrawn_answer_says_that_it_is_gone(published, client, desk):
    head = desk("agency_head")
    assert "Xin nêu lý do" in head.post(f"/cong-bo/phieu/{published}/go", data={"note": ""}).text
    head.post(f"/cong-bo/phieu/{published}/go", data={"note": "Sai căn cứ."})
    gone = client.get(f"/hoi-dap/{published}")
    assert gone.status_code == 410
    assert "Cơ quan đã gỡ" in gone.text
    assert "Sai căn cứ" not in gone.text


def test_the_focal_point_marks_a_document_and_sees_whom_to_ask(published, client, desk, session):
    focal = desk("focal_point", "so-tc")
    id_ = session.scalars(select(CitedDocument.id)).one()
    assert "30/2020/NĐ-CP" in focal.get("/cong-bo/van-ban").text
    page = focal.post(
        f"/cong-bo/van-ban/{id_}", data={"replaced_by": "1/2027/NĐ-CP"}, follow_redirects=True
    ).text
    assert "Câu trả lời cần làm lại" in page
    assert "30/2020/NĐ-CP → 1/2027/NĐ-CP" in client.get(f"/hoi-dap/{published}").text
    assert desk("officer").post(f"/cong-bo/van-ban/{id_}", data={}).status_code == 403


def test_who_files_is_shown_what_was_answered_before(published, client):
    client.post("/gui-phieu/loai", data={"kind": "obstacle"})
    story = {
        "title": "Giấy phép xây dựng nhà xưởng chậm",
        "body": "Nộp hồ sơ xin cấp giấy phép xây dựng nhà xưởng.",
    }
    page = client.post("/gui-phieu/noi-dung", data=story, follow_redirects=True).text
    assert re.search(
        r"Câu trả lời đã công bố cho trường hợp tương tự.*/hoi-dap/" + published, page, re.DOTALL
    )


def test_the_head_waits_while_the_enterprise_may_object(answered, propose, desk):
    code = propose(answered())
    with time_machine.travel(LATER, tick=False):
        page = desk("agency_head").get(f"/cong-bo/phieu/{code}").text
    assert "doanh nghiệp còn thời gian phản đối" in page
    assert "Duyệt, công bố" not in page

"""The action programme on the pages: what an agency owes, its report with evidence, the board, the yearly report."""

import io
import re
import zipfile
from datetime import UTC, date, datetime

import pytest
import time_machine
from docx import Document
from sqlalchemy import select

from feedback_app.core.db import unit_of_work
from feedback_app.programme.models import ProgrammeFile, ProgrammeReport
from feedback_app.programme.services import owing
from tests.factories import a_person, a_ticket, sign_in

pytestmark = pytest.mark.parametrize("shared_app", ["sqlite"], indirect=True, scope="session")
OWN, BOARD = "/chuong-trinh-hanh-dong", "/lanh-dao/chuong-trinh-hanh-dong"
TODAY = datetime(2026, 11, 24, 2, tzinfo=UTC)
SAID = {
    "state": "behind",
    "text": "=2+3 đã giải ngân 60%",
    "hindrance": "Thiếu mặt bằng",
    "seen_version": "1",
}


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(TODAY):
        yield


@pytest.fixture
def report(session, loaded):
    """The report of the department of finance on task 29 for October, two weeks late."""
    with unit_of_work() as writing:
        owing.open_due(writing, loaded, date(2026, 11, 24))
    query = select(ProgrammeReport).where(ProgrammeReport.task == 29, ProgrammeReport.period == "2026-10")
    return session.scalars(query.where(ProgrammeReport.agency_id == loaded.agency_ids["so-tc"])).one()


@pytest.fixture
def finance(app, session):
    return sign_in(app.test_client(), a_person(session, "officer", "so-tc"))


@pytest.fixture
def leader(app, session):
    return sign_in(app.test_client(), a_person(session, "leadership", None))


def words(response):
    assert response.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", response.get_data(as_text=True)).split())


def test_an_agency_finds_what_it_owes_and_what_its_predecessor_was_given(finance, report):
    text = words(finance.get(f"{OWN}/"))
    assert "29. Phân bổ, giải ngân vốn đầu tư công" in text
    assert "tháng 10/2026" in text
    assert "trễ 9 ngày làm việc" in text
    assert "1. Công khai và rút ngắn thủ tục đăng ký kinh doanh" in text, "given to so-khdt in 2024"


def test_a_report_with_evidence_is_handed_in_and_read_by_the_leadership(finance, leader, session, report):
    evidence = (io.BytesIO(b"so;tien\n1;2\n"), "giai ngan.csv")
    sent = finance.post(
        f"{OWN}/bao-cao/{report.id}", data=SAID | {"evidence": evidence}, content_type="multipart/form-data"
    )
    assert sent.status_code == 302, words(sent)
    assert "chậm tiến độ" in words(finance.get(f"{OWN}/"))
    seen = words(leader.get(f"{BOARD}/nhiem-vu/29"))
    assert "đã giải ngân 60%" in seen
    assert "Thiếu mặt bằng" in seen
    assert "sau hạn 10/11/2026" in seen
    session.rollback()
    file = session.scalars(select(ProgrammeFile)).one()
    with leader.get(f"{BOARD}/tep/{file.public_id}") as got:
        assert (got.status_code, got.data) == (200, b"so;tien\n1;2\n")
        assert "attachment" in got.headers["Content-Disposition"]


def test_late_without_a_reason_stays_on_the_page_with_what_was_typed(finance, report):
    sent = finance.post(f"{OWN}/bao-cao/{report.id}", data=SAID | {"hindrance": ""})
    text = words(sent)
    assert "Xin nêu vì sao chậm" in text
    assert "đã giải ngân 60%" in text


def test_a_file_that_is_not_taken_in_says_why_and_nothing_is_handed_in(finance, session, report):
    program = (io.BytesIO(b"MZ\x90\x00"), "tro-giup.exe")
    sent = finance.post(
        f"{OWN}/bao-cao/{report.id}", data=SAID | {"evidence": program}, content_type="multipart/form-data"
    )
    assert 'class="field-error" id="evidence-error"' in sent.get_data(as_text=True)
    session.rollback()
    assert session.get_one(ProgrammeReport, report.id).reported_at is None


def test_another_agency_s_report_and_evidence_do_not_exist(app, session, report):
    stranger = sign_in(app.test_client(), a_person(session, "officer", "so-xd"))
    assert stranger.get(f"{OWN}/bao-cao/{report.id}").status_code == 404
    assert stranger.get(f"{OWN}/tep/KHONG-CO").status_code == 404


def test_the_board_counts_late_reports_and_leads_to_the_task(leader, finance, report):
    finance.post(f"{OWN}/bao-cao/{report.id}", data=SAID)
    text = words(leader.get(BOARD))
    assert "70 nhiệm vụ theo Quyết định số 1814/QĐ-UBND" in text
    only = words(leader.get(f"{BOARD}?tinh_trang=behind"))
    assert "29. Phân bổ" in only
    assert "33. Giảm thời gian thông quan" not in only
    assert "III" not in only
    assert "Không có nhiệm vụ nào như vậy" in words(leader.get(f"{BOARD}?chi_so=1&tinh_trang=behind"))
    assert leader.get(f"{BOARD}?chi_so=%C2%B9&tinh_trang=%00").status_code == 200


def test_a_leader_sees_how_many_obstacles_stand_behind_a_task_and_an_officer_opens_them(
    app, session, loaded, leader
):
    ticket = a_ticket(session, loaded, to="so-xd", field="construction")
    task = next(f.task for f in loaded.catalogue.fields.fields if f.code == "construction")
    assert "1 phiếu, tính theo lĩnh vực" in words(leader.get(f"{BOARD}/nhiem-vu/{task}"))
    officer = sign_in(app.test_client(), a_person(session, "officer", "so-xd"))
    assert f"/phieu/{ticket.code}" in officer.get(f"{OWN}/nhiem-vu/{task}").get_data(as_text=True)


def test_the_focal_point_links_a_ticket_by_hand_and_takes_it_back(app, session, loaded):
    code = a_ticket(session, loaded, to="so-xd", field="tourism").code
    focal = sign_in(app.test_client(), a_person(session, "focal_point", "so-tc"))
    page = f"{OWN}/nhiem-vu/30"
    assert focal.post(f"{page}/phieu", data={"code": code.lower()}).status_code == 302
    assert "gắn thêm" in words(focal.get(page))
    assert focal.post(f"{page}/phieu/{code}/go").status_code == 302
    assert code not in words(focal.get(page))
    assert "Không có phiếu này" in words(focal.post(f"{page}/phieu", data={"code": "KH-2026-999999"}))


def test_the_yearly_report_says_the_same_on_the_page_in_word_and_in_excel(leader, finance, report):
    finance.post(f"{OWN}/bao-cao/{report.id}", data=SAID)
    address = f"{BOARD}/bao-cao/2026"
    text = words(leader.get(address))
    sentence = re.search(r"Số báo cáo phải nộp trong năm: .*? chưa nộp\.", text)[0]
    assert "đã nộp 1, trong đó 1 nộp sau hạn" in sentence
    document = Document(io.BytesIO(leader.get(f"{address}.docx").data))
    assert sentence in [paragraph.text for paragraph in document.paragraphs]
    table = document.tables[1]
    assert len(table.rows) == 71
    assert "=2+3 đã giải ngân 60%" in table.rows[29].cells[5].text
    book = zipfile.ZipFile(io.BytesIO(leader.get(f"{address}.xlsx").data))
    sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert sentence in sheet
    assert "<f>" not in sheet, "what looks like a formula is text"


def test_a_year_without_a_programme_has_no_report_and_an_empty_one_says_so(leader):
    assert leader.get(f"{BOARD}/bao-cao/2023").status_code == 404
    assert leader.get(f"{BOARD}/bao-cao/2027").status_code == 404
    assert "chưa có báo cáo nào phải nộp" in words(leader.get(f"{BOARD}/bao-cao/2025"))

"""Meetings on the pages: the form that loses nothing, tables in Excel and Word, who opens what."""

import io
from datetime import UTC, date, datetime

import pytest
import time_machine
from docx import Document
from sqlalchemy import func, select

from feedback_app.core.db import unit_of_work
from feedback_app.dialogues.models import MeetingConclusion, MeetingProposal
from feedback_app.intake.sheets import xlsx
from feedback_app.tickets.models import Ticket
from tests.factories import a_person, a_ticket, an_enterprise, sign_in
from tests.factories.dialogues import a_meeting, a_proposal, an_item

pytestmark = pytest.mark.parametrize("shared_app", ["sqlite"], indirect=True, scope="session")
INSIDE, PUBLIC = "/hoi-nghi-doi-thoai", "/doi-thoai"
HEADINGS = ("Mã nguồn", "Ngày tiếp nhận", "Vụ việc", "Nội dung", "Bên gửi")
GOOD = ("01", "20/11/2026", "Hoàn thuế chậm", "Chưa hoàn thuế.", "Hiệp hội Mẫu")


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(datetime(2026, 11, 24, 2, tzinfo=UTC)):
        yield


@pytest.fixture
def focal(session):
    return a_person(session, "focal_point", "so-tc")


@pytest.fixture
def office(app, focal):
    return sign_in(app.test_client(), focal)


@pytest.fixture
def meeting(loaded, focal):
    return a_meeting(loaded, focal)


def word(rows):
    document, written = Document(), io.BytesIO()
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    document.save(written)
    return written.getvalue()


def excel(rows, folder):
    xlsx.write(folder / "a.xlsx", [("Phiếu", rows)])
    return (folder / "a.xlsx").read_bytes()


def send_table(office, meeting, content, name):
    sent = {"table": (io.BytesIO(content), name)}
    return office.post(f"{INSIDE}/{meeting.code}/nhap", data=sent, content_type="multipart/form-data")


def number(session, what):
    session.rollback()
    return session.scalar(select(func.count()).select_from(what))


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_a_table_is_shown_first_and_then_taken_over_whole(office, session, meeting, tmp_path, kind):
    content = word([HEADINGS, GOOD]) if kind == "docx" else excel([HEADINGS, GOOD], tmp_path)
    looked = send_table(office, meeting, content, f"kien-nghi.{kind}")
    assert looked.status_code == 302, looked.text
    assert number(session, Ticket) == 0
    assert "Hoàn thuế chậm" in office.get(looked.location).text
    assert office.post(looked.location).status_code == 302
    assert number(session, MeetingProposal) == 1
    again = send_table(office, meeting, content, "doi-ten." + kind)
    assert "đã có, tệp này được nhập ngày 24/11/2026" in again.text


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_bad_cells_are_named_and_nothing_is_half_imported(office, session, meeting, tmp_path, kind):
    bad = ("02", "31/02/2026", "", "Nội dung.", "Công ty")
    rows = [HEADINGS, GOOD, bad]
    content = word(rows) if kind == "docx" else excel(rows, tmp_path)
    page = send_table(office, meeting, content, f"kien-nghi.{kind}").text
    assert "có 2 chỗ cần sửa" in page
    assert ">B3</td>" in page
    assert ">C3</td>" in page
    assert number(session, Ticket) == number(session, MeetingProposal) == 0


def test_a_letter_without_a_table_is_refused_with_the_reason(office, meeting):
    written = io.BytesIO()
    Document().save(written)
    assert "tệp Word không có bảng nào" in send_table(office, meeting, written.getvalue(), "a.docx").text


def test_the_word_template_can_be_filled_in_and_sent(office, meeting):
    template = Document(io.BytesIO(office.get(f"{INSIDE}/mau-kien-nghi.docx").data))
    row = template.tables[0].rows[1].cells
    for cell, text in zip(row, (*GOOD, "4200000001", ""), strict=True):
        cell.text = text
    written = io.BytesIO()
    template.save(written)
    assert send_table(office, meeting, written.getvalue(), "a.docx").status_code == 302


def test_what_was_typed_stays_when_the_form_is_sent_back(client, meeting):
    told = {
        "title": "Kiến nghị về đất",
        "body": "Nội dung dài.",
        "name": "",
        "email": "sai",
        "filer_type": "enterprise",
    }
    page = client.post(f"{PUBLIC}/{meeting.code}/gui-kien-nghi", data=told | {"field": ""}).text
    assert "Xin nhập tên người gửi." in page
    assert "Kiến nghị về đất" in page
    assert "Nội dung dài." in page
    assert 'value="sai"' in page


def test_an_enterprise_raises_its_own_ticket_and_nobody_else_s(app, session, loaded, meeting):
    enterprise = an_enterprise(session)
    own = a_ticket(session, loaded, enterprise_id=enterprise.enterprise_id)
    strange = a_ticket(session, loaded)
    browser = sign_in(app.test_client(), enterprise)
    address = f"{PUBLIC}/{meeting.code}"
    assert own.code in browser.get(address).text
    browser.post(f"{address}/phieu-da-gui", data={"ticket": strange.code})
    assert number(session, MeetingProposal) == 0
    browser.post(f"{address}/phieu-da-gui", data={"ticket": own.code})
    assert number(session, MeetingProposal) == 1
    assert "Kiến nghị của doanh nghiệp tại hội nghị này" in browser.get(address).text


def test_the_signed_paper_is_for_everybody_only_where_it_says_so(app, session, loaded, focal, office):
    meeting = a_meeting(loaded, focal, state="concluded")
    an_item(session, loaded, meeting, focal, due_on=date(2026, 12, 31))
    with unit_of_work() as writing:
        paper = writing.get_one(MeetingConclusion, meeting.id)
        paper.public_id, paper.name, paper.storage_key = "VAN-BAN", "a.pdf", "0" * 32
    guest = app.test_client()
    assert guest.get(f"{PUBLIC}/van-ban/VAN-BAN").status_code == 404
    assert "Tải văn bản" not in guest.get(f"{PUBLIC}/{meeting.code}").text
    assert "Tải văn bản" in office.get(f"{INSIDE}/{meeting.code}").text


PREPARING = ("sua", "hoan", "huy", "nhap")


@pytest.mark.parametrize("function, agency", [("officer", "so-xd"), ("clerk", "so-xd"), ("leadership", None)])
def test_whoever_does_not_organise_reads_the_meeting_and_changes_nothing(
    app, session, loaded, meeting, function, agency
):
    browser = sign_in(app.test_client(), a_person(session, function, agency))
    row = a_proposal(meeting, a_ticket(session, loaded))
    address = f"{INSIDE}/{meeting.code}"
    assert browser.get(address).status_code == 200
    assert browser.get(f"{address}/chuong-trinh").status_code == 200
    for page in (*PREPARING, f"kien-nghi/{row.id}"):
        assert browser.get(f"{address}/{page}").status_code == 403, page
    for act in ("cong-bo", "moi", "da-to-chuc"):
        assert browser.post(f"{address}/{act}").status_code == 403, act


def test_a_meeting_that_is_only_planned_does_not_exist_for_guests(client, loaded, focal, office):
    planned = a_meeting(loaded, focal, state="planned")
    assert client.get(f"{PUBLIC}/{planned.code}").status_code == 404
    assert planned.code not in client.get(f"{PUBLIC}/").text
    assert planned.code in office.get(f"{INSIDE}/").text


def test_long_lists_go_on_where_the_page_ended(client, office, loaded, focal):
    for _ in range(21):
        meeting = a_meeting(loaded, focal, state="concluded")
    for address in (f"{PUBLIC}/", f"{INSIDE}/"):
        first = (office if address.startswith(INSIDE) else client).get(address).text
        assert meeting.code in first
        assert "truoc=" in first
    assert client.get(f"{PUBLIC}/?truoc=20260101-x").status_code == 200

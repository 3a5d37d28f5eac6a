"""Importing on the pages: template, faults by cell, preview, take over; hostile files."""

import io
import re
import zipfile

import pytest
from sqlalchemy import select

from feedback_app.accounts.actor import Function
from feedback_app.intake.importing.columns import COLUMNS
from feedback_app.intake.sheets import xlsx
from feedback_app.tickets.models import Ticket
from tests.factories import a_person, sign_in

HEADINGS = [column.heading for column in COLUMNS]
ROW = ["PA-1", "20/11/2026", "Giấy phép xây dựng chậm", "Chưa có kết quả giấy phép xây dựng.", "Công ty B"]


@pytest.fixture
def focal(client, session):
    return sign_in(client, a_person(session, Function.FOCAL_POINT, "so-tc"))


@pytest.fixture
def book(tmp_path):
    def make(*rows):
        path = tmp_path / "phieu.xlsx"
        xlsx.write(path, [("Phiếu", [HEADINGS, *rows])])
        return path.read_bytes()

    return make


def send(focal, content, name="phieu.xlsx", **other):
    data = {"channel": "pakn", "table": (io.BytesIO(content), name)} | other
    return focal.post("/dau-moi/nhap", data=data)


def filed(session):
    session.rollback()
    return session.scalars(select(Ticket)).all()


def test_a_good_table_is_shown_before_anything_is_filed_then_filed_whole(focal, session, book):
    shown = send(focal, book(ROW, ["PA-2", *ROW[1:]]))
    address = shown.headers["Location"]
    html = focal.get(address).text
    assert "2 phiếu mới" in html
    assert filed(session) == []
    done = focal.post(address, follow_redirects=True).text
    assert "Đã nhập 2 phiếu" in done
    assert {ticket.code for ticket in filed(session)} == set(re.findall(r"KH-\d{4}-\d{6}", done))


def test_a_fault_is_told_by_its_cell_and_nothing_waits_to_be_filed(focal, session, book):
    html = send(focal, book(ROW, ["PA-2", "mai", *ROW[2:]])).text
    assert "B3" in html
    assert "24/11/2026" in html
    assert "Chưa nhập dòng nào" in html
    assert focal.get("/dau-moi/nhap/1").status_code == 404


def test_the_same_file_is_known_again_under_another_name(focal, session, book):
    content = book(ROW)
    focal.post(send(focal, content).headers["Location"])
    assert "đã có, tệp này được nhập ngày" in send(focal, content, "khac.xlsx").text
    assert len(filed(session)) == 1


def test_pressing_twice_files_once(focal, session, book):
    address = send(focal, book(ROW)).headers["Location"]
    assert focal.post(address).status_code == 302
    assert focal.post(address).status_code == 409
    assert len(filed(session)) == 1


def test_csv_of_a_vietnamese_office_is_read(focal, session):
    lines = [";".join(HEADINGS[:5]), ";".join(ROW)]
    shown = send(focal, ("\ufeff" + "\r\n".join(lines)).encode(), "phieu.csv")
    assert "PA-1" in focal.get(shown.headers["Location"]).text


@pytest.mark.parametrize("name", ["mau.xlsx", "mau.csv"])
def test_the_empty_template_comes_back_as_one_without_rows(focal, name):
    template = focal.get(f"/dau-moi/nhap/{name}")
    assert "ít nhất một dòng dữ liệu" in send(focal, template.data, name).text


def packed(**parts):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return content.getvalue()


@pytest.mark.parametrize(
    "content, name",
    [
        (b"", "rong.xlsx"),
        (b"MZ\x90\x00", "phieu.xlsx"),
        (b"PK\x03\x04 cut off", "phieu.xlsx"),
        (packed(**{"a.txt": b"x"}), "phieu.xlsx"),
        (
            packed(**{"[Content_Types].xml": b"spreadsheetml.sheet.main+xml", "b.bin": b"\0" * 40_000_000}),
            "bom.xlsx",
        ),
        ("Mã;Tên".encode("utf-16"), "phieu.csv"),
        (b"khong phai bang", "thu.txt"),
    ],
)
def test_what_is_no_table_is_refused_with_the_reason(focal, session, content, name):
    answer = send(focal, content, name)
    assert answer.status_code == 200
    assert "Không nhận tệp" in answer.text
    assert filed(session) == []


def test_without_a_file_or_a_channel_the_form_says_so(focal, book):
    assert "chưa chọn tệp" in focal.post("/dau-moi/nhap", data={"channel": "pakn"}).text
    assert send(focal, book(ROW), channel="chim bồ câu").status_code == 200


def test_another_persons_table_is_not_there(focal, client, session, book):
    address = send(focal, book(ROW)).headers["Location"]
    other = sign_in(client, a_person(session, Function.FOCAL_POINT, "so-tc"))
    assert other.get(address).status_code == 404
    assert other.post(address).status_code == 404

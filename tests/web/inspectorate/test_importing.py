"""Importing plans on the pages: template, faults by cell, preview with what would collide, take over."""

import io

import pytest
from sqlalchemy import select

from feedback_app.inspections.importing.columns import COLUMNS
from feedback_app.inspections.models import InspectionVisit
from feedback_app.intake.sheets import xlsx
from tests.factories import a_person, a_visit, actor_of, sign_in

pytestmark = pytest.mark.parametrize("shared_app", ["sqlite"], indirect=True, scope="session")
HEADINGS = [column.heading for column in COLUMNS]
ROW = [
    "1",
    "4200000001",
    "Công ty A",
    "2026",
    "kiểm tra",
    "Sở Xây dựng",
    "",
    "Xây dựng, quy hoạch",
    "",
    "theo kế hoạch",
]
ADDRESS = "/thanh-tra/lich/nhap"


@pytest.fixture
def keeper(session):
    return a_person(session, "inspector", "thanh-tra")


@pytest.fixture
def inspector(client, keeper):
    return sign_in(client, keeper)


@pytest.fixture
def book(tmp_path):
    def make(*rows):
        path = tmp_path / "kh.xlsx"
        xlsx.write(path, [("Lịch", [HEADINGS, *rows])])
        return path.read_bytes()

    return make


def send(inspector, content, name="kh.xlsx"):
    return inspector.post(ADDRESS, data={"table": (io.BytesIO(content), name)})


def written(session):
    session.rollback()
    return session.scalars(select(InspectionVisit).order_by(InspectionVisit.id)).all()


def test_a_good_table_is_shown_before_anything_is_written_then_written_whole(inspector, session, book):
    content = book(ROW, ["2", *ROW[1:]])
    address = send(inspector, content).headers["Location"]
    shown = inspector.get(address).text
    assert "2 cuộc mới; 0 cuộc thay đổi" in shown
    assert "Sau khi nhập sẽ cần phối hợp" in shown
    assert "chữ số thứ mười không khớp" in shown
    assert written(session) == []
    done = inspector.post(address, follow_redirects=True).text
    assert "Đã nhập: 2 cuộc mới" in done
    assert [visit.code for visit in written(session)] == ["1", "2"]
    assert inspector.post(address).status_code == 409
    assert "đã có, tệp này được nhập ngày" in send(inspector, content, "khac.xlsx").text


def test_a_fault_is_told_by_its_cell_and_nothing_waits(inspector, session, book):
    html = send(inspector, book(ROW, ["2", "42", *ROW[2:]])).text
    assert "B3" in html
    assert "Chưa nhập dòng nào: có 1 chỗ cần sửa" in html
    assert inspector.get(f"{ADDRESS}/1").status_code == 404


def test_what_changes_is_named_by_its_columns(inspector, session, loaded, keeper, book):
    a_visit(loaded, actor_of(session, keeper), code="1", enterprise="Công ty A cũ")
    shown = inspector.get(send(inspector, book([*ROW, "không tiến hành"])).headers["Location"]).text
    assert "0 cuộc mới; 1 cuộc thay đổi" in shown
    assert "Tên doanh nghiệp, Trạng thái" in shown
    assert "với tên “Công ty A cũ”" in shown


def test_a_plan_as_csv_in_an_english_page_is_read_the_same(inspector, session):
    inspector.get("/ngon-ngu/en")
    content = "\ufeff" + ";".join(HEADINGS[:10]) + "\r\n" + ";".join(f'"{cell}"' for cell in ROW) + "\r\n"
    address = send(inspector, content.encode(), "kh.csv").headers["Location"]
    assert inspector.post(address).status_code == 302
    assert len(written(session)) == 1


@pytest.mark.parametrize(
    "content,name", [(b"", "kh.xlsx"), (b"PK\x03\x04 broken", "kh.xlsx"), (b"MZ\x90", "kh.exe")]
)
def test_what_is_no_table_is_refused_with_the_reason(inspector, content, name):
    assert "Không nhận tệp" in send(inspector, content, name).text
    assert "chưa chọn tệp" in inspector.post(ADDRESS).text


def test_a_table_of_too_many_rows_is_refused(inspector, book):
    rows = [[str(n), *ROW[1:]] for n in range(2001)]
    assert "hơn 2000 dòng" in send(inspector, book(*rows)).text


def test_the_template_comes_back_as_it_was_given(inspector, session, tmp_path):
    path = tmp_path / "mau.xlsx"
    path.write_bytes(inspector.get(f"{ADDRESS}/mau.xlsx").data)
    (heading,) = xlsx.read(path)
    assert list(heading.cells) == HEADINGS
    csv = inspector.get(f"{ADDRESS}/mau.csv").data.decode("utf-8-sig")
    assert csv.strip().split(",") == HEADINGS


def test_another_inspector_does_not_find_the_batch(app, session, inspector, book):
    address = send(inspector, book(ROW)).headers["Location"]
    other = sign_in(app.test_client(), a_person(session, "inspector", "thanh-tra"))
    assert other.get(address).status_code == 404
    assert other.post(address).status_code == 404

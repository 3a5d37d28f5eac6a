"""The calendar on the pages: who finds what, what collides, the form, the way from a ticket and back."""

import re

import pytest
from sqlalchemy import select

from feedback_app.inspections.models import InspectionVisit
from feedback_app.tickets.services.opening import FiledBy
from tests.factories import a_person, a_ticket, a_visit, actor_of, sign_in

pytestmark = pytest.mark.parametrize("shared_app", ["sqlite"], indirect=True, scope="session")
CALENDAR = "/thanh-tra/lich/"
ENTRY = {
    "tax_code": "4200 000 001",
    "enterprise": "Công ty TNHH Mẫu A",
    "year": "2026",
    "form": "check",
    "agency": "so-xd",
    "code": "KH-1",
    "contents": ["construction", "land"],
    "planned": "planned",
    "state": "planned",
}


@pytest.fixture
def keeper(session):
    return a_person(session, "inspector", "thanh-tra")


@pytest.fixture
def inspector(app, keeper):
    return sign_in(app.test_client(), keeper)


@pytest.fixture
def office(app, session):
    return sign_in(app.test_client(), a_person(session, "provincial_office", "vp-ubnd"))


@pytest.fixture
def visit(session, loaded, keeper):
    by = actor_of(session, keeper)
    return lambda **said: a_visit(loaded, by, **said)


def words(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.get_data(as_text=True)).split())


def test_the_year_counts_inspections_and_checks_apart(inspector, visit):
    visit(form="inspection", agency="thue", contents=("tax",))
    visit()
    visit(state="done", tax_code="4200000002")
    text = words(inspector.get(CALENDAR + "?nam=2026"))
    assert "1 cuộc thanh tra còn trong kế hoạch, 0 đã tiến hành" in text
    assert "1 cuộc kiểm tra còn trong kế hoạch, 1 đã tiến hành" in text


def test_nonsense_in_the_address_shows_this_year(inspector, visit):
    visit()
    for query in (
        "nam=%C2%B9",
        "nam=99999",
        "after=x",
        "after=99999999999999999999",
        "co_quan=khong",
        "form=0&q=%00",
    ):
        assert inspector.get(f"{CALENDAR}?{query}").status_code == 200


def test_what_collides_says_why_by_which_rule_and_whom_to_bring_together(inspector, visit):
    visit(agency="cong-an", contents=("fire_safety",), code="CA-1")
    visit(agency="so-xd", contents=("fire_safety", "construction"), code="XD-1")
    visit(tax_code="4200000002", enterprise="Công ty Một Cuộc")
    text = words(inspector.get(CALENDAR + "can-phoi-hop?nam=2026"))
    assert "2 cuộc kiểm tra trong năm 2026; quy tắc của năm: không quá 1." in text
    assert "chưa đối chiếu văn bản" in text
    assert "Nghị quyết số 198/2025/QH15" in text
    assert "Các cơ quan khác nhau cùng có cuộc về: Phòng cháy, chữa cháy." in text
    assert "Mời cùng trao đổi: Công an tỉnh Khánh Hòa; Sở Xây dựng" in text
    assert "Công ty Một Cuộc" not in text
    assert "cần phối hợp" in words(inspector.get(CALENDAR + "?nam=2026"))
    assert "1 doanh nghiệp" in words(inspector.get(CALENDAR + "can-phoi-hop?nam=2026&co_quan=cong-an"))
    assert "Không có gì phải phối hợp" in words(
        inspector.get(CALENDAR + "can-phoi-hop?nam=2026&co_quan=thue")
    )


def test_an_agency_that_is_gone_is_invited_by_its_heir(inspector, visit):
    visit(agency="so-tnmt", year=2024, contents=("environment",), code="1")
    visit(agency="cong-an", year=2024, contents=("environment",), code="2")
    text = words(inspector.get(CALENDAR + "can-phoi-hop?nam=2024"))
    assert (
        "Sở Nông nghiệp và Môi trường" in text.split("Mời cùng trao đổi:")[1].split("Các cuộc liên quan")[0]
    )


def test_a_year_without_a_rule_says_so(inspector, visit):
    visit(year=2023)
    assert "không có quy tắc về số cuộc" in words(inspector.get(CALENDAR + "?nam=2023"))


def test_an_exception_that_the_year_does_not_know_is_told_as_such(inspector, visit):
    given = {"exception": "clear_signs", "grounds": "Biên bản số 5"}
    visit(year=2024, code="A", **given)
    visit(year=2026, code="B", **given)
    text = words(inspector.get(CALENDAR + "doanh-nghiep/4200000001"))
    assert "(quy tắc của năm 2024 không có ngoại lệ này)" in text
    assert text.count("không có ngoại lệ này") == 1
    assert text.count("Căn cứ: Biên bản số 5") == 2


def test_the_offices_read_what_is_announced_and_write_nothing(office, visit):
    shown = visit(enterprise="Công ty Báo Trước")
    visit(tax_code="4200000002", enterprise="Công ty Đột Xuất", planned=False)
    text = office.get(CALENDAR + "?nam=2026").text
    assert "Công ty Báo Trước" in text
    assert "Công ty Đột Xuất" not in text
    assert "Công ty Đột Xuất" not in office.get(CALENDAR + "doanh-nghiep/4200000002").text
    assert "Nhập tệp" not in text
    assert f"/cuoc/{shown.id}" not in office.get(CALENDAR + "doanh-nghiep/4200000001").text
    assert office.get(f"{CALENDAR}cuoc/{shown.id}").status_code == 403


def test_a_visit_is_written_down_in_the_form_then_changed(inspector, session):
    done = inspector.post(CALENDAR + "ghi", data=ENTRY)
    assert done.headers["Location"].endswith("/doanh-nghiep/4200000001")
    row = session.scalars(select(InspectionVisit)).one()
    assert (row.tax_code, sorted(row.contents)) == ("4200000001", ["construction", "land"])
    address = f"{CALENDAR}cuoc/{row.id}"
    seen = re.search(r'name="seen_version"[^>]*value="(\d+)"', inspector.get(address).text).group(1)
    changed = ENTRY | {"state": "done", "starts_on": "2026-03-05", "seen_version": seen}
    assert inspector.post(address, data=changed).status_code == 302
    late = inspector.post(address, data=changed)
    assert "Người khác vừa sửa cuộc này" in late.text
    assert "đã tiến hành" in words(inspector.get(CALENDAR + "doanh-nghiep/4200000001"))


@pytest.mark.parametrize(
    "wrong,says",
    [
        ({"tax_code": "42"}, "10 chữ số"),
        ({"year": "1999"}, "Xin nhập năm từ 2015"),
        ({"agency": ""}, "Xin chọn một mục"),
        ({"agency": "so-khdt"}, "Xin chọn một mục trong danh sách"),
        ({"contents": []}, "Xin chọn ít nhất một nội dung"),
        ({"contents": ["other"]}, "nội dung cụ thể"),
        ({"form": ""}, "Xin chọn một mục"),
        ({"state": "done"}, "ngày bắt đầu"),
        ({"starts_on": "hôm qua"}, "Xin nhập ngày"),
        ({"exception": "clear_signs"}, "căn cứ của ngoại lệ"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_written(inspector, session, wrong, says):
    shown = inspector.post(CALENDAR + "ghi", data=ENTRY | wrong)
    assert shown.status_code == 200
    assert says in words(shown)
    assert "Công ty TNHH Mẫu A" in shown.text
    assert session.scalar(select(InspectionVisit.id)) is None


def report(session, loaded, **more):
    by = FiledBy(filer_type="enterprise", name="Công ty TNHH Mẫu A", identifier="4200000001")
    return a_ticket(
        session, loaded, to="thanh-tra", kind="overlapping_inspection", field="inspection", by=by, **more
    )


def test_the_ticket_leads_to_the_enterprise_s_calendar_and_back(inspector, session, loaded, visit):
    visit()
    ticket = report(session, loaded)
    href = "/thanh-tra/lich/doanh-nghiep/4200000001"
    assert f'href="{href}"' in inspector.get(f"/can-bo/phieu/{ticket.code}").text
    assert f"/can-bo/phieu/{ticket.code}" in inspector.get(href).text


def test_whoever_must_not_know_the_enterprise_or_the_calendar_gets_no_link(app, inspector, session, loaded):
    hidden = report(session, loaded, hide_identity=True)
    assert CALENDAR not in main(inspector.get(f"/can-bo/phieu/{hidden.code}"))
    assert hidden.code not in inspector.get(CALENDAR + "doanh-nghiep/4200000001").text
    open_one = report(session, loaded)
    colleague = sign_in(app.test_client(), a_person(session, "officer", "thanh-tra"))
    assert CALENDAR not in colleague.get(f"/can-bo/phieu/{open_one.code}").text


def main(response):
    return response.text.split("<main", 1)[1]


def test_the_agency_s_own_people_find_no_calendar(app, session, visit):
    visit(planned=False)
    officer = sign_in(app.test_client(), a_person(session, "officer", "so-xd"))
    for page in ("", "can-phoi-hop", "doanh-nghiep/4200000001", "nhap", "ghi"):
        assert officer.get(CALENDAR + page).status_code == 403
    assert "Lịch thanh tra" not in officer.get("/can-bo/").text


def test_an_enterprise_without_visits_is_no_error_and_nonsense_is(inspector):
    assert "Chưa có cuộc nào được ghi" in inspector.get(CALENDAR + "doanh-nghiep/4200000009").text
    assert inspector.get(CALENDAR + "doanh-nghiep/abc").status_code == 404


def test_the_desk_says_where_sealed_reports_are_read_and_counts_none(inspector):
    text = inspector.get("/thanh-tra/").text
    assert 'href="/bao-cao-kin/thanh-tra/"' in text
    assert "ứng dụng riêng" in text

"""A notice is typed in, its effect is shown, then it is put in force; what contradicts itself is refused."""

from datetime import datetime

import pytest
import time_machine

from feedback_app.catalogue.load import newest_of
from feedback_app.core.clock import LOCAL
from feedback_app.core.db import db
from tests.factories import a_ticket

PACK, ADDRESS = "calendars/vietnam", "/quan-tri/lich/2026/sua"
TODAY = datetime(2026, 3, 9, 9, tzinfo=LOCAL)
pytestmark = pytest.mark.usefixtures("packs_put_back")


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(TODAY, tick=False):
        yield


def typed(**more):
    seen = newest_of(db.session(), PACK).version
    db.session.rollback()
    day_off = {"number": "99/TB-UBND", "off": "10/03/2026\n11/03/2026", "reason": "Nghỉ phòng chống bão"}
    return day_off | {"switches": "culture_day", "seen": seen} | more


def test_the_preview_says_how_many_deadlines_move_and_stores_nothing(session, loaded, administrator):
    code = a_ticket(session, loaded, at=datetime(2026, 3, 2, 9, tzinfo=LOCAL)).code
    before = newest_of(session, PACK).version
    page = administrator.post(ADDRESS, data=typed()).get_data(as_text=True)
    assert "Dời hạn của 1 phiếu đang mở, 0 phiếu thành quá hạn" in page
    assert code in page
    assert "13/03/2026" in page
    assert newest_of(db.session(), PACK).version == before


def test_the_notice_stands_beside_its_days_once_it_is_in_force(session, administrator):
    form = typed(sure="1", issued_on="2026-03-09", issuer="UBND tỉnh", link="https://vb.example.vn/99")
    page = administrator.post(ADDRESS, data=form, follow_redirects=True).get_data(as_text=True)
    assert "Đã áp dụng lịch mới" in page
    assert "Văn bản số 99/TB-UBND ngày 09/03/2026 của UBND tỉnh" in page
    assert 'href="https://vb.example.vn/99"' in page


def test_the_next_year_becomes_a_published_one(administrator):
    form = typed(sure="1", off="11/02/2027", reason="Tết Nguyên đán")
    assert administrator.post("/quan-tri/lich/2027/sua", data=form).status_code == 302
    page = administrator.get("/quan-tri/lich?nam=2027").get_data(as_text=True)
    assert "chưa có thông báo nghỉ chính thức" not in page


@pytest.mark.parametrize(
    "wrong, why",
    [
        ({"off": "31/02/2026"}, "Không đọc được dòng “31/02/2026”"),
        ({"off": "", "swaps": "22/08/2026"}, "Không đọc được dòng"),
        ({"off": "10/03/2026\n10/03/2026"}, "được nêu hai lần"),
        ({"off": "", "swaps": "20/06/2026 thay 15/06/2026\n27/06/2026 thay 15/06/2026"}, "được nêu hai lần"),
        ({"off": "10/03/2027"}, "không thuộc năm 2026"),
        ({"off": "01/09/2026"}, "đã có trong lịch"),
        ({"reason": ""}, "Vui lòng ghi lý do nghỉ"),
        ({"number": ""}, "Vui lòng ghi số văn bản"),
        ({"off": ""}, "Không có ngày nào thay đổi"),
    ],
)
def test_a_wrong_notice_is_refused_with_the_reason_and_what_was_typed(administrator, wrong, why):
    answer = administrator.post(ADDRESS, data=typed(sure="1", **wrong))
    page = answer.get_data(as_text=True)
    assert (answer.status_code, why in page) == (200, True)
    assert "Nghỉ phòng chống bão" in page or not wrong.get("reason", "-")


def test_a_year_that_nobody_can_publish_yet_does_not_exist(administrator):
    assert administrator.get("/quan-tri/lich/2029/sua").status_code == 404
    assert administrator.get("/quan-tri/lich/2060/sua").status_code == 404


def test_the_second_of_two_administrators_is_told(administrator):
    old = typed(sure="1")
    assert administrator.post(ADDRESS, data=old).status_code == 302
    answer = administrator.post(ADDRESS, data=old | {"off": "12/03/2026"})
    assert (answer.status_code, "Người khác vừa sửa lịch" in answer.get_data(as_text=True)) == (409, True)

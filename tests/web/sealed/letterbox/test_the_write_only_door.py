"""Sở Nội vụ hands in what it collated (task 43): one item or a sheet; nothing comes back out."""

import io
from unittest import mock

import pytest

from feedback_app.confidential import store
from feedback_app.confidential.errors import Wait
from feedback_app.confidential.models import Door
from feedback_app.confidential.services import opening
from feedback_app.confidential.services.filing import door_hash
from feedback_app.core import clock
from feedback_app.intake.sheets import xlsx
from tests.web.sealed.letterbox.reporter import IMPORT, Reporter

HEADING = "Nguồn,Đối tượng,Cơ quan,Lĩnh vực,Bước,Trị giá,Thời gian,Nội dung\n"
NAMED = 'Khảo sát mức độ hài lòng,so-nganh,Sở Xây dựng,"Xây dựng, quy hoạch",,,,Một nơi khác cũng vậy.\n'
GOOD = "survey,so-nganh,so-xd,construction,appraisal,under_5m,this_year,Ba doanh nghiệp nói phải chờ.\n"


@pytest.fixture
def door(world):
    """Return the code that opens the door."""
    with world.app.app_context(), store.unit_of_work() as session:
        session.add(Door(body=world.body, token_hash=door_hash("cua-chi-nhan-vao")))
    return "cua-chi-nhan-vao"


@pytest.fixture
def office(world):
    return Reporter(world.app.test_client())


def rows(world):
    with world.app.app_context():
        unlocked = world.unlock("an")
        queue = opening.queue(store.session(), unlocked, on=clock.today())
        for row in queue:
            with store.unit_of_work() as session:
                opening.open_report(session, unlocked, row.id, on=clock.today())
        return [opening.opened(store.session(), unlocked, row.id) for row in queue]


def hand_in(office, door, sheet="", **fields):
    office.open(IMPORT)
    data = {"door": door, "number": office.hidden("number"), **fields}
    if sheet:
        data["sheet"] = (io.BytesIO(sheet.encode()), "bang.csv")
    office.page = office.client.post(IMPORT, data=data)
    office.page.request.environ["wsgi.input"].close()  # the test client spools what is large
    return data


def test_one_item_arrives_with_its_source_and_without_a_reporter(office, door, world):
    hand_in(
        office, door, channel="survey", unit="so-nganh", agency="so-xd", story="Nhiều nơi nói giống nhau."
    )
    assert office.heading == "Đã niêm phong và chuyển 1 thông tin."
    [report] = rows(world)
    assert report.shared.source == "Khảo sát mức độ hài lòng"
    assert report.shared.story == "Nhiều nơi nói giống nhau."
    assert report.answers.agency == "so-xd"
    assert not report.shared.reporter


def test_the_source_is_written_in_vietnamese_whoever_hands_it_in(office, door, world):
    office.open(IMPORT)
    data = {
        "door": door,
        "channel": "survey",
        "unit": "so-nganh",
        "story": "x",
        "number": office.hidden("number"),
    }
    office.page = office.client.post(f"{IMPORT}?lang=en", data=data)
    [report] = rows(world)
    assert report.shared.source == "Khảo sát mức độ hài lòng"


def test_a_sheet_arrives_whole(office, door, world):
    hand_in(office, door, HEADING + GOOD * 2 + NAMED)
    assert office.heading == "Đã niêm phong và chuyển 3 thông tin."
    assert {report.answers.field for report in rows(world)} == {"construction"}


def test_a_long_sheet_is_read_to_its_end(office, door):
    hand_in(office, door, HEADING + GOOD.replace("phải chờ", "phải chờ " * 100) * 300)
    assert office.heading == "Đã niêm phong và chuyển 300 thông tin."


def test_a_sheet_with_one_wrong_row_is_not_taken_at_all(office, door, world):
    hand_in(office, door, HEADING + GOOD + "survey,nganh-doc,,,,,,x\n")
    assert office.page.status_code == 422
    assert "Dòng 3, cột B" in office.text
    assert rows(world) == []


@pytest.mark.parametrize(
    "sheet,said",
    [
        ("Nguồn;Nội dung\n1;2\n", "Đối tượng"),
        (HEADING, "ít nhất một dòng dữ liệu"),
        (HEADING + GOOD * 301, "có hơn 300 dòng"),
        (HEADING + '"chưa đóng,', "tệp CSV hỏng"),
    ],
    ids=["a column missing", "no row", "too many", "broken"],
)
def test_a_sheet_that_cannot_be_read_says_why(office, door, sheet, said):
    hand_in(office, door, sheet)
    assert office.page.status_code == 422
    assert said in office.text


@pytest.mark.parametrize(
    "content,name,said",
    [
        (b"%PDF-1.7", "bang.pdf", "chỉ nhập được tệp Excel"),
        (b"PK\x03\x04broken", "bang.xlsx", "tệp Excel hỏng"),
        (b"\xff\xfe\x00", "bang.csv", "UTF-8"),
        (b"a" * (4 * 1024 * 1024 + 1), "bang.csv", "lớn hơn 4 MB"),
    ],
    ids=["a PDF", "broken", "not UTF-8", "too large"],
)
def test_a_file_that_is_no_sheet_is_refused(office, door, content, name, said):
    office.open(IMPORT)
    sheet = (io.BytesIO(content), name)
    office.page = office.client.post(IMPORT, data={"door": door, "number": "1-" + name, "sheet": sheet})
    office.page.request.environ["wsgi.input"].close()  # the test client spools what is large
    assert office.page.status_code == 422
    assert said in office.text


def test_an_xlsx_arrives_as_well(office, door, world, tmp_path):
    lines = [HEADING.strip().split(","), GOOD.strip().split(",")]
    xlsx.write(tmp_path / "bang.xlsx", [("Bảng", lines)])
    sheet = (io.BytesIO((tmp_path / "bang.xlsx").read_bytes()), "bang.xlsx")
    office.page = office.client.post(IMPORT, data={"door": door, "number": "xlsx", "sheet": sheet})
    assert office.heading == "Đã niêm phong và chuyển 1 thông tin."


def test_what_is_too_long_is_given_back(office, door):
    hand_in(office, door, channel="other", unit="so-nganh", story="x" * 20_001)
    assert office.page.status_code == 422
    assert office.value("story") == "x" * 20_001


def test_in_a_flood_the_door_keeps_what_was_typed(office, door, world):
    fields = {"channel": "other", "unit": "so-nganh", "story": "giữ lại"}
    with mock.patch.object(world.app.extensions["vault"].gates, "admit", side_effect=Wait(15, "ticket")):
        hand_in(office, door, **fields)
    assert office.page.status_code == 429
    sent = {name: office.hidden(name) for name in ("door", "number", "channel", "unit", "story", "ticket")}
    office.page = office.client.post(IMPORT, data=sent)
    assert office.heading == "Đã niêm phong và chuyển 1 thông tin."


def test_the_door_speaks_english_with_what_was_typed(office):
    office.page = office.client.post(f"{IMPORT}?lang=en", data={"lang": "en", "story": "giữ lại"})
    assert office.value("story") == "giữ lại"
    assert '<html lang="en">' in office.page.text


def test_a_wrong_door_code_takes_nothing_in_and_keeps_what_was_typed(office, door, world):
    hand_in(office, "sai", channel="other", unit="so-nganh", story="còn đây")
    assert office.page.status_code == 403
    assert office.value("story") == "còn đây"
    assert rows(world) == []


def test_the_page_sent_twice_hands_in_once(office, door, world):
    data = hand_in(office, door, channel="other", unit="so-nganh", story="một lần")
    office.page = office.client.post(IMPORT, data=data)
    assert office.heading == "Đã niêm phong và chuyển 1 thông tin."
    assert len(rows(world)) == 1


def test_nothing_that_was_handed_in_is_ever_shown(office, door):
    hand_in(office, door, channel="other", unit="so-nganh", story="không bao giờ hiện lại")
    assert "không bao giờ hiện lại" not in office.text
    assert "không bao giờ hiện lại" not in office.open(IMPORT).text

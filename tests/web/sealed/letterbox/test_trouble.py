"""The database away, the disk full, the intake closed: each a clear page, with what was typed still in it."""

from unittest import mock

import pytest
from sqlalchemy.exc import OperationalError

from feedback_app.confidential import errors
from tests.web.sealed.letterbox.reporter import NAMED

AWAY = OperationalError("SELECT 1", {}, Exception("gone"))
SERVICES = "feedback_app.confidential.services"


def test_a_draft_outlives_the_absence_of_the_database(reporter):
    reporter.begin().reach("Xem lại trước khi niêm phong", **NAMED)
    with mock.patch(f"{SERVICES}.filing.file", side_effect=AWAY):
        reporter.press()
    assert reporter.page.status_code == 503
    assert reporter.press("stay").heading == "Xem lại trước khi niêm phong"
    assert len(reporter.press().code) == 24


def test_an_answer_outlives_the_absence_of_the_database(reporter):
    reporter.enter(reporter.send()).talk("reply")
    with mock.patch(f"{SERVICES}.conversing.reply", side_effect=AWAY):
        reporter.talk("send", text="viết dở")
    assert reporter.page.status_code == 503
    assert reporter.talk("stay").value("text") == "viết dở"


def test_the_front_and_the_candid_page_need_no_database(reporter):
    with mock.patch("feedback_app.confidential.store.session", side_effect=AWAY):
        for path in ("/bao-cao-kin/", "/bao-cao-kin/bao-ve", "/bao-cao-kin/viet", "/bao-cao-kin/ma"):
            assert reporter.open(path).page.status_code == 200


@pytest.mark.parametrize(
    "error,status,said",
    [
        (errors.OutOfSpace(), 507, "Máy chủ hết chỗ"),
        (errors.NoReader(), 422, "không ai đọc được"),
        (errors.NoCustodian(), 422, "mọi người giữ danh tính"),
        (errors.TooLong(), 422, "dài quá mức"),
        (errors.ContainsCode(), 422, "chứa mã nhận"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_keeps_a_report_from_being_sealed_is_said_where_it_helps(reporter, error, status, said):
    reporter.begin().reach("Xem lại trước khi niêm phong")
    with mock.patch(f"{SERVICES}.filing.file", side_effect=error):
        reporter.press()
    assert reporter.page.status_code == status
    assert said in reporter.text
    assert len(reporter.reach("Mã nhận của bạn").code) == 24


def test_a_full_disk_at_an_answer_stores_nothing_and_keeps_the_text(reporter):
    reporter.enter(reporter.send()).talk("reply")
    with mock.patch(f"{SERVICES}.conversing.reply", side_effect=errors.OutOfSpace()):
        reporter.talk("send", text="còn nguyên")
    assert "Máy chủ hết chỗ" in reporter.text
    assert reporter.value("text") == "còn nguyên"


def test_a_page_that_is_not_there_is_said_so(reporter):
    assert reporter.open("/bao-cao-kin/khong-co").page.status_code == 404
    assert reporter.client.delete("/bao-cao-kin/viet").status_code == 405

"""Days that cannot be meant: each is refused at its field, and nothing changes."""

from datetime import timedelta

import pytest

from feedback_app.core import clock
from tests.factories import reread
from tests.web.access_scene import Scene
from tests.web.access_walk import ROUTES

LETTER = {"letter_number": "1/A", "letter_signer": "Giám đốc", "text": "Nội dung."}
PAPER = {"letter_number": "1/A", "signer": "Phó Chủ tịch", "text": "Nội dung."}
CASES = {
    # act: (status, by whom, path, what is sent besides, the field, days from today that are refused)
    "an apology that promises yesterday": ("late", "officer", "xin-loi", {"text": "Xin lỗi."}, "new_date", -1),
    "an apology that promises today": ("late", "officer", "xin-loi", {"text": "Xin lỗi."}, "new_date", 0),
    "a promise for yesterday": ("in_work", "officer", "cam-ket", {"text": "Trả."}, "due_on", -1),
    "an answer signed tomorrow": ("in_work", "officer", "tra-loi", LETTER, "letter_date", 1),
    "a matter received elsewhere tomorrow": (
        "in_work", "officer", "kenh-khac", {"channel": "pakn", "code": "PA-1"}, "received_on", 1,
    ),
    "a directive signed tomorrow": (
        "at_province", "provincial_office", "chi-dao", PAPER | {"kind": "directive", "owner": "so-xd"}, "dated", 1,
    ),
    "an owner who should be done yesterday": (
        "at_province", "provincial_office", "chi-dao",
        PAPER | {"kind": "directive", "owner": "so-xd", "dated": "<today>"}, "owner_due_on", -1,
    ),
    "a ministry that replies tomorrow": ("at_ministry", "officer", "bo-tra-loi", PAPER, "dated", 1),
    "a petition signed tomorrow": (
        "at_province", "officer", "kien-nghi-bo", PAPER | {"addressee": "Bộ Xây dựng"}, "dated", 1,
    ),
}  # fmt: skip


@pytest.fixture
def scene(app, session, loaded):
    return Scene(app, session, loaded)


@pytest.mark.parametrize("case", CASES)
def test_a_day_that_cannot_be_is_refused_at_its_field(scene, session, case):
    status, function, act, sent, field, away = CASES[case]
    ticket = scene.ticket("officer", "own", status)
    day = (clock.today() + timedelta(days=away)).isoformat()
    form = {k: clock.today().isoformat() if v == "<today>" else v for k, v in sent.items()} | {field: day}
    before = (ticket.status, len(ticket.entries), len(ticket.clock_events))
    answer = scene.browser(function).post(f"/can-bo/phieu/{ticket.code}/{act}", data=form)
    assert answer.status_code == 200, "the form again"
    assert f'id="{field}-error"' in answer.text
    after = reread(session, ticket.code)
    assert (after.status, len(after.entries), len(after.clock_events)) == before


@pytest.mark.parametrize("days", ["0", "-3", "9999", "1e9", ""])
def test_an_extension_of_days_that_cannot_be_is_refused(scene, session, days):
    ticket = scene.ticket("officer", "own", "in_work")
    form = {"reason_code": "complex", "text": "Phức tạp.", "days": days}
    answer = scene.browser("officer").post(f"/can-bo/phieu/{ticket.code}/gia-han", data=form)
    assert answer.status_code == 200
    assert [e.kind for e in reread(session, ticket.code).clock_events] == ["start"]
    assert "POST officer.extend" in ROUTES


def test_after_lateness_nothing_is_extended_and_the_page_says_why(scene, session):
    ticket = scene.ticket("officer", "own", "late")
    form = {"reason_code": "complex", "text": "Phức tạp.", "days": "3"}
    answer = scene.browser("officer").post(f"/can-bo/phieu/{ticket.code}/gia-han", data=form)
    assert answer.status_code == 200
    assert "đã quá hạn" in answer.text or "hết hạn" in answer.text
    assert reread(session, ticket.code).head_requests == []


def test_a_pause_within_a_pause_is_refused(scene, session):
    ticket = scene.ticket("officer", "own", "need_info")
    again = scene.browser("officer").post(f"/can-bo/phieu/{ticket.code}/bo-sung", data={"text": "Thêm."})
    assert again.status_code == 409
    assert [e.kind for e in reread(session, ticket.code).clock_events] == ["start", "pause"]

"""With the receipt: questions, answers, files, what has happened since, taking back, proof."""

from datetime import timedelta

import pytest
import time_machine

from feedback_app.confidential import store
from feedback_app.confidential.models import Registered
from feedback_app.confidential.services import deciding, handing, identifying, opening, working
from feedback_app.core import clock
from tests.web.sealed.letterbox.reporter import DOOR, NAMED, STORY


@pytest.fixture
def code(reporter):
    return reporter.send(**NAMED)


def the_inspector(world, word="an"):
    """Return the inspector and the one report of the queue, opened."""
    unlocked = world.unlock(word)
    [row] = opening.queue(store.session(), unlocked, on=clock.today())
    with store.unit_of_work() as session:
        opening.open_report(session, unlocked, row.id, on=clock.today())
    return unlocked, row.id


def the_handler(world):
    """Return Bình with the report, which the head has assigned to him."""
    head, report = the_inspector(world)
    act(handing.assign, head, report, world.seat("binh"))
    return the_inspector(world, "binh")


def act(deed, unlocked, report, *words, **more):
    with store.unit_of_work() as session:
        deed(session, unlocked, report, *words, **more, on=clock.today())


def test_the_code_opens_however_it_is_typed(reporter, code):
    for typed in (code, code.lower(), "-".join(reporter.groups), f"  {code[:9]} {code[9:]} "):
        assert reporter.enter(typed).heading == "Báo cáo của bạn"
    assert STORY in reporter.text
    assert "Đã nằm trong hòm thư kín" in reporter.text


def test_a_question_is_seen_and_answered(reporter, code, world):
    with world.app.app_context():
        unlocked, report = the_inspector(world)
        act(working.ask, unlocked, report, "Còn giữ tin nhắn không?")
    reporter.enter(code)
    assert "Thanh tra đang chờ bạn trả lời" in reporter.text
    reporter.talk("reply").talk("send", text="Còn, tôi sẽ chụp lại.")
    assert "Thanh tra đang chờ bạn trả lời" not in reporter.text
    with world.app.app_context():
        shared = opening.opened(store.session(), unlocked, report).shared
    assert [message.text for message in shared.messages] == [
        "Còn giữ tin nhắn không?",
        "Còn, tôi sẽ chụp lại.",
    ]


def test_an_answer_sent_twice_is_there_once(reporter, code):
    reporter.enter(code).talk("reply")
    state = reporter.hidden("state")
    for _time in range(2):
        reporter.page = reporter.client.post(
            DOOR, data={"state": state, "go": "send", "text": "một lần thôi"}
        )
    assert reporter.text.count("một lần thôi") == 1


def test_an_empty_answer_and_one_with_the_code_are_not_sent(reporter, code):
    reporter.enter(code).talk("reply").talk("send", text="  ")
    assert reporter.page.status_code == 422
    reporter.talk("send", text=f"mã là {code[:8]} {code[8:]}")
    assert "chứa mã nhận" in reporter.text
    assert code[:8] in reporter.value("text")


def test_an_answer_that_is_too_long_is_given_back(reporter, code):
    reporter.enter(code).talk("reply").talk("send", text="x" * 8001)
    assert reporter.page.status_code == 422
    assert reporter.value("text") == "x" * 8001


def test_the_week_in_which_the_identity_was_opened_is_shown(reporter, code, world):
    with world.app.app_context():
        unlocked, report = the_handler(world)
        act(identifying.ask_identity, unlocked, report, "cần gặp trực tiếp")
        custodian, _report = the_inspector(world, "chi")
        act(identifying.answer, custodian, report, 0, grant=True, reason="đúng quy trình")
    assert "Phong bì danh tính đã được mở" in reporter.enter(code).text
    assert "Phong bì danh tính được mở cho người xử lý · tuần này" in reporter.text


@pytest.mark.parametrize("days", [30, 60, 180])
def test_after_so_many_days_one_is_asked_what_has_happened(reporter, code, days):
    with time_machine.travel(clock.now() + timedelta(days=days + 7)):
        reporter.enter(code)
        assert f"Đã {days} ngày từ khi gửi" in reporter.text
        reporter.talk(f"check-in:{days}").talk("checked", answer="pressure", text="họ hỏi ai đã báo")
        assert f"Đã {days} ngày từ khi gửi" not in reporter.text
        assert "Bị gây sức ép" in reporter.text
        assert "họ hỏi ai đã báo" in reporter.text


def test_nobody_is_asked_too_early(reporter, code):
    with time_machine.travel(clock.now() + timedelta(days=29)):
        assert "từ khi gửi, có điều gì" not in reporter.enter(code).text.lower()


def test_a_check_in_without_an_answer_keeps_the_text(reporter, code):
    with time_machine.travel(clock.now() + timedelta(days=37)):
        reporter.enter(code).talk("check-in:30").talk("checked", text="đã viết rồi")
        assert reporter.page.status_code == 422
        assert reporter.value("text") == "đã viết rồi"


def test_the_proof_says_that_the_report_is_in_the_register_unchanged(reporter, code):
    assert "Báo cáo có trong sổ và không thay đổi" in reporter.enter(code).talk("prove").text


def test_the_proof_says_so_when_the_register_was_changed(reporter, code, world):
    with world.app.app_context(), store.unit_of_work() as session:
        session.execute(Registered.__table__.delete())
    assert "Không thấy báo cáo trong sổ" in reporter.enter(code).talk("prove").text


def test_withdrawing_is_asked_back_and_then_done(reporter, code):
    reporter.enter(code).talk("withdraw")
    assert reporter.heading == "Bạn muốn rút báo cáo này?"
    assert reporter.talk("withdrawn").heading == "Báo cáo đã được rút"
    assert reporter.enter(code).heading == "Báo cáo đã được rút"


def test_the_outcome_is_read_and_nothing_more_is_taken_in(reporter, code, world):
    with world.app.app_context():
        unlocked, report = the_handler(world)
        act(deciding.close, unlocked, report, "substantiated", "Đã xử lý người vi phạm.")
    reporter.enter(code)
    assert "Kết quả: Có cơ sở" in reporter.text
    assert "Đã xử lý người vi phạm." in reporter.text
    reporter.talk("send", text="thêm nữa")
    assert reporter.page.status_code == 422
    assert "không nhận thêm" in reporter.text


def test_the_door_s_language_is_kept_inside(reporter, code):
    reporter.page = reporter.client.post(f"{DOOR}?lang=en", data={"code": code})
    assert 'action="/bao-cao-kin/ma?lang=en"' in reporter.page.text


def test_a_check_in_sent_twice_is_there_once(reporter, code):
    with time_machine.travel(clock.now() + timedelta(days=37)):
        reporter.enter(code).talk("check-in:30")
        data = {"state": reporter.hidden("state"), "go": "checked", "answer": "nothing", "text": "vẫn yên"}
        for _time in range(2):
            reporter.page = reporter.client.post(DOOR, data=data)
    assert reporter.text.count("vẫn yên") == 1


def test_the_code_in_a_check_in_is_refused(reporter, code):
    with time_machine.travel(clock.now() + timedelta(days=37)):
        reporter.enter(code).talk("check-in:30").talk("checked", answer="nothing", text=code)
    assert "chứa mã nhận" in reporter.text


def test_a_closed_report_cannot_be_withdrawn(reporter, code, world):
    with world.app.app_context():
        unlocked, report = the_handler(world)
        act(deciding.close, unlocked, report, "unsubstantiated", "Không có cơ sở.")
    assert "Báo cáo đã kết thúc" in reporter.enter(code).talk("withdrawn").text


def test_the_language_changes_inside_with_the_text_in_it(reporter, code):
    reporter.enter(code).talk("reply")
    data = {"state": reporter.hidden("state"), "text": "nửa chừng", "lang": "en"}
    reporter.page = reporter.client.post(f"{DOOR}?lang=en", data=data)
    assert '<html lang="en">' in reporter.page.text
    assert reporter.value("text") == "nửa chừng"


def test_leaving_from_inside_has_the_browser_forget(reporter, code):
    page = reporter.enter(code).talk("leave").page
    assert page.headers["Clear-Site-Data"] == '"cache"'

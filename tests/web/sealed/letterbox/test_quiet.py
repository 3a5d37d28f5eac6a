"""What the pages do not do: no cookie, no script, nothing of the reporter in addresses and logs, one size for all."""

import re
from unittest import mock

import pytest

from feedback_app.confidential import store
from feedback_app.confidential.context import vault
from feedback_app.confidential.gates import Gates
from feedback_app.confidential.models import SignedRoster
from feedback_app.confidential.sealing import receipts
from feedback_app.web.sealed.letterbox import padding
from tests.web.sealed.letterbox.reporter import DOOR, IMPORT, NAMED, STORY, WRITE

PAGES = ("/bao-cao-kin/", WRITE, DOOR, IMPORT, "/bao-cao-kin/bao-ve", "/bao-cao-kin/roi-di")


def seen(reporter):
    """Yield the pages of a whole visit: written, sent, opened, answered."""
    for path in PAGES:
        yield reporter.open(path).page
    reporter.begin()
    for heading in ("Trước khi viết", "Phong bì", "Chuyện gì", "Có tài liệu", "Xem lại", "Mã nhận"):
        yield reporter.reach(heading, **NAMED).page
    yield reporter.enter(reporter.code).page
    for go in ("reply", "prove", "withdraw", "leave"):
        reporter.talk(go)
        yield reporter.page
        if go != "leave":
            reporter.talk("show")


def test_no_page_sets_a_cookie_or_runs_a_script(reporter):
    for page in seen(reporter):
        assert "Set-Cookie" not in page.headers
        assert not re.search(r"<script|\son[a-z]+=|javascript:|<style|\sstyle=", page.text)
        assert "script-src" not in page.headers["Content-Security-Policy"]
        assert page.headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert page.headers["Cache-Control"] == "no-store"
        assert page.headers["Referrer-Policy"] == "no-referrer"


def test_no_page_asks_another_machine_or_leaves_the_prefix_for_its_looks(reporter):
    for page in seen(reporter):
        loaded = re.findall(r'<(?:link|img|script)[^>]*(?:href|src)="([^"]+)"', page.text)
        assert all(address.startswith(("/bao-cao-kin/static/", "data:")) for address in loaded)


def test_every_page_is_a_multiple_of_one_size(reporter):
    for page in seen(reporter):
        assert len(page.data) % padding.STEP == 0


def test_nothing_of_the_reporter_is_logged(reporter, capfd, caplog):
    list(seen(reporter))
    reporter.client.post(WRITE, data={"state": "x", "story": STORY})
    said = "".join(capfd.readouterr()) + caplog.text
    for secret in (STORY, "Mẫu Đơn", "0900 000 000", "construction", "so-xd"):
        assert secret not in said


def test_it_is_said_that_one_is_not_signed_in_and_no_session_is_read(reporter):
    reporter.client.set_cookie("phien", "of-the-ordinary-application")
    assert "Bạn không đăng nhập ở trang này" in reporter.open("/bao-cao-kin/").text
    assert "Set-Cookie" not in reporter.page.headers


@pytest.mark.parametrize("path", ["/bao-cao-kin/roi-di", "/bao-cao-kin/thoat"])
def test_leaving_has_the_browser_forget(reporter, path):
    page = reporter.open(path).page
    assert page.headers["Clear-Site-Data"] == '"cache"'


def test_the_quick_exit_is_on_every_screen(reporter):
    reporter.begin().reach("Xem lại")
    assert 'href="/bao-cao-kin/thoat"' in reporter.page.text
    assert reporter.open("/bao-cao-kin/thoat").page.location == "/"


def test_a_code_never_given_out_and_one_withdrawn_answer_like_a_right_one(reporter):
    code = reporter.send()
    right = reporter.enter(code).page
    with reporter.client.application.app_context():
        never = receipts.from_token(receipts.new_token(), vault().receipt_key)
    wrong = reporter.enter(never).page
    reporter.enter(code).talk("withdrawn")
    withdrawn = reporter.enter(code).page
    shapes = {
        (page.status_code, len(page.data), tuple(sorted(page.headers.keys())))
        for page in (right, wrong, withdrawn)
    }
    assert len(shapes) == 1


def test_two_wrong_codes_give_the_same_page_but_for_the_noise(reporter):
    with reporter.client.application.app_context():
        codes = [receipts.from_token(receipts.new_token(), vault().receipt_key) for _time in range(2)]
    first, second = (reporter.enter(code).page.text.partition("</html>")[0] for code in codes)
    assert first == second


def test_a_mistyped_code_is_told_before_any_work(reporter):
    code = reporter.send()
    other = "0" if code[5] != "0" else "1"
    with mock.patch("feedback_app.confidential.services.conversing.look") as look:
        reporter.enter(code[:5] + other + code[6:])
    assert look.call_count == 0
    assert reporter.page.status_code == 422
    assert "Mã gõ sai" in reporter.text


def test_the_closed_page_says_when_to_come_back(bare):
    page = bare.test_client().post(WRITE, data={"story": ""})
    state = re.search(r'name="state" value="([^"]+)"', page.text).group(1)
    closed = bare.test_client().post(WRITE, data={"state": state, "unit": "so-nganh", "go": "next"})
    assert closed.status_code == 503
    assert "ngày làm việc tiếp theo" in closed.text


def test_a_swapped_key_closes_the_intake_and_the_draft_stays_in_the_page(reporter, world):
    reporter.begin().reach("Xem lại trước khi niêm phong")
    with world.app.app_context(), store.unit_of_work() as session:
        kept = session.get(SignedRoster, world.body)
        good, kept.document = kept.document, kept.document.replace("mẫu", "xấu", 1)
    reporter.press()
    assert reporter.page.status_code == 503
    with world.app.app_context(), store.unit_of_work() as session:
        session.get(SignedRoster, world.body).document = good
    assert reporter.press("stay").heading == "Xem lại trước khi niêm phong"
    assert len(reporter.press().code) == 24


def test_too_much_at_once_is_said_in_words(reporter):
    reporter.begin()
    with mock.patch.dict(reporter.client.application.config, MAX_CONTENT_LENGTH=1000):
        reporter.page = reporter.client.post(WRITE, data={"state": "x" * 2000})
    assert reporter.page.status_code == 413
    assert "20 MB" in reporter.text


@pytest.fixture
def flooded(world):
    """Let one through each door and make the next wait."""
    now = [0.0]
    gates = Gates(lambda: now[0])
    with mock.patch.object(world.app.extensions["vault"].gates, "admit", gates.admit):
        yield gates, now


def test_whoever_has_to_wait_keeps_everything_and_goes_first_afterwards(reporter, flooded):
    _gates, now = flooded
    reporter.begin().reach("Xem lại trước khi niêm phong")
    while reporter.press().page.status_code != 429:
        reporter.begin().reach("Xem lại trước khi niêm phong")
    assert reporter.page.headers["Retry-After"] == "15"
    now[0] += 15
    reporter.press("send", ticket=reporter.hidden("ticket"))
    assert len(reporter.code) == 24


def test_whoever_waits_before_the_receipts_door_does_not_type_the_code_again(reporter, flooded):
    _gates, now = flooded
    code = reporter.send()
    for _time in range(7):
        reporter.enter(code)
    assert reporter.page.status_code == 429
    assert code not in reporter.page.text
    now[0] += 15
    fields = {name: reporter.hidden(name) for name in ("typed", "ticket")}
    reporter.page = reporter.client.post(DOOR, data=fields)
    assert reporter.heading == "Báo cáo của bạn"

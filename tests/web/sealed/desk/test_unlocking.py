"""Coming in and leaving: the passphrase, the cookie, the quarter of an hour, the wait."""

import time

import pytest

from feedback_app.confidential.sealing import passphrases
from feedback_app.confidential.sealing.passphrases import Derivations
from feedback_app.web.sealed.headers import DESK
from tests.web.sealed.desk.scene import BODY, PASSPHRASE, TWO, Inspector, a_room, close_room

FORM = {"body": BODY, "name": "An", "passphrase": PASSPHRASE.format("An")}


def unlock(room, **changes):
    browser = room.app.test_client()
    return browser, browser.post(f"{DESK}/mo-khoa", data=FORM | changes)


def test_the_key_of_the_room_is_for_the_room_alone(pair):
    _, done = unlock(pair)
    cookie = done.headers["Set-Cookie"]
    assert done.status_code == 302
    assert f"Path={DESK}" in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert "Expires" not in cookie


def test_with_https_the_cookie_says_so(tmp_path):
    room = a_room(tmp_path, TWO, FEEDBACK_SECURE_COOKIES=True)
    _, done = unlock(room)
    assert done.headers["Set-Cookie"].startswith("__Secure-vault=")
    assert "Secure;" in done.headers["Set-Cookie"]
    close_room(room)


@pytest.mark.parametrize("changes", [{"passphrase": "sai"}, {"name": "Không có ai"}])
def test_a_wrong_name_and_a_wrong_passphrase_look_the_same(pair, changes):
    _, done = unlock(pair, **changes)
    page = done.get_data(as_text=True)
    assert done.status_code == 403
    assert "Họ tên và cụm mật khẩu không khớp" in page
    assert "sai" not in page.replace("Không có ai", "")
    assert "Set-Cookie" not in done.headers


@pytest.mark.parametrize(
    "changes", [{"name": " "}, {"passphrase": ""}, {"body": "khong-co"}, {"name": "a\0b"}]
)
def test_a_form_that_says_too_little_is_asked_for_again(pair, changes):
    assert unlock(pair, **changes)[1].status_code == 422


def test_a_list_of_inspectors_with_another_signature_opens_nothing(tmp_path):
    room = a_room(tmp_path, TWO)
    (tmp_path / "anchors.json").write_text("{}")
    _, done = unlock(room)
    assert done.status_code == 503
    assert "chưa mở được" in done.get_data(as_text=True)
    close_room(room)


def test_whoever_locks_finds_the_room_locked(pair):
    inspector = pair.inspector("An")
    kept = inspector.browser.get_cookie("vault", path=DESK).value
    left = inspector.post("khoa")
    assert left.headers["Clear-Site-Data"] == '"cache"'
    inspector.browser.set_cookie("vault", kept, path=DESK)
    assert inspector.get("").status_code == 403


def test_the_room_locks_itself_and_gives_the_typed_text_back(tmp_path):
    room = a_room(tmp_path, TWO, idle_minutes=0)
    told = room.tell()
    browser, _ = unlock(room)
    time.sleep(0.01)
    answer = Inspector(room, "An", browser, "x").post(f"bao-cao/{told.id}/ghi-chu", text="một giờ <b>gõ</b>")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 403
    assert "một giờ &lt;b&gt;gõ&lt;/b&gt;" in page
    assert "Phòng báo cáo kín đang khóa" in page
    close_room(room)


def test_too_many_tries_wait_and_whoever_waited_goes_first(tmp_path):
    room = a_room(tmp_path, TWO, gates=True)
    answers = [unlock(room, passphrase="sai")[1] for _ in range(7)]
    waiting = answers[-1]
    assert [answer.status_code for answer in answers][:4] == [403] * 4
    assert waiting.status_code == 429
    assert int(waiting.headers["Retry-After"]) > 0
    assert 'name="ticket"' in waiting.get_data(as_text=True)
    close_room(room)


def test_a_third_who_derives_at_the_same_time_is_asked_to_wait(pair, monkeypatch):
    monkeypatch.setattr(passphrases, "DERIVATIONS", Derivations(at_once=1, patience=0.01))
    with passphrases.DERIVATIONS.one():
        _, done = unlock(pair)
    assert done.status_code == 429
    assert "Retry-After" in done.headers
    assert "Xin chờ" in done.get_data(as_text=True)


def test_the_ordinary_sign_in_means_nothing_here(pair):
    browser = pair.app.test_client()
    browser.set_cookie("session", "eyJ1c2VyIjoxfQ.x.y")
    assert browser.get(f"{DESK}/").status_code == 403


def test_no_page_may_be_kept_or_run_a_script(pair):
    answer = pair.inspector("An").get("")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "script-src" not in answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "<script" not in answer.get_data(as_text=True)

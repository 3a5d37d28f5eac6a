"""Every page of the room at two sizes, in both languages, usable by everybody; work goes on without JavaScript."""

import threading

import pytest
from werkzeug.serving import WSGIRequestHandler, make_server

from feedback_app.web.sealed.headers import DESK as ROOM
from tests.browser.people import DESK, PHONE
from tests.browser.test_every_page import faults
from tests.web.sealed.desk.scene import PASSPHRASE, WHO

pytestmark = pytest.mark.browser
REPORT = "bao-cao/{}"
PAGES = {
    "An": ("", "?view=done", REPORT, f"{REPORT}/danh-gia", f"{REPORT}/giao", f"{REPORT}/lien-ket", "danh-tinh",
           f"{REPORT}/danh-tinh/0", "so-lieu", "so-lieu/2026-Q3", "so-theo-doi", "nhat-ky", "bao-cao/x"),
    "Bình": (REPORT, f"{REPORT}/ghi-chu", f"{REPORT}/thong-bao", f"{REPORT}/gia-han", f"{REPORT}/chuyen",
             f"{REPORT}/ket-luan", f"{REPORT}/xin-xuat", f"{REPORT}/ban-giao", f"{REPORT}/tu-choi", f"{REPORT}/che",
             "ban-giao"),
}  # fmt: skip


class Silent(WSGIRequestHandler):
    def log(self, *_args: object, **_facts: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def address(room):
    server = make_server("127.0.0.1", 0, room.app, threaded=True, request_handler=Silent)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}{ROOM}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def told(room):
    """Return a report that lies with Bình, with a question open and the identity asked for."""
    told = room.tell(identity=WHO, files=[("giấy hẹn.txt", b"giay hen " * 100)])
    room.inspector("An").open(told).does(told, "giao", to=room.seats["Bình"])
    binh = room.inspector("Bình").open(told)
    binh.does(told, "hoi", text="Nộp ở quầy nào?")
    binh.does(told, "xin-danh-tinh", reason="cần mời làm việc")
    return told


def unlock(page, address, name):
    page.goto(f"{address}/mo-khoa")
    page.fill("#name", name)
    page.fill("#passphrase", PASSPHRASE.format(name))
    page.click("#unlock button")


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_the_room_can_be_used_by_everybody(chromium, address, room, told, name, size, language):
    context = chromium.new_context(viewport=size)
    page = context.new_page()
    wrong = {}
    unlock(page, address, name)
    page.locator(f"form[action*='{told.id}'] button").first.click()
    for path in ("mo-khoa", *PAGES[name]):
        mark = "&" if "?" in path else "?"
        page.goto(f"{address}/{path.format(told.id)}{mark}lang={language}")
        if complaints := faults(page, narrow=size == PHONE):
            wrong[path] = complaints
    context.close()
    assert not wrong


def test_the_room_is_worked_in_without_javascript_on_a_small_phone(chromium, address, room, told):
    context = chromium.new_context(viewport={"width": 360, "height": 640}, java_script_enabled=False)
    page = context.new_page()
    unlock(page, address, "Bình")
    page.locator(f"form[action*='{told.id}'] button").first.click()
    page.click("text=Ghi chú nội bộ")
    page.fill("#text", "đã gọi hỏi lịch trực")
    page.click("#act button")
    assert "Đã ghi chú" in page.inner_text("main")
    assert "đã gọi hỏi lịch trực" in page.inner_text("main")
    page.click("text=Khóa lại")
    page.go_back()
    assert "Nguyễn Văn Mẫu" not in page.content()
    page.goto(f"{address}/bao-cao/{told.id}")
    assert "đang khóa" in page.inner_text("h1")
    context.close()

"""With a phone, without JavaScript, with the keyboard alone; and whether everybody can use each screen."""

import threading

import pytest
from werkzeug.serving import WSGIRequestHandler, make_server

from tests.browser.people import DESK, PHONE
from tests.browser.test_every_page import faults
from tests.web.sealed.letterbox.reporter import STORY

pytestmark = pytest.mark.browser
MOST_TABS = 60


class Silent(WSGIRequestHandler):
    def log(self, *_args: object, **_facts: object) -> None:
        """Say nothing."""


@pytest.fixture
def address(world):
    server = make_server("127.0.0.1", 0, world.app, threaded=True, request_handler=Silent)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/bao-cao-kin"
    server.shutdown()
    thread.join()
    server.server_close()


class Keys:
    """Somebody who has no mouse."""

    def __init__(self, page):
        self.page = page

    def to(self, selector: str) -> "Keys":
        wanted = self.page.locator(f"{selector}:focus")
        for _tab in range(MOST_TABS):
            if wanted.count():
                return self
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab never reaches {selector} under {self.heading!r}")

    def choose(self, selector: str) -> "Keys":
        self.to(selector)
        self.page.keyboard.press("Space")
        return self

    def type(self, selector: str, text: str) -> "Keys":
        self.to(selector)
        self.page.keyboard.insert_text(text)
        return self

    def go(self, selector: str = "main button.btn-sealed") -> "Keys":
        self.to(selector)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        return self

    @property
    def heading(self) -> str:
        return str(self.page.locator("h1").first.inner_text())


def until(keys: Keys, words: str) -> Keys:
    """Go on without answering until the heading has these words."""
    for _screen in range(MOST_TABS):
        if words in keys.heading:
            return keys
        keys.go()
    raise AssertionError(f"{words!r} was never reached")


def write(keys: Keys, address: str) -> str:
    """Write a report by keyboard from the first page on; return the receipt's code."""
    keys.page.goto(f"{address}/")
    keys.go("main a.btn-sealed")
    keys.choose("input[type=radio]").go()
    until(keys, "theo cách nào").choose("input[type=radio]").page.keyboard.press("ArrowDown")
    until(keys.go(), "Chuyện gì").type("#story", STORY)
    until(keys.go(), "Mã nhận của bạn")
    return "".join(keys.page.locator(".code-groups li").all_inner_texts())


def test_the_whole_way_by_keyboard_without_javascript_on_a_small_phone(chromium, address):
    context = chromium.new_context(viewport={"width": 360, "height": 640}, java_script_enabled=False)
    keys = Keys(context.new_page())
    code = write(keys, address)
    keys.type("#last", code[-4:]).go()
    assert keys.heading == "Xong. Mã đã được chép đúng"
    keys.go("main a.btn-link").type("#code", code)
    with keys.page.expect_navigation():
        keys.page.keyboard.press("Enter")  # in the field: the form's first button is the right one
    assert keys.heading == "Báo cáo của bạn"
    keys.go("button[value=reply]").type("#text", "Tôi còn giấy hẹn.").go("button[value=send]")
    assert "Tôi còn giấy hẹn." in keys.page.locator(".talk").inner_text()
    assert context.cookies() == []
    assert code not in keys.page.url
    context.close()


def test_enter_in_a_field_goes_forwards_and_not_into_another_language(chromium, address):
    context = chromium.new_context(viewport=PHONE, java_script_enabled=False)
    keys = Keys(context.new_page())
    keys.page.goto(f"{address}/viet")
    keys.choose("input[type=radio]")
    with keys.page.expect_navigation():
        keys.page.keyboard.press("Enter")
    assert "nhận và đọc báo cáo này" in keys.heading
    context.close()


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_a_screen_can_be_used_by_everybody(chromium, address, size, language):
    context = chromium.new_context(viewport=size, bypass_csp=True)
    page, wrong = context.new_page(), {}

    def look(name: str) -> None:
        if found := faults(page, narrow=size == PHONE):
            wrong[name] = found

    for path in ("/", "/bao-ve", "/roi-di", "/ma", "/chuyen-tin", "/viet"):
        page.goto(f"{address}{path}?lang={language}")
        look(path)
    page.locator("label[for=unit-0]").click()
    for _screen in range(MOST_TABS):
        page.locator("main button.btn-sealed").first.click()
        name = page.locator("h1").first.inner_text()
        look(name)
        for first in ("label[for=identity-1]", "#story"):
            if page.locator(first).count():
                page.locator(first).click()
        if page.locator("#story").count():
            page.fill("#story", STORY)
        if page.locator(".code-groups").count():
            break
    code = "".join(page.locator(".code-groups li").all_inner_texts())
    page.goto(f"{address}/ma?lang={language}")
    page.fill("#code", code)
    page.locator("main button.btn-sealed").click()
    look("talk")
    for go in ("reply", "prove", "withdraw"):
        page.locator(f"main button[value={go}]").click()
        look(go)
        page.locator("main button[value=show]").click()
    assert len(code) == 24
    assert not wrong
    context.close()

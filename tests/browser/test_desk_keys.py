"""An officer's day without the mouse: tickets opened, accepted, noted, chosen and left by keys alone."""

import re

from tests.browser.people import DESK, file, sign_in, window

TICKET = re.compile(r"/phieu/KH-\d{4}-\d{6}$")
MANY = 4
UNCLAIMED = "/can-bo/?view=unclaimed"
STORY = {
    "title": "Hoàn thuế giá trị gia tăng chậm, việc",
    "body": "Hồ sơ hoàn thuế GTGT của công ty nộp từ tháng 9 đến nay chưa được cơ quan thuế giải quyết.",
}


def filed(chromium, server, work, count) -> None:
    with window(chromium, server) as enterprise:
        for number in range(count):
            file(enterprise, title=f"{STORY['title']} {number}", body=STORY["body"])
            enterprise.context.clear_cookies()
    work()


def go(page, key) -> None:
    """Press a key that leads to another page."""
    with page.expect_navigation():
        page.keyboard.press(key)


def test_tickets_are_accepted_and_noted_by_keys_alone(chromium, server, work):
    filed(chromium, server, work, MANY)
    with window(chromium, server, viewport=DESK) as page:
        sign_in(page, "canbo.thue")
        page.goto(UNCLAIMED)
        done = set()
        for number in range(MANY):
            page.keyboard.press("j")
            assert page.evaluate("document.activeElement.matches('.queue-link')")
            go(page, "Enter")
            assert TICKET.search(page.url)
            done.add(page.url)
            go(page, "a")
            go(page, "n")
            assert page.evaluate("document.activeElement.name") == "text"
            page.keyboard.type(f"Ghi chú {number}: j k a n không phải phím tắt khi đang gõ")
            go(page, "Control+Enter")
            assert f"Ghi chú {number}: j k a n" in page.inner_text("main")
            go(page, "u")
            assert page.url.endswith(UNCLAIMED)
        assert len(done) == MANY


def test_many_tickets_are_noted_at_once_by_keys_alone(chromium, server, work):
    filed(chromium, server, work, 2)
    with window(chromium, server, viewport=DESK) as page:
        sign_in(page, "canbo.thue")
        page.goto(UNCLAIMED)
        for _ in range(2):
            page.keyboard.press("j")
            page.keyboard.press("x")
        assert page.locator("[data-pick]:checked").count() == 2
        page.keyboard.press("b")
        page.keyboard.type("Ghi")
        page.keyboard.press("Tab")
        go(page, "Enter")
        assert page.locator(".outcome").count() == 2
        page.focus("textarea")
        page.keyboard.type("Đã gọi điện cho doanh nghiệp")
        go(page, "Control+Enter")
        assert "2 phiếu đã xong" in page.inner_text("main")


def test_single_keys_can_be_switched_off(chromium, server):
    with window(chromium, server, viewport=DESK) as page:
        sign_in(page, "canbo.thue")
        page.goto("/can-bo/?view=agency")
        go(page, "?")
        assert page.url.endswith("/phim-tat")
        page.click("[data-keys-switch]")
        page.goto("/can-bo/?view=agency")
        page.keyboard.press("j")
        assert not page.evaluate("document.activeElement.matches('.queue-link')")


def test_the_list_and_the_sheet_fit_a_phone(chromium, server):
    with window(chromium, server, viewport={"width": 360, "height": 740}) as page:
        sign_in(page, "canbo.thue")
        for address in (UNCLAIMED, "/can-bo/tim?q=thue", "/can-bo/phim-tat"):
            page.goto(address)
            assert page.evaluate("document.documentElement.scrollWidth") <= 360, address

"""Filing by whoever has no mouse, no scripts, or both; and a ticket's way between two people."""

import re

from tests.browser.people import PHONE, choose, file, sign_in, window

STORY = {
    "title": "Hoàn thuế giá trị gia tăng chậm",
    "body": "Hồ sơ hoàn thuế GTGT của công ty nộp từ tháng 9 đến nay chưa được cơ quan thuế giải quyết.",
}
NUMBER = re.compile(r"KH-\d{4}-\d{6}")
MANY = 80


def test_filing_works_without_scripts(chromium, server):
    with window(chromium, server, java_script_enabled=False, viewport=PHONE) as page:
        number, code = file(page, **STORY)
        assert NUMBER.fullmatch(number)
        page.goto("/theo-doi")
        page.fill("[name=code]", code)
        page.locator("main form button[type=submit]").first.click()
        assert number in page.inner_text("main")


def tab_to(page, selector: str) -> None:
    """Press Tab until the element has the focus, which must then be visible."""
    for _press in range(MANY):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    raise AssertionError(f"{selector} cannot be reached by Tab on {page.url}")


def submit_by_keyboard(page) -> None:
    address = page.url
    tab_to(page, "main form button[type=submit], main form button:not([type])")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url != address)


def test_filing_works_with_the_keyboard_alone(chromium, server):
    with window(chromium, server) as page:
        page.goto("/gui-phieu/loai")
        tab_to(page, "[name=kind]")
        page.keyboard.press("Space")
        submit_by_keyboard(page)
        for name, text in STORY.items():
            tab_to(page, f"[name={name}]")
            page.keyboard.type(text)
        submit_by_keyboard(page)
        submit_by_keyboard(page)  # the field that was suggested stays
        submit_by_keyboard(page)  # no files
        tab_to(page, "[name=filer_type]")
        page.keyboard.press("ArrowDown")
        tab_to(page, "[name=name]")
        page.keyboard.type("Công ty Bàn Phím")
        submit_by_keyboard(page)
        assert "/kiem-tra" in page.url
        submit_by_keyboard(page)
        assert NUMBER.fullmatch(page.inner_text(".receipt-number"))


def test_an_officer_answers_and_the_enterprise_rates(chromium, server, work):
    with window(chromium, server) as enterprise, window(chromium, server) as officer:
        number, code = file(enterprise, **STORY)
        work()
        sign_in(officer, "canbo.thue")
        officer.goto(f"/can-bo/?q={number}")
        officer.click(f"main a[href*='/phieu/{number}']")
        officer.click(f"form[action$='{number}/nhan'] button")
        officer.goto(f"/can-bo/phieu/{number}/tra-loi")
        officer.fill("[name=text]", "Cục Thuế đã ra quyết định hoàn thuế.")
        officer.locator("main form button[type=submit]").last.click()
        officer.wait_for_url(f"**/{number}")

        enterprise.goto("/theo-doi")
        enterprise.fill("[name=code]", code)
        enterprise.locator("main form button[type=submit]").first.click()
        assert "đã ra quyết định hoàn thuế" in enterprise.inner_text("main")
        enterprise.check("[name=answered][value=yes]", force=True)
        enterprise.check("[name=solved][value=yes]", force=True)
        enterprise.click("form[action$='danh-gia'] button[type=submit]")
        enterprise.wait_for_selector("[name=token]", state="attached")
        officer.goto(f"/can-bo/phieu/{number}")
        assert "Đã đóng" in officer.inner_text("main") or "đóng" in officer.inner_text("main").lower()


def test_a_mistake_is_said_above_the_form_and_nothing_typed_is_lost(chromium, server):
    with window(chromium, server) as page:
        choose(page, "en")
        page.goto("/gui-phieu/loai")
        page.check("[name=kind][value=obstacle]", force=True)
        page.locator("main form button[type=submit]").last.click()
        page.evaluate("() => document.querySelectorAll('form').forEach(f => f.noValidate = true)")
        page.fill("[name=title]", "Chỉ có tóm tắt")
        page.locator("main form button[type=submit]").last.click()
        assert page.locator("[role=alert], .error-summary, .notice-danger").count()
        assert page.input_value("[name=title]") == "Chỉ có tóm tắt"

"""An officer's day without the mouse: tickets opened, accepted, noted, chosen and left by keys alone."""

import re

from tests.browser.people import DESK, sign_in, window

TICKET = re.compile(r"/phieu/(KH-\d{4}-\d{6})$")
MANY = 50
UNCLAIMED = "/can-bo/?view=unclaimed"
ACTS = ".acts a, .acts button"
FOCUSED = """() => {
  const node = document.activeElement;
  if (node === document.body) return null;
  return [node.tagName, node.href || node.form?.action || '', !!node.parentElement.open];
}"""


def go(page, key) -> None:
    """Press a key that leads to another page."""
    with page.expect_navigation(wait_until="domcontentloaded"):
        page.keyboard.press(key)


def open_first(page) -> None:
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.matches('.queue-link')")
    go(page, "Enter")


def note(page, text) -> None:
    go(page, "n")
    assert page.evaluate("document.activeElement.name") == "text"
    page.keyboard.type(text)
    go(page, "Control+Enter")
    assert text in page.inner_text("main")


def has_next(page) -> bool:
    rows = "JSON.parse(sessionStorage.getItem('danh-sach')).rows"
    return page.evaluate(f"{rows}.indexOf(location.pathname) < {rows}.length - 1")


def test_fifty_tickets_are_worked_through_by_keys_alone(chromium, server, filed):
    numbers = set(filed(MANY))
    with window(chromium, server, viewport=DESK) as page:
        sign_in(page, "canbo.thue")
        page.goto(UNCLAIMED)
        open_first(page)
        accepted: list[str] = []
        while True:
            accepted.append(TICKET.search(page.url)[1])
            go(page, "a")
            if len(accepted) % 10 == 1:
                note(page, f"Ghi chú {len(accepted)}: j k a n không phải phím tắt khi đang gõ")
            if numbers <= set(accepted):
                break
            if has_next(page):
                go(page, "j")
            else:
                go(page, "u")
                assert page.url.endswith(UNCLAIMED)
                open_first(page)
        go(page, "u")
        assert not numbers & set(
            page.eval_on_selector_all(".queue-link", "all => all.map(a => a.pathname.split('/').pop())")
        )


def tabbed(page, most=400) -> set[str]:
    """Return where the Tab key comes to, from the head of the page to its foot; what is folded is opened by Enter."""
    page.evaluate("document.activeElement.blur()")
    seen: set[str] = set()
    for _ in range(most):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUSED)
        if at is None:
            break
        name, place, unfolded = at
        if name == "SUMMARY" and not unfolded:
            page.keyboard.press("Enter")
        seen.add(place)
    return seen


def test_every_act_is_reached_by_tab_and_the_listed_keys_lead_to_theirs(chromium, server, filed):
    (number,) = filed(1)
    with window(chromium, server, viewport=DESK) as page:
        sign_in(page, "canbo.thue")
        page.goto("/can-bo/phim-tat")
        listed = dict(
            page.eval_on_selector_all(
                ".key-table tr:has(td)", "all => all.map(r => [r.cells[0].innerText, r.cells[1].innerText])"
            )
        )
        page.goto(f"/can-bo/phieu/{number}")
        go(page, "a")
        acts = page.eval_on_selector_all(ACTS, "all => all.map(n => n.href || n.form.action)")
        assert len(acts) > 10
        assert set(acts) <= tabbed(page)
        keyed = page.eval_on_selector_all(
            ".act[data-key]",
            "all => all.map(n => [n.dataset.key, n.textContent.trim(), n.querySelector('a').pathname])",
        )
        assert {key for key, _name, _path in keyed} >= {"n", "r", "h", "y", "p", "t", "e"}
        for key, name, path in keyed:
            assert listed[key] == name
            go(page, key)
            assert page.url.endswith(path)
            page.goto(f"/can-bo/phieu/{number}")


def test_many_tickets_are_noted_at_once_by_keys_alone(chromium, server, filed):
    filed(2)
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

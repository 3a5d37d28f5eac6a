"""What people do in a browser, and what a browser complains of."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from feedback_app.demo.accounts import DOMAIN, PASSWORD

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 800}
SLOW = 20_000


@contextmanager
def window(chromium: Any, server: str, **options: Any) -> Iterator[Any]:
    """Open a window with a history of its own; at its end nothing may have gone wrong in it."""
    complaints: list[str] = []
    context = chromium.new_context(base_url=server, locale="vi-VN", **options)
    context.set_default_timeout(SLOW)
    page = context.new_page()
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    page.on("console", lambda said: complaints.extend(_complaint(page, said)))
    page.on("response", lambda answer: complaints.extend(_failure(answer)))
    try:
        yield page
    finally:
        context.close()
    assert not complaints, complaints


def _complaint(page: Any, said: Any) -> list[str]:
    """Return an error of the page; an answer with a status of an error is judged by ``_failure``."""
    is_ours = said.type == "error" and not said.text.startswith("Failed to load resource")
    return [f"{page.url}: {said.text}"] if is_ours else []


def _failure(answer: Any) -> list[str]:
    failed = answer.status >= 500 or (answer.status >= 400 and "/static/" in answer.url)
    return [f"{answer.status} {answer.url}"] if failed else []


def sign_in(page: Any, who: str) -> None:
    page.goto("/dang-nhap")
    page.fill("[name=email]", f"{who}@{DOMAIN}")
    page.fill("[name=password]", PASSWORD)
    page.click("main form button[type=submit]")
    page.wait_for_url(lambda url: "/dang-nhap" not in url)


def choose(page: Any, language: str) -> None:
    page.goto(f"/ngon-ngu/{language}?next=/gui-phieu/")


def go_on(page: Any) -> None:
    page.locator("main form button[type=submit]").last.click()


def file(page: Any, *, title: str, body: str) -> tuple[str, str]:
    """File an obstacle about taxes by the pages' own buttons; return number and tracking code."""
    page.goto("/gui-phieu/loai")
    page.check("[name=kind][value=obstacle]", force=True)
    go_on(page)
    page.fill("[name=title]", title)
    page.fill("[name=body]", body)
    go_on(page)
    set_field(page)
    go_on(page)
    go_on(page)  # no files
    page.select_option("[name=filer_type]", "enterprise")
    page.fill("[name=name]", "Công ty TNHH Trình Duyệt")
    page.fill("[name=phone]", "0258 3822 222")
    go_on(page)
    page.wait_for_url("**/kiem-tra")
    go_on(page)
    page.wait_for_url("**/giay-tiep-nhan")
    return page.inner_text(".receipt-number"), page.inner_text("#tracking-code")


def set_field(page: Any) -> None:
    """Choose taxes, whether the page offers a list or buttons."""
    if page.locator("select[name=field]").count():
        page.select_option("select[name=field]", "tax")
    else:
        page.check("[name=field][value=tax]", force=True)

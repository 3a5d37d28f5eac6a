"""Every page, small and large, in both languages: usable by everybody, no wider than the screen, no complaint."""

from pathlib import Path

import pytest

from tests.browser.pages import GUEST, VISITS, Visit
from tests.browser.people import DESK, PHONE, choose, sign_in, window

AXE = next((Path(__file__).parent / "vendor").glob("axe-core-*")) / "axe.min.js"
SERIOUS = {"serious", "critical"}
RUN = """async () => (await axe.run(document, {resultTypes: ['violations']})).violations
    .map(v => [v.impact, v.id, v.nodes.slice(0, 3).map(n => n.target.join(' ')).join(' | ')])"""
WIDER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def opened(page, visit: Visit):
    """Open each page of the visit, then the first page behind each kind of link; yield its address."""
    for path in visit.paths:
        page.goto(path)
        yield path
    if visit.follow:
        page.goto(visit.paths[0])
    for part in visit.follow:
        links = page.locator(f"main a[href*='{part}']")
        if links.count():
            path = links.first.get_attribute("href")
            page.goto(path)
            yield path
            if not part.endswith("/"):
                page.go_back()


def faults(page, *, narrow: bool) -> list[str]:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = [f"{rule}: {where}" for impact, rule, where in page.evaluate(RUN) if impact in SERIOUS]
    wider = page.evaluate(WIDER) if narrow else 0
    return found + ([f"{wider} px wider than the screen"] if wider > 0 else [])


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("visit", VISITS, ids=lambda visit: visit.who or "guest")
def test_a_page_can_be_used_by_everybody(chromium, server, visit, language):
    wrong: dict[str, list[str]] = {}
    with window(chromium, server, viewport=DESK) as page:
        choose(page, language)
        if visit.who != GUEST:
            sign_in(page, visit.who)
        for path in opened(page, visit):
            assert page.title(), path
            for size in (PHONE, DESK):  # an officer turns the phone, an owner widens the window
                page.set_viewport_size(size)
                if found := faults(page, narrow=size == PHONE):
                    wrong[f"{path} at {size['width']} px"] = found
    assert not wrong


def test_axe_would_notice(chromium, server):
    with window(chromium, server) as page:
        page.goto("/")
        page.evaluate("() => document.querySelector('main').appendChild(new Image()).src = 'data:,'")
        assert any("image-alt" in fault for fault in faults(page, narrow=False))

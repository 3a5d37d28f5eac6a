"""What leaders take to a meeting fits on two sheets."""

import re

from tests.browser.people import DESK, sign_in, window


def test_the_leaders_page_takes_two_sheets_of_a4(chromium, server):
    with window(chromium, server, viewport=DESK) as page:
        sign_in(page, "lanhdao")
        page.goto("/lanh-dao/")
        paper = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 2

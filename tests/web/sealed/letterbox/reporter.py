"""Somebody with a phone before the pages: reads headings, fills fields, presses buttons."""

import html
import re
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

WRITE, DOOR, IMPORT = "/bao-cao-kin/viet", "/bao-cao-kin/ma", "/bao-cao-kin/chuyen-tin"
STORY = "Chuyên viên nói hồ sơ muốn nhanh thì phải có quà."
USUAL: dict[str, Any] = {
    "unit": "so-nganh",
    "identity": "anonymous",
    "agency": "so-xd",
    "field": "construction",
    "procedure": "building-permit",
    "step": "appraisal",
    "asked": ["money", "delay"],
    "amount": "5m_50m",
    "paid": "refused",
    "when": "this_month",
    "often": "once",
    "who_post": "specialist",
    "retaliation": "yes",
    "story": STORY,
}
NAMED = {"identity": "confidential", "name": "Công ty TNHH Mẫu Đơn", "contact": "0900 000 000"}
MOST_SCREENS = 40


class Reporter:
    """Keeps the page last seen, as a browser does."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self.page: TestResponse

    @property
    def text(self) -> str:
        return html.unescape(self.page.text)

    @property
    def heading(self) -> str:
        found = re.search(r"<h1[^>]*>(.*?)</h1>", self.text, re.DOTALL)
        return re.sub(r"<[^>]+>", "", found.group(1)).strip() if found else ""

    @property
    def groups(self) -> list[str]:
        return re.findall(r"<li>([0-9A-Z]{4})</li>", self.page.text)

    @property
    def code(self) -> str:
        return "".join(self.groups)

    def hidden(self, name: str) -> str:
        found = re.search(rf'name="{name}" value="([^"]*)"', self.page.text)
        found = found or re.search(
            rf'<textarea name="{name}" hidden>\n(.*?)</textarea>', self.page.text, re.DOTALL
        )
        assert found, f"no hidden {name} under {self.heading!r}"
        return html.unescape(found.group(1))

    def value(self, name: str) -> str:
        """Return what stands in a text field of the page."""
        area = re.search(rf'<textarea[^>]*name="{name}"[^>]*>\n(.*?)</textarea>', self.page.text, re.DOTALL)
        line = re.search(rf'<input[^>]*name="{name}" value="([^"]*)"', self.page.text)
        found = area or line
        assert found, name
        return html.unescape(found.group(1))

    def chosen(self, name: str) -> list[str]:
        """Return which radio buttons, boxes or entries of a list are chosen."""
        picked = re.findall(rf'name="{name}" value="([^"]*)" checked', self.page.text)
        return picked or re.findall(r'<option value="([^"]*)" selected', self.page.text)

    def open(self, path: str) -> "Reporter":
        self.page = self.client.get(path)
        return self

    def press(self, go: str = "next", to: str = WRITE, **fields: Any) -> "Reporter":
        """Fill fields in and press a button of the page's form."""
        self.page = self.client.post(to, data={"state": self.hidden("state"), "go": go, **fields})
        return self

    def begin(self) -> "Reporter":
        return self.open(WRITE)

    def reach(self, heading: str, **answers: Any) -> "Reporter":
        """Go forwards with the usual answers until a screen's heading has these words."""
        for _screen in range(MOST_SCREENS):
            if heading in self.heading:
                return self
            self.press(**{**USUAL, **answers})
        raise AssertionError(f"{heading!r} was never reached, the way ended at {self.heading!r}")

    def send(self, **answers: Any) -> str:
        """Write a whole report and send it; return the receipt's code."""
        self.begin().reach("Mã nhận của bạn", **answers)
        return self.code

    def enter(self, code: str) -> "Reporter":
        self.page = self.client.post(DOOR, data={"code": code})
        return self

    def talk(self, go: str, **fields: Any) -> "Reporter":
        return self.press(go, DOOR, **fields)

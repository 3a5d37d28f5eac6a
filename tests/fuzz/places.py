"""Where the forms are: for each address that takes one, who fills it in, and on which page it stands."""

from typing import Any
from urllib.parse import unquote

from flask.testing import FlaskClient

from tests.fuzz.forms import Form, forms_on
from tests.fuzz.pulses import ANSWER
from tests.fuzz.stage import STAGES
from tests.web.access_scene import Scene
from tests.web.access_walk import ROUTES, Case, Walk, cases

# the page on which a form stands that has none at its own address: how much of its address leads there, or a page
PAGES: dict[str, int | str] = {
    "beyond.add_conclusion": 3,
    "beyond.add_milestone": 3,
    "beyond.finish_milestone": 3,
    "beyond.leave_cluster": 3,
    "beyond.project_agencies": 3,
    "coordinating.give": "/dau-moi/phan-loai",
    "enterprise.rate": 3,
    "enterprise.reply": 3,
    "follow.rate": 2,
    "follow.reply": 2,
    "intake.send": "/gui-phieu/kiem-tra",
    "officer.hand_over": "",  # the person is chosen first
    "officer.bulk": "",  # its page asks for tickets first; the table of access has its fields
    "officer.save_view": "/can-bo/",
    "portal.wishes": "/tai-khoan",
    "programme.link": 3,
    "programme.unlink": 3,
}
FIELDS: dict[
    str, dict[str, list[str]]
] = {  # of forms that a script makes, or that stand with a single button
    "follow.third": {"token": ["x"], "treated_properly": ["yes"], "extra_payment": ["no"]},
    "inbox.mark_read": {"up_to": ["5"]},
    "officer.accept": {"seen_version": ["1"]},
    "officer.release": {"seen_version": ["1"]},
    "portal.sealed_away": {"story": ["Chuyện của tôi."]},
    "officer.hand_over": {"person": ["1"], "to": ["2"]},
    "officer.bulk": {"once": ["x"], "person": ["1"], "agency": ["so-xd"], "reason": ["Thuộc ngành."]},
    "pulses.answer": ANSWER,
    "portal.unsubscribe": {"back": ["1"]},
    "reconciliation.say": {"text": ["Phiếu KH-2026-000001 đã trả lời."]},
    "reconciliation.settle": {"text": ["Đã đối chiếu, số liệu đúng."]},
    "reconciliation.freeze": {"text": ["Chốt theo lịch."]},
}
DRAFTS = (  # what a guest has written so far
    ("/loai", {"kind": "obstacle"}),
    ("/noi-dung", {"title": "Hoàn thuế chậm", "body": "Hồ sơ chưa có kết quả."}),
    ("/linh-vuc", {"field": "tax"}),
    ("/nguoi-gui", {"filer_type": "enterprise", "name": "Công ty"}),
)
IN_QUERY = frozenset({"ky"})  # what stages give that stands behind the question mark
AWAY = 503  # what a page that is always away answers
PREFERRED = ("officer", "enterprise", "anonymous")


class Place:
    """One form of one address, in the hands of somebody who may send it."""

    def __init__(self, scene: Scene, route: str) -> None:
        self.scene, self.route = scene, route
        self.endpoint = route.split()[1]
        self.walk = Walk(scene, route)
        who = ROUTES[route]["who"]
        self.closed = isinstance(who, dict) and set(who.values()) == {AWAY}
        self.form = Form("", "POST")
        self.come()

    def come(self) -> None:
        """Bring about what the form needs, and read it."""
        staged = STAGES.get(self.endpoint)
        function, args = staged(self.scene) if staged else (self._case().function, {})
        args = {name: value for name, value in args.items() if name in self.walk.arguments | IN_QUERY}
        self.scene.session.rollback()
        self.browser, address = self.walk.come(Case(function, "own", "ok"), args)
        if self.endpoint.startswith("intake."):
            _write_draft(self.browser)
        self.form = self._form(address)

    def _case(self) -> Case:
        able = [
            case
            for case in cases(self.route, about_ticket=self.walk.about_ticket)
            if case.expected in {"ok", AWAY} and case.relation in {"own", None}
        ]
        assert able, f"say in tests/fuzz/stage.py how somebody comes to the form of {self.endpoint}"
        order = {function: place for place, function in enumerate(PREFERRED)}
        return min(able, key=lambda case: order.get(case.function, len(order)))

    def _form(self, address: str) -> Form:
        """Return what the page offers to fill in, and what the table of access says that can be sent."""
        wanted, _question, _query = address.partition("?")
        values: dict[str, list[str]] = {}
        files: set[str] = set()
        for form in self._on_pages(wanted):
            values, files = values | form.values, files | form.files
        told: dict[str, Any] = self.walk.form() or {}
        for name, value in told.items():
            values.setdefault(name, []).append(value if isinstance(value, str) else str(value))
        files |= {name for name, value in self.walk.told.get("form", {}).items() if value == "<file>"}
        values |= {
            name: offered for name, offered in FIELDS.get(self.endpoint, {}).items() if name not in values
        }
        return Form(address, "POST", values, files)

    def _on_pages(self, address: str) -> list[Form]:
        page = self._page(address)
        if page is None:
            return []
        answer = self.browser.get(page, follow_redirects=True)
        assert answer.status_code == 200, (self.endpoint, page, answer.status_code)
        found = [form for form in forms_on(answer.request.path, answer.text) if form.method == "POST"]
        here = [form for form in found if unquote(form.action.partition("?")[0]) == unquote(address)]
        assert here or self.form.values, f"no form of {self.endpoint} on {page}"
        return here or [self.form]  # what was sent with success may leave nothing to fill in

    def _page(self, address: str) -> str | None:
        place = "" if self.closed else PAGES.get(self.endpoint)
        if place is None:
            return address if f"GET {self.endpoint}" in ROUTES else None
        return "/".join(address.split("/")[: place + 1]) if isinstance(place, int) else place or None


def _write_draft(browser: FlaskClient) -> None:
    for path, form in DRAFTS:
        browser.post(f"/gui-phieu{path}", data=form)

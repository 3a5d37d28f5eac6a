"""Everybody who fills in forms, at the pages where they find them."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask.testing import FlaskClient

from tests.fuzz.forms import Form, forms_on
from tests.web.access_scene import TRACKING_CODE, Scene

TICKET = ("", "/bo-sung", "/ghi-chu", "/giao", "/tra-lai", "/tra-loi")
STEPS = ("/", "/loai", "/noi-dung", "/linh-vuc", "/tai-lieu", "/nguoi-gui", "/kiem-tra", "/giay-tiep-nhan",
         "/van-ban", "/lay-lai-ma", "/lay-lai-ma/xac-nhan")  # fmt: skip
OWNERS = ("", "/xem-xet-lai", "/rut")
STATES = ("assigned", "in_work", "need_info", "answered")
ADMIN = ("", "cho-xac-nhan", "danh-muc", "lich", "nguoi-dung", "nguoi-dung/moi", "nhat-ky", "thoi-han",
         "tinh-trang", "co-quan/so-xd", "thoi-han/khanh-hoa-2023", "thoi-han/khanh-hoa-2023/0")  # fmt: skip
EVERYBODY = (
    "/",
    "/so-lieu/",
    "/so-lieu/cach-tinh",
    "/dang-nhap",
    "/dang-ky",
    "/theo-doi",
    "/loi-moi/KHONG-CO",
)

# parameters of addresses that no link of an almost empty database shows
QUERIES = (
    Form("/can-bo/", "GET", {n: [""] for n in ("view", "category", "q", "field", "after")}),
    Form("/doanh-nghiep", "GET", {"before": ["5"]}),
    Form("/thong-bao", "GET", {"before": ["5"]}),
    Form("/thong-bao", "POST", {"up_to": ["5"]}),
    Form("/so-lieu/", "GET", {"ky": ["2026-10"]}),
    Form("/so-lieu/thang.csv", "GET", {"ky": ["2026-10"]}),
    Form("/so-lieu/thang.json", "GET", {"ky": ["2026-10"]}),
    Form("/lanh-dao/", "GET", {"ky": ["2026-10"]}),
    Form("/thanh-tra/", "GET", {"q": [""], "after": [""]}),
    Form("/quan-tri/nhat-ky", "GET", {n: [""] for n in ("before", "q", "subject", "event")}),
    Form("/quan-tri/lich", "GET", {"nam": ["2026"], "year": ["2026"]}),
    Form("/ngon-ngu/en", "GET", {"next": ["/"]}),
    Form("/dang-nhap", "GET", {"next": ["/can-bo/"]}),
    Form(
        "/theo-doi/y-kien-rieng",
        "POST",
        {"token": ["x"], "treated_properly": ["yes"], "extra_payment": ["no"]},
    ),
)


@dataclass
class Person:
    function: str
    browser: FlaskClient
    pages: tuple[str, ...]

    def forms(self) -> list[Form]:
        """Return the forms that this person finds now, each once, and some addresses with a query."""
        found = {form.name: form for form in self._read() if form.values}
        return [*found.values(), *QUERIES]

    def _read(self) -> Iterator[Form]:
        for page in self.pages:
            answer = self.browser.get(page, follow_redirects=True)
            yield from forms_on(answer.request.path, answer.get_data(as_text=True))


def person(scene: Scene, function: str) -> Person:
    """Return somebody with tickets in every state whose forms there are."""
    browser = scene.browser(function)
    if function == "anonymous":
        return Person(function, browser, (*EVERYBODY, *_guest(scene, browser)))
    if function == "enterprise":
        codes = [scene.ticket(function, "own", state).code for state in STATES]
        tickets = [f"/doanh-nghiep/phieu/{code}{page}" for code in codes for page in OWNERS]
        return Person(function, browser, ("/doanh-nghiep", "/doanh-nghiep/them-phieu", "/tai-khoan",
                                          "/tai-khoan/mat-khau", "/thong-bao", *tickets))  # fmt: skip
    if function == "administrator":
        return Person(function, browser, tuple(f"/quan-tri/{page}" for page in ADMIN))
    codes = [scene.ticket(function, "own", state, hidden=True).code for state in (*STATES, "triage")]
    tickets = [f"/can-bo/phieu/{code}{page}" for code in codes for page in TICKET]
    return Person(function, browser, ("/can-bo/", "/thanh-tra/", "/lanh-dao/", "/thong-bao", *tickets))


def _guest(scene: Scene, browser: FlaskClient) -> list[str]:
    """Let the guest have a draft that was filled in, and a ticket that waits for a reply."""
    for path, form in (
        ("/loai", {"kind": "obstacle"}),
        ("/noi-dung", {"title": "Hoàn thuế chậm", "body": "Hồ sơ chưa có kết quả."}),
        ("/linh-vuc", {"field": "tax"}),
        ("/nguoi-gui", {"filer_type": "enterprise", "name": "Công ty"}),
    ):
        browser.post(f"/gui-phieu{path}", data=form)
    code = scene.ticket("anonymous", "own", "need_info").code
    browser.post("/theo-doi", data={"code": TRACKING_CODE})
    return [f"/gui-phieu{step}" for step in STEPS] + [f"/theo-doi/{code}{page}" for page in OWNERS]

"""Addresses that take something after the question mark, and who opens them."""

from tests.fuzz.forms import Form

QUERIES = (
    ("officer", Form("/can-bo/", "GET", {n: [""] for n in (
        "view", "category", "q", "status", "field", "area", "handler", "agency", "after")})),
    ("officer", Form("/can-bo/tim", "GET", {"q": [""], "after": [""]})),
    ("officer", Form("/can-bo/nhieu-phieu", "GET", {"act": ["accept"], "code": ["KH-2026-000001"]})),
    ("enterprise", Form("/doanh-nghiep", "GET", {"before": ["5"]})),
    ("officer", Form("/thong-bao", "GET", {"before": ["5"]})),
    ("anonymous", Form("/so-lieu/", "GET", {"ky": ["2026-10"]})),
    ("anonymous", Form("/hoi-dap/", "GET", {"q": ["thuế"], "linh_vuc": ["tax"], "sau": ["2026-11-01_9"]})),
    ("officer", Form("/cong-bo/", "GET", {"muc": ["cho"], "truoc": ["9"]})),
    ("officer", Form("/cong-bo/van-ban", "GET", {"sau": ["1/2026/NĐ-CP"]})),
    ("anonymous", Form("/so-lieu/co-quan/so-xd", "GET", {"ky": ["2026-10"]})),
    ("anonymous", Form("/so-lieu/thang.csv", "GET", {"ky": ["2026-10"]})),
    ("anonymous", Form("/so-lieu/thang.json", "GET", {"ky": ["2026-10"]})),
    ("leadership", Form("/lanh-dao/", "GET", {"ky": ["2026-10"]})),
    ("inspector", Form("/thanh-tra/", "GET", {"q": [""], "after": [""]})),
    ("administrator", Form("/quan-tri/nhat-ky", "GET", {n: [""] for n in ("before", "q", "subject", "event")})),
    ("administrator", Form("/quan-tri/lich", "GET", {"nam": ["2026"], "year": ["2026"]})),
    ("administrator", Form("/quan-tri/tinh-trang", "GET", {"before": [""]})),
    ("anonymous", Form("/ngon-ngu/en", "GET", {"next": ["/"]})),
    ("anonymous", Form("/dang-nhap", "GET", {"next": ["/can-bo/"]})),
)  # fmt: skip

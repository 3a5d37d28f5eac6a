"""The whole way of a filing as a visitor goes it: every page read, every form sent, from the start to the receipt."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bench import drafts, report
from bench.client import Visitor, WrongAnswer

BASE = "/gui-phieu"
STEPS: tuple[tuple[str, Mapping[str, str]], ...] = (
    ("/loai", {"kind": "obstacle"}),
    ("/noi-dung", {"title": drafts.TITLE, "body": drafts.BODY}),
    ("/linh-vuc", {"field": "construction", "dossier_code": "H32.15-241012-0007"}),
    ("/tai-lieu", {}),
    (
        "/nguoi-gui",
        {"filer_type": "enterprise", "name": drafts.NAME, "identifier": "4200000001", "email": drafts.EMAIL},
    ),
    ("/kiem-tra", {}),
)
RECEIPT = f"{BASE}/giay-tiep-nhan"


@dataclass(frozen=True)
class Walk:
    """One whole filing: seconds by page, and all together."""

    by_page: Mapping[str, float]

    @property
    def seconds(self) -> float:
        return sum(self.by_page.values())


def measure(port: int, count: int) -> Sequence[Walk]:
    """Return ``count`` whole filings, one after the other, each by a new visitor.

    Raises:
        WrongAnswer: a step did not lead on, or the receipt shows no number.
    """
    return [_walk(Visitor(port)) for _ in range(count + 1)][1:]


def _walk(visitor: Visitor) -> Walk:
    seconds: dict[str, float] = {}
    for path, fields in STEPS:
        began = time.monotonic()
        token = visitor.form(f"{BASE}{path}", "</form>")
        answer = visitor.post(f"{BASE}{path}", {**fields, "csrf_token": token})
        if answer.status not in {302, 303}:
            raise WrongAnswer(f"POST {path}: {answer.status} {answer.body[:200]!r}")
        seconds[path] = time.monotonic() - began
    began = time.monotonic()
    if answer.location != RECEIPT or "KH-" not in visitor.get(RECEIPT).body:
        raise WrongAnswer(f"the last step leads to {answer.location}")
    return Walk({**seconds, "/giay-tiep-nhan": time.monotonic() - began})


def report_of(walks: Mapping[str, Sequence[Walk]]) -> str:
    """Return the table: the whole way, and each of its pages (GET and POST), at the median."""
    pages = [path for path, _ in STEPS] + ["/giay-tiep-nhan"]
    heads = ["whole filing, one client, p50 ms", "p50 / p95 of all", *pages]
    return report.table(heads, [_line(name, done, pages) for name, done in walks.items()])


def _line(name: str, done: Sequence[Walk], pages: Sequence[str]) -> list[str]:
    whole = [walk.seconds for walk in done]
    each = [
        report.milliseconds(report.percentile([walk.by_page[page] for walk in done], 50)) for page in pages
    ]
    return [name, " / ".join(report.milliseconds(report.percentile(whole, p)) for p in (50, 95)), *each]

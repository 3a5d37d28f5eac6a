"""Codes that open nothing are told apart by nothing: neither by status, nor by size, nor by the work they make."""

import sys
from types import FrameType, SimpleNamespace

from feedback_app.confidential import store
from feedback_app.confidential.context import vault
from feedback_app.confidential.models import InLetterbox
from feedback_app.confidential.sealing import receipts
from feedback_app.confidential.services.ceremonies import keeping
from feedback_app.core import clock
from feedback_app.web.sealed.letterbox import waiting
from tests.web.sealed.letterbox.reporter import Reporter

ALIKE = 1.05  # of the calls: what the collector and caches leave when the same work is done


def never_given() -> str:
    return receipts.from_token(receipts.new_token(), vault().receipt_key)


def withdrawn(reporter: Reporter) -> str:
    code = reporter.send()
    reporter.enter(code).talk("withdrawn")
    return code


def erased(reporter: Reporter, world) -> str:
    """Return the code of a report whose time of keeping is over."""
    code = withdrawn(reporter)
    with store.unit_of_work() as session:
        row = session.query(InLetterbox).one()
        keeping.erase(session, world.body, world.secret, row.id, on=clock.today())
    return code


def shape(page) -> tuple[object, ...]:
    return page.status_code, len(page.data), tuple(sorted(page.headers.keys()))


def effort(reporter: Reporter, code: str) -> int:
    """Return how many functions are called to look for a code: what takes time, without the noise of a clock."""
    calls = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in {"call", "c_call"}

    sys.setprofile(count)
    try:
        reporter.enter(code)
    finally:
        sys.setprofile(None)
    return calls


def test_wrong_withdrawn_and_erased_codes_are_alike_in_status_size_and_effort(reporter, world):
    with world.app.app_context():
        codes = {"erased": erased(reporter, world), "never given": never_given()}
        store.db.session.remove()
    codes |= {"withdrawn": withdrawn(reporter)}
    shapes = {shape(reporter.enter(code).page) for code in (*codes.values(), reporter.send())}
    assert len(shapes) == 1
    efforts = {kind: effort(reporter, code) for kind, code in codes.items()}
    assert max(efforts.values()) <= ALIKE * min(efforts.values()), efforts


def test_a_right_code_takes_more_work_and_its_answer_waits_as_long_as_every_other(reporter, monkeypatch):
    waited: list[float] = []
    codes = [reporter.send(), receipts.from_token(receipts.new_token(), bytes(32))]
    monkeypatch.setattr(waiting, "time", SimpleNamespace(monotonic=lambda: 0.0, sleep=waited.append))
    for code in codes:
        reporter.enter(code)
    assert waited == [waiting.LEAST_SECONDS, waiting.LEAST_SECONDS]


def test_codes_that_never_were_and_that_were_erased_are_told_the_same_words(reporter, world):
    with world.app.app_context():
        gone, never = erased(reporter, world), never_given()
        store.db.session.remove()
    said = [reporter.enter(code).heading for code in (gone, never)]
    assert said[0] == said[1]
    assert said[0]


def test_a_mistyped_code_is_another_page_on_purpose(reporter, world):
    code = reporter.send()
    other = "0" if code[5] != "0" else "1"
    assert reporter.enter(code[:5] + other + code[6:]).page.status_code == 422

"""Codes that open nothing are told apart by nothing: neither by status, nor by size, nor by time."""

import statistics
import time

from feedback_app.confidential import store
from feedback_app.confidential.context import vault
from feedback_app.confidential.models import InLetterbox
from feedback_app.confidential.sealing import receipts
from feedback_app.confidential.services.ceremonies import keeping
from feedback_app.core import clock
from tests.web.sealed.letterbox.reporter import Reporter

ROUNDS = 15
NOISE = 1.5  # between medians of processor time: what is left when the same work is done


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


def times(reporter: Reporter, codes: dict[str, str]) -> dict[str, float]:
    """Return the median of the processor's seconds by kind of code, tried in turn."""
    taken: dict[str, list[float]] = {kind: [] for kind in codes}
    for _round in range(ROUNDS):
        for kind, code in codes.items():
            started = time.process_time()
            reporter.enter(code)
            taken[kind].append(time.process_time() - started)
    return {kind: statistics.median(values) for kind, values in taken.items()}


def test_wrong_withdrawn_and_erased_codes_are_alike_in_status_size_and_time(reporter, world):
    with world.app.app_context():
        codes = {"erased": erased(reporter, world), "never given": never_given()}
        store.db.session.remove()
    codes |= {"withdrawn": withdrawn(reporter), "right": reporter.send()}
    assert len({shape(reporter.enter(code).page) for code in codes.values()}) == 1
    took = times(reporter, codes)
    assert max(took.values()) <= NOISE * min(took.values()), took


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

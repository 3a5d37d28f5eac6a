"""Twenty reports about an agency leave no trace on any page of its people; the office that reads them sees them."""

import re
from datetime import datetime

import pytest
import time_machine

from feedback_app.accounts.models import User
from feedback_app.catalogue import store
from feedback_app.core import outbox
from feedback_app.core.clock import LOCAL
from feedback_app.core.db import db
from feedback_app.escalation import jobs as escalation
from feedback_app.statistics import jobs as statistics
from tests.factories import a_person, a_ticket, sign_in

AT = datetime(2026, 10, 6, 9, 0, tzinfo=LOCAL)
VIEWS = ("agency", "mine", "unclaimed", "coordinating", "done", "triage", "province")
SEARCHES = ("goi+y", "chi+them", "KH-2026", "Mau")
PAGES = (
    *(f"/can-bo/?view={view}" for view in VIEWS),
    *(f"/can-bo/?view={view}&q={words}" for view in ("agency", "province") for words in SEARCHES),
    "/can-bo/?category=late",
    "/thong-bao",
    "/lanh-dao/",
    "/so-lieu/?ky=2026-10",
    "/so-lieu/thang.csv?ky=2026-10",
    "/so-lieu/thang.json?ky=2026-10",
    "/",
)
# differs at each look; and the province's total of such reports, which names no agency
ONCE = re.compile(
    r'name="csrf_token"[^>]*value="[^"]*"|content="[^"]*" name="csrf-token"'
    r"|tiếp nhận (?:dưới 5|\d+), đã trả lời (?:dưới 5|\d+)[.]"
)
PEOPLE = {
    "an officer": ("officer", "thue", "thanh-tra"),
    "the head": ("agency_head", "thue", "thanh-tra"),
    "the clerk": ("clerk", "thue", "thanh-tra"),
    "the focal point": ("focal_point", "so-tc", "thanh-tra"),
    "the provincial office": ("provincial_office", "vp-ubnd", "thanh-tra"),
    "the Inspectorate": ("inspector", "thanh-tra", "vp-ubnd"),
}


def work() -> None:
    """Let the workers do all that is due, and compute the figures."""
    db.session.remove()
    outbox.drain()
    escalation.remind()
    statistics.refresh()
    db.session.remove()


def pages(app, user_id: int) -> dict[str, str]:
    browser = sign_in(app.test_client(), db.session().get_one(User, user_id))
    return {path: ONCE.sub("", browser.get(path).get_data(as_text=True)) for path in PAGES}


def report(about: str, number: int) -> str:
    return a_ticket(
        db.session(),
        store.current(db.session()),
        to=None,
        kind="informal_cost",
        field="tax",
        title=f"Bị gợi ý chi thêm lần {number}",
        body="Khi nộp hồ sơ, công ty bị gợi ý chi thêm một khoản ngoài quy định.",
        concerned=frozenset({about}),
    ).code


@pytest.mark.parametrize("who", PEOPLE)
def test_reports_about_an_agency_leave_no_trace_on_the_pages_of_its_people(app, session, loaded, who):
    function, agency, reader = PEOPLE[who]
    with time_machine.travel(AT, tick=False):
        theirs = a_person(session, function, agency).id
        readers = a_person(session, "inspector" if reader == "thanh-tra" else "provincial_office", reader).id
        a_ticket(session, loaded, to=agency, title="Một việc khác của cơ quan")
        work()
        before, read_before = pages(app, theirs), pages(app, readers)

        codes = [report(agency, number) for number in range(20)]
        work()

        after, read_after = pages(app, theirs), pages(app, readers)
        assert [path for path in PAGES if after[path] != before[path]] == []
        browser = sign_in(app.test_client(), db.session().get_one(User, theirs))
        assert {browser.get(f"/can-bo/phieu/{code}").status_code for code in codes} == {404}
        changed = {path for path in PAGES if read_after[path] != read_before[path]}
        assert {"/can-bo/?view=agency", "/thong-bao"} <= changed, "the control: whoever reads them sees them"

"""How agencies work, on pages: overseers see all, an agency its own with the rule, nobody is ranked."""

from datetime import UTC, date, datetime

import pytest

from feedback_app.core.db import unit_of_work
from feedback_app.core.inserting import insert_rows
from feedback_app.monitor.models import SignalCase, SignalCount, SignalMark
from feedback_app.programme.models import ProgrammeReport
from feedback_app.statistics.models import DeedMonth
from tests.factories import a_person, a_ticket, sign_in

pytestmark = pytest.mark.parametrize("shared_app", ["sqlite"], indirect=True, scope="session")
PAGE = "/theo-doi-co-quan/dau-hieu"
AT = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.fixture
def found(session, loaded):
    """The department of construction gives thin answers four times as often as others; one ticket stands behind it."""
    ticket = a_ticket(session, loaded)
    hidden = a_ticket(session, loaded, to="thanh-tra", kind="informal_cost")
    counts = {"so-xd": (80, 200), "so-yt": (20, 200), "so-ct": (18, 200), "dien-luc": (6, 8)}
    with unit_of_work() as writing:
        mark = {"id": 1, "first": date(2026, 8, 25), "last": date(2026, 11, 22), "at": AT}
        insert_rows(writing, SignalMark, [mark | {"pack_id": loaded.version_ids["monitor"]}])
        rows = [{"signal": "thin_answer", "agency": a, "hits": k, "n": n} for a, (k, n) in counts.items()]
        insert_rows(writing, SignalCount, rows)
        case = {"signal": "thin_answer", "agency": "so-xd", "round": 1}
        insert_rows(writing, SignalCase, [case | {"ticket_id": t.id} for t in (ticket, hidden)])
    return ticket.code, hidden.code


@pytest.mark.parametrize(
    "function, place", [("leadership", None), ("focal_point", "so-tc"), ("inspector", "thanh-tra")]
)
def test_overseers_see_who_stands_out_and_why(client, session, found, function, place):
    page = sign_in(client, a_person(session, function, place)).get(PAGE).text
    assert "Cao hơn hẳn nơi khác: 1 cơ quan" in page
    assert "Sở Xây dựng" in page
    assert "Sở Công Thương" in page.split("Tỷ lệ của các cơ quan còn lại (3)")[1]
    assert "ngắn dưới 120 ký tự" in page
    assert "chưa đối chiếu văn bản" in page


def test_an_agency_sees_its_own_with_the_rule_and_nobody_else_s(client, session, found):
    head = sign_in(client, a_person(session, "agency_head", "so-xd"))
    page = head.get(PAGE).text
    assert "Sở Xây dựng" in page
    assert "Sở Y tế" not in page
    assert "ngắn dưới 120 ký tự" in page
    assert head.get(f"{PAGE}/thin_answer/so-yt").status_code == 404
    behind = head.get(f"{PAGE}/thin_answer/so-xd").text
    assert f'href="/can-bo/phieu/{found[0]}"' in behind


def test_behind_a_rate_stand_its_tickets_never_a_sensitive_one(client, session, found):
    leader = sign_in(client, a_person(session, "leadership", None))
    page = leader.get(f"{PAGE}/thin_answer/so-xd").text
    assert found[0] in page
    assert f"/can-bo/phieu/{found[0]}" not in page
    assert found[1] not in page
    assert leader.get(f"{PAGE}/nothing/so-xd").status_code == 404
    assert leader.get(f"{PAGE}/thin_answer/khong-co").status_code == 404


def test_an_agency_that_does_not_stand_out_is_told_so(client, session, found):
    page = sign_in(client, a_person(session, "agency_head", "so-yt")).get(PAGE).text
    assert "Cao hơn hẳn nơi khác:" not in page
    assert "Cơ quan không cao hơn hẳn nơi khác" in page


def test_before_the_first_night_the_page_says_so(client, session):
    assert "Chưa xét lần nào" in sign_in(client, a_person(session, "leadership", None)).get(PAGE).text


@pytest.fixture
def year(session, loaded):
    """A month of two departments, and a report handed in late."""
    month = {
        "month": date(2026, 10, 1),
        "field": "construction",
        "answered": 40,
        "rated": 20,
        "due_in_period": 40,
    }
    with unit_of_work() as writing:
        for agency, in_time in (("so-xd", 30), ("so-yt", 4)):
            n = (
                {"answered_in_time": in_time, "solved_says_enterprise": 12}
                if agency == "so-xd"
                else {"rated": 3}
            )
            insert_rows(writing, DeedMonth, [month | {"agency": agency} | n])
        due = {"task": 29, "period": "2026-09", "ends_on": date(2026, 9, 30), "due_on": date(2026, 10, 10)}
        late = datetime(2026, 10, 12, tzinfo=UTC)
        writing.add(ProgrammeReport(agency_id=loaded.agency_ids["so-xd"], reported_at=late, **due))


def test_ddci_stands_side_by_side_by_name_with_what_is_not_measured(client, session, year):
    page = sign_in(client, a_person(session, "leadership", None)).get("/theo-doi-co-quan/ddci").text
    assert page.index("Sở Xây dựng") < page.index("Sở Y tế"), "by name"
    assert "75 %" in page
    assert "chưa đủ dữ liệu" in page, "three ratings are too few"
    assert page.count("Chưa đo") >= 3
    assert "không xếp hạng" in page


def test_an_agency_sees_its_own_ddci_figures(client, session, year):
    page = sign_in(client, a_person(session, "officer", "so-yt")).get("/theo-doi-co-quan/ddci").text
    assert "Sở Y tế" in page
    assert "Sở Xây dựng" not in page


def test_without_figures_ddci_says_so(client, session):
    page = sign_in(client, a_person(session, "leadership", None)).get("/theo-doi-co-quan/ddci")
    assert page.status_code == 200
    assert "Chưa có số liệu" in page.text


@pytest.mark.parametrize("function", ["administrator", "auditor"])
def test_whoever_works_in_no_agency_does_not_get_in(client, session, function):
    assert sign_in(client, a_person(session, function, None)).get(PAGE).status_code == 403

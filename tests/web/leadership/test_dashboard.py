"""What leaders see, and who may have it computed anew."""

from datetime import datetime

import pytest

from feedback_app.core.clock import LOCAL
from feedback_app.statistics import queries, refreshing
from feedback_app.statistics.periods import containing
from tests.factories import a_person, a_ticket, sign_in

LONG_AGO = datetime(2026, 9, 1, 12, tzinfo=LOCAL)
PAGE = "/lanh-dao/"


@pytest.fixture
def leader(client, session):
    return sign_in(client, a_person(session, "leadership", "vp-ubnd"))


def test_without_any_ticket_the_page_says_so(leader):
    page = leader.get(PAGE)
    assert page.status_code == 200
    assert "Không có phiếu nào quá hạn" in page.text
    assert "Chưa có phiếu nào" in page.text


def test_an_overdue_ticket_is_named_but_a_leader_has_no_link_to_it(leader, session, loaded):
    code = a_ticket(session, loaded, at=LONG_AGO).code
    page = leader.get(PAGE).text
    assert code in page
    assert f"/can-bo/phieu/{code}" not in page
    assert 'href="/can-bo' not in page.split("<main")[1]


def test_the_focal_point_opens_what_is_overdue(client, session, loaded):
    code = a_ticket(session, loaded, at=LONG_AGO).code
    focal_point = sign_in(client, a_person(session, "focal_point", "so-tc"))
    page = focal_point.get(PAGE).text
    link = next(part.split('"')[0] for part in page.split('href="') if code in part.split('"')[0])
    assert focal_point.get(link).status_code == 200


def test_a_sensitive_report_is_neither_named_nor_counted(leader, session, loaded):
    code = a_ticket(
        session, loaded, to="thanh-tra", kind="informal_cost", concerned=frozenset({"so-xd"}), at=LONG_AGO
    ).code
    refreshing.refresh(datetime.now(LOCAL))
    page = leader.get(PAGE).text
    assert code not in page
    assert "Không có phiếu nào quá hạn" in page


def test_only_the_coordinating_offices_have_it_computed_anew(client, session, loaded):
    a_ticket(session, loaded, at=LONG_AGO)
    assert (
        sign_in(client, a_person(session, "leadership", "vp-ubnd")).post("/lanh-dao/tinh-lai").status_code
        == 403
    )
    focal_point = sign_in(client, a_person(session, "focal_point", "so-tc"))
    assert (
        focal_point.post("/lanh-dao/tinh-lai?ky=2026-09")
        .headers["Location"]
        .endswith("/lanh-dao/?ky=2026-09")
    )
    assert "Tính lúc" in focal_point.get("/lanh-dao/?ky=2026-09").text


def test_an_officer_does_not_get_the_page(client, session):
    assert sign_in(client, a_person(session, "officer", "so-xd")).get(PAGE).status_code == 403


def test_leaders_read_the_agencies_of_the_period_or_those_of_today(leader, session, loaded):
    a_ticket(session, loaded, to="so-khdt", at=LONG_AGO)
    refreshing.refresh(datetime.now(LOCAL))
    then, now = (
        leader.get("/lanh-dao/?ky=2026-09").text,
        leader.get("/lanh-dao/?ky=2026-09&co_cau=hien-nay").text,
    )
    table = 'aria-labelledby="co-quan"'
    assert "Sở Kế hoạch và Đầu tư" in then.split(table)[1]
    assert "Sở Tài chính" in now.split(table)[1]
    assert "theo cơ cấu hiện nay" in now
    assert 'name="co_cau" value="hien-nay"' in now  # another period keeps the structure
    assert "co_cau=hien-nay" in then


def test_the_page_reads_no_figures_of_fields_and_shows_the_same(session, loaded):
    a_ticket(session, loaded, at=LONG_AGO)
    refreshing.refresh(datetime.now(LOCAL))
    month = containing(LONG_AGO.date())
    whole, short = (queries.figures(session, month, fields=fields).by_group for fields in (True, False))
    assert any(group.field for group in whole)
    waiting = ("open", "overdue", "paused")  # read with the snapshot of one day, whole as it is
    assert {g: v for g, v in short.items() if not g.field} == {g: v for g, v in whole.items() if not g.field}
    assert all(set(values) <= set(waiting) for g, values in short.items() if g.field)

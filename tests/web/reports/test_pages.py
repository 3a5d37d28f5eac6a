"""Somebody asks for a report on a page, follows it while a worker makes it, and takes it away."""

from datetime import datetime

import pytest

from feedback_app.core import clock
from feedback_app.core.clock import LOCAL
from feedback_app.reports import jobs
from feedback_app.reports.models import Report
from feedback_app.reports.services import making
from feedback_app.statistics import refreshing
from tests.factories import a_person, a_ticket, sign_in

pytestmark = pytest.mark.parametrize("shared_app", ["sqlite"], indirect=True, scope="session")
PAGE = "/bao-cao/"


@pytest.fixture
def code(session, loaded, monkeypatch):
    """Return the number of a ticket of October at Sở Xây dựng; it is the third day of November."""
    code = a_ticket(session, loaded, to="so-xd", at=datetime(2026, 10, 5, 12, tzinfo=LOCAL)).code
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 3, 12, tzinfo=LOCAL))
    refreshing.refresh(clock.now())
    return code


def of(client, session, function, agency):
    return sign_in(client, a_person(session, function, agency))


def asked(who, agency="", period="2026-10"):
    answer = who.post(PAGE, data={"period": period, "agency": agency})
    assert answer.status_code == 302, answer.text
    return answer.location


def test_a_draft_is_followed_read_and_downloaded(client, session, code):
    office = of(client, session, "focal_point", "so-tc")
    place = asked(office)
    waiting = office.get(place)
    assert "Đang lập báo cáo" in waiting.text
    assert waiting.headers["Refresh"] == "5"
    assert "Đọc số liệu" in waiting.text
    jobs.make_reports()
    page = office.get(place)
    assert "Refresh" not in page.headers
    assert "Bản nháp – số liệu chưa chốt" in page.text
    assert "Trong kỳ phải giải quyết 1 phiếu" in page.text
    for form, begins in (("docx", b"PK"), ("pdf", b"%PDF"), ("xlsx", b"PK")):
        file = office.get(f"{place}/{form}")
        assert file.data.startswith(begins)
        assert f"bao-cao-2026-10-ban-nhap.{form}" in file.headers["Content-Disposition"]
        file.close()
    assert "Toàn tỉnh" in office.get(PAGE).text


def test_an_agency_asks_for_its_own_report_and_sees_no_other(client, session, code):
    place = asked(of(client, session, "focal_point", "so-tc"))
    jobs.make_reports()
    head = of(client, session, "agency_head", "so-xd")
    assert head.get(place).status_code == 404
    assert head.get(f"{place}/pdf").status_code == 404
    assert place not in head.get(PAGE).text
    assert "Toàn tỉnh" not in head.get(PAGE).text
    assert head.post(PAGE, data={"period": "2026-10", "agency": ""}).status_code == 200
    assert head.post(PAGE, data={"period": "2026-10", "agency": "thue"}).status_code == 200
    assert session.query(Report).count() == 1, "neither the province's nor another agency's was asked for"
    own = asked(head, "so-xd")
    jobs.make_reports()
    assert "Trong kỳ phải giải quyết 1 phiếu" in head.get(own).text
    assert of(client, session, "officer", "thue").get(own).status_code == 404
    assert of(client, session, "leadership", "vp-ubnd").get(own).status_code == 200


def test_asking_twice_while_it_waits_makes_one_report(client, session, code):
    office = of(client, session, "focal_point", "so-tc")
    assert asked(office) == asked(office)


def test_a_report_that_cannot_be_made_says_so_and_is_tried_again(client, session, code, monkeypatch):
    office = of(client, session, "focal_point", "so-tc")
    place = asked(office)
    with monkeypatch.context() as broken:
        broken.setitem(making.WRITERS, "pdf", lambda *_given: 1 / 0)
        jobs.make_reports()
    page = office.get(place).text
    assert "Chưa lập được báo cáo" in page
    assert office.post(f"{place}/lap-lai").status_code == 302
    jobs.make_reports()
    assert "Tải báo cáo" in office.get(place).text
    assert office.post(f"{place}/lap-lai").status_code == 409


def test_a_period_without_figures_is_not_offered(client, session, code):
    office = of(client, session, "focal_point", "so-tc")
    assert office.post(PAGE, data={"period": "2031-01", "agency": ""}).status_code == 200
    assert "2031-01" not in office.get(PAGE).text


def test_everybody_who_may_finds_the_reports_in_the_navigation(client, session, code):
    for function, agency, start in (
        ("agency_head", "so-xd", "/can-bo/"),
        ("leadership", "vp-ubnd", "/lanh-dao/"),
        ("focal_point", "so-tc", "/so-lieu/"),
    ):
        assert 'href="/bao-cao/"' in of(client, session, function, agency).get(start).text
    assert 'href="/bao-cao/"' not in client.application.test_client().get("/so-lieu/").text
